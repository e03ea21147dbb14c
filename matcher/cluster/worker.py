"""What runs on a worker: the house put together once, then one block after another.

Where the database takes many writers, a worker writes what it found. An SQLite file has one, so there everything is
handed back, and whoever asked writes it.
"""

import socket
import threading
from dataclasses import replace

from matcher.cluster.held_vectors import HeldVectors
from matcher.cluster.order import Delivery, Order
from matcher.errors import Unrecoverable
from matcher.services.blocks import Block, BlockScorer, Kept, Portion, keep
from matcher.store.protocol import Store

_moving_in = threading.Lock()
_houses: dict[Order, "House"] = {}
"""The one house of this process, by the order that it was put together for."""


def embed(order: Order, portion: Portion) -> Delivery:
    """Encode a portion of the opportunities.

    Raises:
        Unrecoverable: This worker would score otherwise than whoever asks, or sees another database.
    """
    return _house(order).embed(portion)


def score(order: Order, block: Block) -> Delivery:
    """Score a block.

    Raises:
        Unrecoverable: This worker would score otherwise than whoever asks, or sees another database.
    """
    return _house(order).score(block)


def move_out() -> None:
    """Let go of the house of this process."""
    while _houses:
        _houses.popitem()[1].close()


class House:
    """Everything that outlasts a block: the connections, the model, the catalogue."""

    def __init__(self, order: Order) -> None:
        context = order.build(order.settings)
        try:
            _check(order, context.scorer.fingerprint, context.store)
        except Unrecoverable:
            context.store.close()
            raise
        self._store = context.store
        self._held = HeldVectors(context.store.vectors)
        if context.store.is_embedded:
            context = replace(context, encoder=context.encoder.over(self._held))
        self._encoder = context.encoder
        self._scorer = BlockScorer(context.store, context.scorer, context.catalogue, context.settings.match_floor)
        self._working = threading.Lock()

    def embed(self, portion: Portion) -> Delivery:
        """Encode a portion."""
        with self._working:
            before = self._encoder.encoded_count
            current = self._scorer.embed(portion)
            return Delivery(self._encoder.encoded_count - before, current=current, vectors=self._held.taken())

    def score(self, block: Block) -> Delivery:
        """Score a block, and write what comes of it where that is possible."""
        with self._working:
            before = self._encoder.encoded_count
            outcomes = self._scorer.score(block)
            if self._store.is_embedded:
                found, kept = tuple(outcomes), Kept()
            else:
                found, kept = (), keep(self._store, outcomes)
            encoded = self._encoder.encoded_count - before
            return Delivery(encoded, kept=kept, vectors=self._held.taken(), outcomes=found)

    def close(self) -> None:
        """Let go of the database."""
        self._store.close()


def _house(order: Order) -> House:
    with _moving_in:
        if order not in _houses:
            move_out()
            _houses[order] = House(order)
        return _houses[order]


def _check(order: Order, fingerprint: str, store: Store) -> None:
    here = f"the worker on {socket.gethostname()}"
    if fingerprint != order.fingerprint:
        raise Unrecoverable(
            f"{here} would score as {fingerprint}, not as {order.fingerprint}: install the same version of matcher, "
            "with the same model, on every machine of the cluster"
        )
    found = (store.opportunities.generation(), store.proposals.generation())
    if any(own < asked for own, asked in zip(found, order.generations, strict=True)):
        raise Unrecoverable(
            f"{here} sees another database, or one that is behind: MATCHER_DATABASE_URL must mean the same on every "
            "machine of the cluster, so let it name a host"
        )
