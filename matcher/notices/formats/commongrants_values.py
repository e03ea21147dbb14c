"""What the values of CommonGrants mean: its statuses, its events, and the custom fields of its catalogue."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import APPLICATION, KeyDate
from matcher.domain.vocabulary import OpportunityStatus
from matcher.notices.formats.cleaning import one_line
from matcher.notices.formats.commongrants_models import CustomField, Event, KeyDates
from matcher.notices.formats.plain_values import calendar_day
from matcher.notices.formats.running_text import RunningText
from matcher.notices.milestones import OPEN
from matcher.notices.publication import AWARD, INTENT, POST

STATUSES = {
    "forecasted": OpportunityStatus.FORECASTED,
    "open": OpportunityStatus.POSTED,
    "closed": OpportunityStatus.CLOSED,
    "archived": OpportunityStatus.ARCHIVED,
}
"""The protocol's statuses, and `archived`, which sources give as a custom one."""

_MEANINGS = (
    (INTENT, re.compile(r"\bintent\b|letter of inquiry|\bLOI\b|pre-?application", re.IGNORECASE)),
    (APPLICATION, re.compile(r"\b(?:app|application|submission|proposal)s? (?:deadline|due|close|end)", re.IGNORECASE)),
    (AWARD, re.compile(r"\baward(?:s|ed)?\b(?!.*\bperiod)", re.IGNORECASE)),
    (OPEN, re.compile(r"\b(?:app|application|submission)s? (?:open|start|begin)", re.IGNORECASE)),
    ("archive", re.compile(r"\barchive", re.IGNORECASE)),
)
_PERIOD = re.compile(r"\b(?:application|submission|proposal)s? (?:period|window)", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LISTING = re.compile(r"\d{2}\.[A-Za-z0-9]{2,4}", re.ASCII)


def key_dates(timeline: KeyDates, text: RunningText) -> Iterator[KeyDate]:
    """Yield the dated events, each with the line of `text` that says it; what has no day is a line of the text only."""
    if timeline.post_date:
        yield from _dated(POST, POST, "Posted", timeline.post_date, text)
    if timeline.close_date:
        yield from _dated(OPEN, APPLICATION, "Applications close", timeline.close_date, text)
    for key, event in (timeline.other_dates or {}).items():
        label = event.name or one_line(_CAMEL.sub(" ", key))
        told = f"{one_line(_CAMEL.sub(' ', key))} {event.name}"
        if _PERIOD.search(told):
            yield from _dated(OPEN, APPLICATION, label, event, text)
        elif label:
            name = next((name for name, cue in _MEANINGS if cue.search(told)), label)
            yield from _dated(f"start of {name}" if name == label else name, name, label, event, text)


def _dated(first: str, last: str, label: str, event: Event, text: RunningText) -> Iterator[KeyDate]:
    """Yield the one day of an event as `last`, or the two ends of its range; year 9999 stands for "not known"."""
    begin, end = _known(event.start_date), _known(event.end_date or event.day)
    days = [(first, begin), (last, end)] if begin and begin != end else [(last, end)]
    written = " to ".join(str(day) for _, day in days if day) or (event.details or event.description or "")
    quote = text.fact(label, " ".join(written.split()))
    for name, day in days:
        if day:
            yield KeyDate(name, day, quote)


def _known(day: date | None) -> PartialDate | None:
    return calendar_day(day.isoformat()) if day else None


class CustomFields:
    """The fields of the protocol's catalogue of custom fields that matter here, by whatever shape they come in."""

    def __init__(self, fields: Mapping[str, CustomField] | None) -> None:
        self._values = {key: field.value for key, field in (fields or {}).items()}

    @property
    def agency_name(self) -> str | None:
        """Who gives the money: `agency`, as a name or an object with one."""
        agency = self._values.get("agency")
        names = [agency] if not isinstance(agency, dict) else [agency.get("name"), agency.get("agencyName")]
        return next((line for line in map(one_line, names) if line), None)

    @property
    def agency_code(self) -> str | None:
        """The code of `agency`."""
        agency = self._values.get("agency")
        return one_line(agency.get("code") or agency.get("agencyCode")) or None if isinstance(agency, dict) else None

    @property
    def opportunity_number(self) -> str | None:
        """The field `federalOpportunityNumber`."""
        return one_line(self._values.get("federalOpportunityNumber"))[:100] or None

    @property
    def assistance_listing_numbers(self) -> tuple[str, ...]:
        """The identifiers of `assistanceListings` that are numbers of listings."""
        listings = self._values.get("assistanceListings")
        entries = [entry for entry in listings if isinstance(entry, dict)] if isinstance(listings, list) else []
        numbers = (one_line(entry.get("identifier")) for entry in entries)
        return tuple(dict.fromkeys(number for number in numbers if _LISTING.fullmatch(number)))

    @property
    def is_cost_sharing(self) -> bool | None:
        """The field `costSharing`, as an answer or an object with one."""
        value = self._values.get("costSharing")
        if isinstance(value, dict):
            value = value.get("isRequired", value.get("required"))
        return value if isinstance(value, bool) else None

    def said(self, key: str) -> object:
        """Return the value of a field that holds words, or None."""
        value = self._values.get(key)
        return value.get("description") if isinstance(value, dict) else value
