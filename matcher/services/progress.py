"""How long work shows that it moves."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Progress(Protocol):
    """Wraps the items of some work, so that a person sees them go by, and how fast; a door brings its own.

    Items with a length show how much is left; a stream is shown by its count.
    """

    def __call__(self, items: Iterable[Item], /) -> Iterable[Item]:
        """Return the same items in the same order."""
        ...


def silent(items: Iterable[Item], /) -> Iterable[Item]:
    """Return the items as they are: nobody watches."""
    return items
