"""What a worker is told, and what it gives back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from numpy import float16
from numpy.typing import NDArray

from matcher.bootstrap import Context
from matcher.embedding.precision import best_precision
from matcher.services.blocks import Kept, Outcome
from matcher.settings import Settings

Build = Callable[[Settings], Context]
"""Puts the house together in a worker; it must be importable there under the same name."""

_SENT = {"model", "adapter", "match_floor"}


@dataclass(frozen=True, slots=True)
class Order:
    """The house that a worker is to put together, and how it can tell that it is the right one.

    Attributes:
        chosen: Settings by name. They hold the URL of the database with its password, so they are never shown.
        fingerprint: That of the scorer.
        generations: Those of the opportunities and of the proposals, at the least.
        build: What puts it together.
    """

    chosen: tuple[tuple[str, Any], ...] = field(repr=False)
    fingerprint: str
    generations: tuple[int, int]
    build: Build

    @property
    def settings(self) -> Settings:
        """All settings: those of the order, and the worker's own for the rest."""
        return Settings(**dict(self.chosen))


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of a portion or a block, and whatever the worker could not write itself.

    Attributes:
        encoded: How many texts were encoded.
        current: How many opportunities of a portion one can still apply for.
        kept: What was written of a block.
        vectors: New vectors by text hash.
        outcomes: What is still to be written of a block.
    """

    encoded: int
    current: int = 0
    kept: Kept = field(default_factory=Kept)
    vectors: Mapping[str, NDArray[float16]] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()


def order_of(context: Context, build: Build) -> Order:
    """Return the order to work as `context` does.

    What each process would choose for itself is settled here: the number format, which follows the processor, and the
    place of the database, which follows the home folder.
    """
    settings, store = context.settings, context.store
    precision = best_precision().value if settings.precision == "auto" else settings.precision
    chosen = {**settings.model_dump(include=_SENT), "precision": precision, "database_url": settings.store_url}
    generations = (store.opportunities.generation(), store.proposals.generation())
    return Order(tuple(chosen.items()), context.scorer.fingerprint, generations, build)
