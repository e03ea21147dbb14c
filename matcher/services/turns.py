"""Jobs in turn: whoever holds a job's lease runs it alone; a failure puts it off, longer each time."""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from matcher.domain.mail import Lease
from matcher.errors import RetryLater
from matcher.services.outgoing import Clock
from matcher.services.run_job import run_job
from matcher.store.protocol import Store

_LEASE = timedelta(minutes=2)
"""How long a job that died keeps others from running it; one that lives renews it."""
_LONGEST_WAIT = timedelta(hours=1)
_SLACK = timedelta(seconds=1)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """A job as it takes its turns: how long there is between two, and whether several processes may run it at once."""

    name: str
    every: timedelta
    is_shared: bool = False

    @property
    def longest_wait(self) -> timedelta:
        """The longest time between two turns, after however many failures."""
        return max(self.every, _LONGEST_WAIT)

    def wait_after(self, failures: int) -> timedelta:
        """Return the time to the next turn after so many failures in a row."""
        if not failures:
            return timedelta(0) if self.is_shared else self.every - _SLACK
        return min(self.every * (1 << min(failures - 1, 12)), self.longest_wait)


def run_in_turn(
    store: Store,
    turn: Turn,
    work: Callable[[], Mapping[str, int]],
    holder: str,
    clock: Clock,
    *,
    is_forced: bool = False,
) -> Mapping[str, int] | None:
    """Run a job if it is its turn, so that it leaves a row, and return its counts; None if it is not.

    Args:
        store: Where turns and rows are kept.
        turn: Which job.
        work: What it does.
        holder: Who runs it.
        clock: Tells the time.
        is_forced: Run it even if it is not due; never beside another who runs it.

    Raises:
        Exception: Whatever `work` raises, after it is recorded and the next turn is set.
    """
    now = clock()
    if not _may_run(store, turn, Lease(holder, now, now + _LEASE), is_forced=is_forced):
        return None
    held_by = None if turn.is_shared else holder
    try:
        with _renewed(store, turn, holder, clock):
            counts = run_job(store, turn.name, work)
    except Exception as error:
        wait = turn.wait_after(store.turns.failures(turn.name) + 1)
        store.turns.finish(turn.name, held_by, clock() + wait, f"{type(error).__name__}: {error}")
        raise
    store.turns.finish(turn.name, held_by, now + turn.wait_after(0), None)
    return counts


def _may_run(store: Store, turn: Turn, lease: Lease, *, is_forced: bool) -> bool:
    latest = lease.taken_at + turn.longest_wait
    if turn.is_shared:
        return is_forced or store.turns.may_join(turn.name, lease.taken_at, latest)
    return store.turns.take(turn.name, lease, latest, is_forced=is_forced)


@contextmanager
def _renewed(store: Store, turn: Turn, holder: str, clock: Clock) -> Iterator[None]:
    """Hold the lease for as long as the work lasts."""
    if turn.is_shared:
        yield
        return
    done = threading.Event()

    def renew() -> None:
        while not done.wait(_LEASE.total_seconds() / 3):
            _renew_once(store, turn, holder, clock())

    thread = threading.Thread(target=renew, name=f"lease of {turn.name}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _renew_once(store: Store, turn: Turn, holder: str, now: datetime) -> None:
    try:
        if not store.turns.renew(turn.name, Lease(holder, now, now + _LEASE)):
            _log.warning("job lease lost", extra={"job": turn.name})
    except RetryLater:
        _log.warning("job lease not renewed", extra={"job": turn.name})
