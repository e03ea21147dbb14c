"""When a failed attempt is repeated: exponential back-off with jitter, or when the source says."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar

from matcher.fetching.connection import Deadline
from matcher.fetching.errors import FetchDeferred
from matcher.fetching.limits import Clock, Limits

_log = logging.getLogger(__name__)
_LONGEST_STATED = timedelta(days=366)
Result = TypeVar("Result")


def retry_after(value: str | None, now: datetime) -> datetime | None:
    """Return the moment that a Retry-After field names, as seconds or as a date (RFC 9110, 10.2.3); None if none."""
    if value is None:
        return None
    if value.isascii() and value.isdigit():
        return now + min(timedelta(seconds=int(value[:9])), _LONGEST_STATED)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment, now), now + _LONGEST_STATED)


class Retries:
    """Repeats what failed for the moment; `jitter` gives a number between its two arguments."""

    def __init__(self, limits: Limits, clock: Clock, jitter: Callable[[float, float], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._jitter = jitter

    def run(self, attempt: Callable[[], Result], deadline: Deadline) -> Result:
        """Return what `attempt` returns, after as many attempts as the limits allow.

        Raises:
            FetchDeferred: The last attempt failed too, or the wait for the next one is too long.
        """
        failures = 0
        while True:
            try:
                return attempt()
            except FetchDeferred as failure:
                failures += 1
                wait = self._wait(failures, failure.again_at)
                is_too_long = wait > self._limits.longest_wait_seconds or wait >= deadline.seconds_left
                if failures >= self._limits.attempts or is_too_long:
                    raise
                _log.info("fetch is repeated", extra={"reason": str(failure), "failures": failures, "wait": wait})
            self._clock.sleep(wait)

    def _wait(self, failures: int, again_at: datetime | None) -> float:
        """Return seconds: what the source asked for, else between half and all of a time that doubles."""
        if again_at is not None:
            return max(0.0, (again_at - self._clock.now()).total_seconds())
        longest = min(self._limits.longest_wait_seconds, self._limits.first_wait_seconds * 2 ** (failures - 1))
        return self._jitter(longest / 2, longest)
