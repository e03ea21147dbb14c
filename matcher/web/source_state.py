"""How a source fares, in one word, and since when or until when that holds."""

from datetime import datetime, timedelta
from enum import StrEnum

from matcher.services.sources import SourceStatus
from matcher.store.records import JobOutcome

_LONGEST_WAIT_AFTER_FAILURE = timedelta(minutes=15)
"""As the services have it; a test holds the two together."""


class SourceState(StrEnum):
    """What a person must know of a source before anything else."""

    FRESH = "fresh"
    """A run succeeded within its interval."""
    STALE = "stale"
    """No run did, or none was made yet."""
    FAILING = "failing"
    """The last run came to no good end; what the source brought before stays."""
    DISABLED = "disabled"
    BY_HAND = "by_hand"
    """It is looked at when somebody asks, so nothing can be said of its age."""


def state_of(status: SourceStatus) -> SourceState:
    """Return the state of a source; a failure says more than age, and neither matters while it is disabled."""
    if not status.source.is_enabled:
        return SourceState.DISABLED
    if status.error is not None:
        return SourceState.FAILING
    if status.is_stale:
        return SourceState.STALE
    return SourceState.BY_HAND if status.source.interval_seconds is None else SourceState.FRESH


def stale_since(status: SourceStatus) -> datetime | None:
    """Return when the interval of a stale source ran out; None if it is not stale, or no run ever succeeded."""
    if not status.is_stale or status.success is None:
        return None
    return status.success.started_at + _interval(status)


def next_due_at(status: SourceStatus) -> datetime | None:
    """Return when a source is next looked at; None if that waits for somebody to ask, or for nothing at all.

    A source that was never looked at is due already, and so has no time.
    """
    source, latest = status.source, status.latest
    if not source.is_enabled or source.interval_seconds is None or latest is None:
        return None
    wait = _interval(status)
    if latest.outcome is not JobOutcome.SUCCEEDED:
        wait = min(wait, _LONGEST_WAIT_AFTER_FAILURE)
    return latest.started_at + wait


def _interval(status: SourceStatus) -> timedelta:
    return timedelta(seconds=status.source.interval_seconds or 0)
