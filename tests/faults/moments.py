"""The moments of a process at which something may befall it: before every statement and commit, after every mail."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event

Mishap = Callable[[Connection | None], bool]
"""Befalls the process; returns whether it is over, so that it need not befall again at the next moment."""

_EVENTS = ("before_cursor_execute", "commit")


class _Moments:
    """Counts the moments, and lets something befall the process from the moment `at` on."""

    def __init__(self, at: int = 0, mishap: Mishap = lambda _: True) -> None:
        self.count = 0
        self._at = at
        self._mishap = mishap
        self._is_over = not at
        self._is_inside = False

    @property
    def has_befallen(self) -> bool:
        """Whether the moment has come from which on something befalls the process."""
        return 0 < self._at <= self.count

    def pass_by(self, connection: Connection | None = None, *_: object) -> None:
        """Count one moment."""
        if self._is_inside:
            return
        self.count += 1
        if not self._is_over and self.count >= self._at:
            self._is_inside = True
            try:
                self._is_over = self._mishap(connection)
            finally:
                self._is_inside = False


_current: list[_Moments] = []


def passes() -> None:
    """Say that such a moment is now, outside the database."""
    for watched in _current:
        watched.pass_by()


def has_befallen() -> bool:
    """Whether something befell this process already."""
    return any(watched.has_befallen for watched in _current)


@contextmanager
def watched(at: int = 0, mishap: Mishap = lambda _: True) -> Iterator[_Moments]:
    """Count the moments of this process, and let something befall it from the moment `at` on (0: never)."""
    moments = _Moments(at, mishap)
    for name in _EVENTS:
        event.listen(Engine, name, moments.pass_by)
    _current.append(moments)
    try:
        yield moments
    finally:
        _current.remove(moments)
        for name in _EVENTS:
            event.remove(Engine, name, moments.pass_by)
