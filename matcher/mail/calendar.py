"""Deadlines as calendar events (RFC 5545): those of a digest, and those of a feed."""

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from matcher.domain.digest import Deadline, Digest, DigestItem
from matcher.domain.opportunity import APPLICATION
from matcher.domain.wording import day_words
from matcher.mail.cleaning import one_line, web_address
from matcher.mail.items import TITLE_LIMIT

_DEADLINES = {APPLICATION: "Application due", "intent": "Intent to apply due"}
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://example.org/matcher/deadlines")
_WARNING_AHEAD = timedelta(days=7)


def deadlines_calendar(digest: Digest) -> bytes | None:
    """Return the deadlines of what a digest shows as a calendar, or None if there is none."""
    has_deadline = any(item.deadlines for item in digest.items)
    return calendar_of(digest.items, digest.as_of) if has_deadline else None


def calendar_of(items: Iterable[DigestItem], as_of: date) -> bytes:
    """Return one all-day event per dated deadline of `items`; the day `as_of` is when it was made.

    The identifier of an event depends on the opportunity and the deadline alone, so that a later calendar moves the
    event instead of adding a second one. Equal items give equal bytes.
    """
    all_of_them = (_event(item, deadline, as_of) for item in items for deadline in item.deadlines)
    events = {str(event["uid"]): event for event in all_of_them}
    calendar = Calendar()
    calendar.add("prodid", "-//matcher//funding deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in events.values():
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(item: DigestItem, deadline: Deadline, as_of: date) -> Event:
    """Build one event. Its SEQUENCE grows with the notice, so a calendar takes the later of two (RFC 5545, 3.8.7.4)."""
    title = one_line(item.title, TITLE_LIMIT)
    inferred = " (date inferred)" if deadline.is_inferred else ""
    summary = f"{_DEADLINES[deadline.name]}: {title}{inferred}"
    event = Event()
    event.add("uid", str(uuid.uuid5(_NAMESPACE, f"{item.opportunity_id}/{deadline.name}/{deadline.ordinal}")))
    event.add("sequence", item.revision - 1)
    event.add("dtstamp", datetime.combine(as_of, time(), UTC))
    event.add("dtstart", deadline.day)
    event.add("dtend", deadline.day + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", _description(item, as_of))
    event.add("transp", "TRANSPARENT")
    url = web_address(item.source_url)
    if url is not None:
        event.add("url", url)
    event.add_component(_alarm(summary))
    return event


def _description(item: DigestItem, as_of: date) -> str:
    agency = one_line(item.agency_name or "agency not stated", TITLE_LIMIT)
    lines = [agency, f"Award: {one_line(item.award, TITLE_LIMIT)}"]
    if item.start_by is not None and item.start_by >= as_of:
        lines.append(f"Begin by {day_words(item.start_by)} (inferred from what the notice asks)")
    return "\n".join(lines)


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -_WARNING_AHEAD)
    return alarm
