"""Where a reader of a list stands: behind an entry, not behind a number of entries, so that changes shift no page.

A cursor names the last entry that was shown, and its place then. The next page begins behind that entry, wherever it
stands now; entries that came or went before it neither repeat nor hide another. If the entry itself is gone, its old
place is the best that is known.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from matcher.errors import InputRejected

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Cursor:
    """The entry `identifier`, which stood at `place` (counted from 0)."""

    place: int
    identifier: str

    def __str__(self) -> str:
        text = f"{self.place} {self.identifier}".encode()
        return base64.urlsafe_b64encode(text).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Return the cursor that was written as `text`.

        Raises:
            InputRejected: No cursor is written so.
        """
        try:
            padded = text.encode("ascii") + b"=" * (-len(text) % 4)
            place, _, identifier = base64.b64decode(padded, altchars=b"-_", validate=True).decode().partition(" ")
            if not place.isdecimal() or not identifier:
                raise ValueError(text)
            return cls(int(place), identifier)
        except (ValueError, binascii.Error) as error:
            reason = "this is no place in a list; give what an earlier answer had as `next`, unchanged"
            raise InputRejected(reason, source="after") from error


@dataclass(frozen=True, slots=True)
class Window(Generic[Item]):
    """Some entries of a list in a row, and the cursor behind the last of them; None at the end of the list."""

    items: Sequence[Item]
    next: str | None


def window(items: Sequence[Item], start: int, size: int, identify: Callable[[Item], str]) -> Window[Item]:
    """Return `size` entries from place `start` on."""
    shown = items[start : start + size]
    end = start + len(shown)
    behind = str(Cursor(end - 1, identify(shown[-1]))) if shown and end < len(items) else None
    return Window(shown, behind)


def place_behind(items: Sequence[Item], after: str, identify: Callable[[Item], str]) -> int:
    """Return the place behind the entry that a cursor names.

    Raises:
        InputRejected: `after` is no cursor.
    """
    cursor = Cursor.parse(after)
    if cursor.place < len(items) and identify(items[cursor.place]) == cursor.identifier:
        return cursor.place + 1
    now = (place for place, item in enumerate(items) if identify(item) == cursor.identifier)
    return next(now, cursor.place - 1) + 1
