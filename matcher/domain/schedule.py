"""When a week's digest goes out: local wall-clock time to moments, through every change of the clocks."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from matcher.errors import InputRejected

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time that a digest goes out: the moment, in UTC, and the ISO week (`2026-W47`) of the reader's calendar.

    Once the digest of `next_week` has gone out, this one is over, whatever a clock says that was set back.
    """

    week: str
    next_week: str
    at: datetime


@dataclass(frozen=True, slots=True, order=True)
class Schedule:
    """A weekday (0 is Monday) and a full hour of a week, as the clocks on the walls of `time_zone` (IANA) show them.

    An hour that a change of the clocks leaves out begins when it would have begun, and one that comes twice counts the
    first time (the reading of PEP 495 with `fold=0`), so each week has exactly one occasion.
    """

    weekday: int = 0
    hour: int = 8
    time_zone: str = "UTC"

    def latest(self, now: datetime) -> Occasion:
        """Return the last occasion that is not after `now`.

        Raises:
            InputRejected: The time zone is unknown.
        """
        occasion = self._in_week_of(self._local_day(now))
        return occasion if occasion.at <= now else self._in_week_of(self._local_day(now) - _WEEK)

    def next(self, now: datetime) -> Occasion:
        """Return the first occasion after `now`.

        Raises:
            InputRejected: The time zone is unknown.
        """
        occasion = self._in_week_of(self._local_day(now))
        return occasion if occasion.at > now else self._in_week_of(self._local_day(now) + _WEEK)

    def local_date(self, now: datetime) -> date:
        """Return the date on the reader's calendar."""
        return self._local_day(now)

    def _local_day(self, now: datetime) -> date:
        return now.astimezone(time_zone(self.time_zone)).date()

    def _in_week_of(self, day: date) -> Occasion:
        """Return the occasion in the ISO week that holds `day`."""
        monday = day - timedelta(days=day.weekday())
        wall = datetime.combine(monday + timedelta(days=self.weekday), time(self.hour), time_zone(self.time_zone))
        return Occasion(_iso_week(monday), _iso_week(monday + _WEEK), wall.astimezone(UTC))


def _iso_week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def time_zone(name: str) -> ZoneInfo:
    """Return an IANA time zone.

    Raises:
        InputRejected: No such zone is known.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputRejected(
            f"{name!r} is no IANA time zone; use a name such as America/Los_Angeles", source="time_zone"
        ) from error
