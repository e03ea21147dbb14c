"""How long work shows that it moves."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Progress(Protocol):
    """Wraps the items of some work, so that a person sees them go by; a door brings its own."""

    def __call__(self, items: Sequence[Item], /) -> Iterable[Item]:
        """Return the same items in the same order."""
        ...


def silent(items: Sequence[Item], /) -> Iterable[Item]:
    """Return the items as they are: nobody watches."""
    return items
