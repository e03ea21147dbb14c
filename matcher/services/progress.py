"""How long work shows that it moves."""

from collections.abc import Iterable, Iterator
from typing import Generic, Protocol, TypeVar

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


class Counted(Generic[Item]):
    """A stream that can be gone through once and whose length is known, so that a bar can show how much is left."""

    def __init__(self, items: Iterator[Item], length: int) -> None:
        self._items = items
        self._length = length

    def __iter__(self) -> Iterator[Item]:
        return self._items

    def __len__(self) -> int:
        return self._length
