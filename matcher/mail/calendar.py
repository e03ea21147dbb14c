"""The deadlines of a digest as calendar events (RFC 5545)."""

import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from matcher.domain.digest import Digest
from matcher.domain.opportunity import APPLICATION, KeyDate, Opportunity
from matcher.domain.vocabulary import Basis
from matcher.domain.wording import award_words
from matcher.mail.cleaning import one_line, web_address
from matcher.mail.items import TITLE_LIMIT

_DEADLINES = {APPLICATION: "Application due", "intent": "Intent to apply due"}
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://example.org/matcher/deadlines")
_WARNING_AHEAD = timedelta(days=7)


def deadlines_calendar(digest: Digest) -> bytes | None:
    """Return one all-day event per dated deadline that is not past on `digest.as_of`, or None if there is none.

    The identifier of an event depends on the opportunity and the deadline alone, so that a later digest moves the event
    instead of adding a second one. Equal digests give equal bytes.
    """
    events = {
        str(event["uid"]): event
        for item in (*digest.new, *digest.closing_soon)
        for event in _events(item.opportunity, digest.as_of)
    }
    if not events:
        return None
    calendar = Calendar()
    calendar.add("prodid", "-//matcher//funding deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in events.values():
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(opportunity: Opportunity, as_of: date) -> Iterator[Event]:
    """Yield the events of one opportunity in the notice's order."""
    seen: Counter[str] = Counter()
    for key_date in opportunity.key_dates:
        seen[key_date.name] += 1
        day = key_date.day.as_date()
        if key_date.name in _DEADLINES and day is not None and day >= as_of:
            yield _event(opportunity, key_date, seen[key_date.name], day, as_of)


def _event(opportunity: Opportunity, key_date: KeyDate, ordinal: int, day: date, as_of: date) -> Event:
    """Build one event; `ordinal` tells several deadlines of one name apart, counted from 1."""
    title = one_line(opportunity.title, TITLE_LIMIT)
    inferred = " (date inferred)" if key_date.basis is Basis.INFERRED else ""
    summary = f"{_DEADLINES[key_date.name]}: {title}{inferred}"
    event = Event()
    event.add("uid", str(uuid.uuid5(_NAMESPACE, f"{opportunity.opportunity_id}/{key_date.name}/{ordinal}")))
    event.add("dtstamp", datetime.combine(as_of, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", _description(opportunity))
    event.add("transp", "TRANSPARENT")
    url = web_address(opportunity.source_url)
    if url is not None:
        event.add("url", url)
    event.add_component(_alarm(summary))
    return event


def _description(opportunity: Opportunity) -> str:
    agency = one_line(opportunity.agency_name or "agency not stated", TITLE_LIMIT)
    return f"{agency}\nAward: {award_words(opportunity.funding)}"


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -_WARNING_AHEAD)
    return alarm
