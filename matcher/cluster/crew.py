"""A crew for re-scoring: the workers of a Dask cluster."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from distributed import Client, Future, KilledWorker, LocalCluster, Security, as_completed
from distributed.comm import connect

from matcher.bootstrap import Context, build
from matcher.cluster import worker
from matcher.cluster.order import Build, Delivery, Order, order_of
from matcher.errors import InputRejected, RetryLater, Unrecoverable
from matcher.services.blocks import Block, Kept, Portion, keep
from matcher.store.protocol import Store

_AHEAD = 2
"""Pieces of work that lie at each worker, so that none waits for the next one."""
_TRIES_AGAIN = 2
"""A database that is busy, or a primary that is being replaced, is asked again so many times a block."""
_PATIENCE_SECONDS = 30

Work = TypeVar("Work", Portion, Block)


class DaskCrew:
    """A `matcher.services.blocks.Crew` of workers that may die at any time: what they had at hand, another does.

    Args:
        client: Connected to the scheduler of a cluster.
        store: Where whatever a worker cannot write is written.
        model_id: Under which vectors are kept.
        order: What every worker is told.
    """

    def __init__(self, client: Client, store: Store, model_id: str, order: Order) -> None:
        self._client = client
        self._store = store
        self._model_id = model_id
        self._order = order
        self.encoded_count = 0
        """How many texts were encoded since this crew was brought together."""

    @property
    def dashboard(self) -> str:
        """The address of the page that shows the cluster at work."""
        return str(self._client.dashboard_link)

    @property
    def size(self) -> int:
        """How many workers there are."""
        return len(self._client.nthreads())

    def embed(self, portions: Sequence[Portion]) -> Iterator[tuple[Portion, int]]:
        """Yield each portion once its vectors are kept."""
        for portion, delivery in self._each(worker.embed, portions):
            yield portion, delivery.current

    def score(self, blocks: Sequence[Block]) -> Iterator[tuple[Block, Kept]]:
        """Yield each block once all that came of it is stored."""
        for block, delivery in self._each(worker.score, blocks):
            yield block, keep(self._store, delivery.outcomes) + delivery.kept

    def _each(self, work: Callable[[Order, Work], Delivery], pieces: Sequence[Work]) -> Iterator[tuple[Work, Delivery]]:
        """Hand out the pieces, a few ahead of those that are done, and yield each with what came of it."""
        waiting = iter(pieces)
        at_work: dict[Future, Work] = {}
        done = as_completed(loop=self._client.loop)

        def hand_out() -> None:
            for piece in islice(waiting, max(0, _AHEAD * self.size - len(at_work))):
                future = self._client.submit(work, self._order, piece, pure=False, retries=_TRIES_AGAIN)
                at_work[future] = piece
                done.add(future)

        hand_out()
        for future in done:
            piece = at_work.pop(future)
            delivery = _result(future, piece)
            self._store.vectors.save(self._model_id, delivery.vectors)
            self.encoded_count += delivery.encoded
            yield piece, delivery
            hand_out()


@contextmanager
def local_crew(context: Context, workers: int, build: Build = build) -> Iterator[DaskCrew]:
    """Yield a crew of so many processes on this machine, which end with it."""
    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield _crew(client, context, build)


@contextmanager
def crew_at(context: Context, address: str, build: Build = build) -> Iterator[DaskCrew]:
    """Yield the workers of the scheduler at `address` (`tcp://host:8786` or `tls://host:8786`) as a crew.

    Raises:
        InputRejected: `address` is none, or the database is a file, which only this machine sees.
        RetryLater: No scheduler answers there, or it has no workers.
    """
    if context.store.is_embedded:
        raise InputRejected(
            "a cluster needs a database that all its machines see: move to PostgreSQL (`matcher migrate`), or use "
            "`--workers` on this machine",
            source="--cluster",
        )
    security = Security()
    try:
        asyncio.run(_knock(address, security))
        client = Client(address, timeout=_PATIENCE_SECONDS, security=security, set_as_default=False)
    except OSError as error:
        raise RetryLater(f"no scheduler answers at {address} ({error}): start `dask scheduler` there") from error
    except (ValueError, TypeError) as error:  # the second is what Dask raises where TLS lacks its certificates
        raise InputRejected(f"{address} cannot be the address of a scheduler: {error}", source="--cluster") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE_SECONDS)
        except TimeoutError as error:
            raise RetryLater(f"the scheduler at {address} has no workers: start `dask worker {address}`") from error
        yield _crew(client, context, build)


async def _knock(address: str, security: Security) -> None:
    """Connect once, so that what is wrong with the address shows before there is a `Client`.

    One that could not start is never closed, but when it is collected; and where that happens in the thread of the next
    one, both wait for the same lock.
    """
    connection = await connect(address, timeout=_PATIENCE_SECONDS, **security.get_connection_args("client"))
    await connection.close()


def _crew(client: Client, context: Context, build: Build) -> DaskCrew:
    return DaskCrew(client, context.store, context.encoder.model_id, order_of(context, build))


def _result(future: Future, piece: Portion | Block) -> Delivery:
    """Return what came of a piece of work; what a worker raised is raised here."""
    try:
        delivery: Delivery = future.result()
    except KilledWorker as error:
        raise Unrecoverable(
            f"every worker that took {_named(piece)} died, most often of too little memory: run fewer workers on each "
            "machine; what was done is kept"
        ) from error
    except (CancelledError, OSError) as error:
        raise RetryLater("the scheduler of the cluster is gone; run it again: what was done is kept") from error
    return delivery


def _named(piece: Portion | Block) -> str:
    if isinstance(piece, Portion):
        return f"the opportunities {piece.opportunities[0]} to {piece.opportunities[-1]}"
    return f"the proposals {piece.proposals[0][0]} to {piece.proposals[-1][0]}"
