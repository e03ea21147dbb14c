"""Deadlines as calendar events (RFC 5545): those of a digest, and those of a feed."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from matcher.domain.digest import Deadline, Digest, DigestItem
from matcher.domain.opportunity import APPLICATION
from matcher.domain.wording import day_words
from matcher.mail.cleaning import one_line, web_address
from matcher.mail.items import TITLE_LIMIT

if TYPE_CHECKING:
    from icalendar import Alarm  # which takes long to load, and few answers are calendars

_DEADLINES = {APPLICATION: "Application due", "intent": "Intent to apply due"}
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://example.org/matcher/deadlines")
_WARNING_AHEAD = timedelta(days=7)
_END = b"END:VCALENDAR"


def deadlines_calendar(digest: Digest) -> bytes | None:
    """Return the deadlines of what a digest shows as a calendar, or None if there is none."""
    has_deadline = any(item.deadlines for item in digest.items)
    return calendar_of(digest.items, digest.as_of) if has_deadline else None


def calendar_of(items: Iterable[DigestItem], as_of: date) -> bytes:
    """Return one all-day event per dated deadline of `items`; the day `as_of` is when it was made.

    The identifier of an event depends on the opportunity and the deadline alone, so that a later calendar moves the
    event instead of adding a second one. Equal items give equal bytes.
    """
    told = {_identifier(item, deadline): (item, deadline) for item in items for deadline in item.deadlines}
    events = (_written(_facts(item, deadline, as_of)) for item, deadline in told.values())
    begin, end, rest = _frame().partition(_END)
    return b"".join((begin, *events, end, rest))


def _identifier(item: DigestItem, deadline: Deadline) -> str:
    return str(uuid.uuid5(_NAMESPACE, f"{item.opportunity_id}/{deadline.name}/{deadline.ordinal}"))


@dataclass(frozen=True, slots=True)
class _Facts:
    """What one event says, without a word about whose match it is."""

    uid: str
    sequence: int
    as_of: date
    day: date
    summary: str
    description: str
    url: str | None


def _facts(item: DigestItem, deadline: Deadline, as_of: date) -> _Facts:
    inferred = " (date inferred)" if deadline.is_inferred else ""
    return _Facts(
        uid=_identifier(item, deadline),
        sequence=item.revision - 1,
        as_of=as_of,
        day=deadline.day,
        summary=f"{_DEADLINES[deadline.name]}: {one_line(item.title, TITLE_LIMIT)}{inferred}",
        description=_description(item, as_of),
        url=web_address(item.source_url),
    )


@lru_cache(maxsize=4096)
def _written(facts: _Facts) -> bytes:
    """Return the lines of one event; many readers are told of the same one on the same day.

    Its SEQUENCE grows with the notice, so that a calendar takes the later of two (RFC 5545, section 3.8.7.4).
    """
    from icalendar import Event

    event = Event()
    event.add("uid", facts.uid)
    event.add("sequence", facts.sequence)
    event.add("dtstamp", datetime.combine(facts.as_of, time(), UTC))
    event.add("dtstart", facts.day)
    event.add("dtend", facts.day + timedelta(days=1))
    event.add("summary", facts.summary)
    event.add("description", facts.description)
    event.add("transp", "TRANSPARENT")
    if facts.url is not None:
        event.add("url", facts.url)
    event.add_component(_alarm(facts.summary))
    return bytes(event.to_ical())


@cache
def _frame() -> bytes:
    """Return a calendar without events."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//matcher//funding deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    return bytes(calendar.to_ical())


def _description(item: DigestItem, as_of: date) -> str:
    agency = one_line(item.agency_name or "agency not stated", TITLE_LIMIT)
    lines = [agency, f"Award: {one_line(item.award, TITLE_LIMIT)}"]
    if item.start_by is not None and item.start_by >= as_of:
        lines.append(f"Begin by {day_words(item.start_by)} (inferred from what the notice asks)")
    return "\n".join(lines)


def _alarm(summary: str) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -_WARNING_AHEAD)
    return alarm
