"""How a source fares, in one word."""

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the models of answers need the words alone, and clients load those
    from matcher.services.sources import SourceStatus


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


def state_of(status: "SourceStatus") -> SourceState:
    """Return the state of a source; a failure says more than age, and neither matters while it is disabled."""
    if not status.source.is_enabled:
        return SourceState.DISABLED
    if status.error is not None:
        return SourceState.FAILING
    if status.is_stale:
        return SourceState.STALE
    return SourceState.BY_HAND if status.source.interval_seconds is None else SourceState.FRESH
