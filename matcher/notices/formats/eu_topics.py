"""The three shapes in which topics of the EU Funding & Tenders Portal go around, as one.

A hit of the portal's search wraps every value into a list; an item of its bulk file has numbers for dates and no text;
aggregators store flat records, some with their UTF-8 read as Windows-1252.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import FundingRange, SourceCode
from matcher.domain.vocabulary import OpportunityStatus
from matcher.errors import NoticeRejected
from matcher.notices.formats import cleaning
from matcher.notices.formats.eu_budget import budget_of, funding
from matcher.notices.formats.mappings import Fields, group, items_of
from matcher.notices.formats.mojibake import repaired
from matcher.notices.formats.plain_values import calendar_day, epoch_day, source_codes

_BRUSSELS = ZoneInfo("Europe/Brussels")
"""The bulk file counts from midnight or 17:00 there."""

_STATUSES = {
    "forthcoming": OpportunityStatus.FORECASTED,
    "open": OpportunityStatus.POSTED,
    "closed": OpportunityStatus.CLOSED,
    "31094501": OpportunityStatus.FORECASTED,
    "31094502": OpportunityStatus.POSTED,
    "31094503": OpportunityStatus.CLOSED,
}
_TENDER = "0"
_TORN_MARKUP = re.compile(r'^"?>\s*')


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic in words: `deadlines` are all that were found, in order and each once."""

    identifier: str
    title: str
    description: str
    objectives: str
    conditions: str
    call_title: str
    status: OpportunityStatus
    published: PartialDate | None
    opens: PartialDate | None
    deadlines: tuple[PartialDate, ...]
    deadline_model: str
    funding: FundingRange
    actions: str
    source_url: str | None
    source_codes: tuple[SourceCode, ...]


def key_of(fields: Fields) -> object:
    """Return the identifier of a record in any of the shapes."""
    return fields.get("topicId") or fields.get("identifier") or _first(group(fields, "metadata").get("identifier"))


def flat_topic(fields: Fields) -> Topic:
    """Return a record as an aggregator stores it."""
    names = ("programme", "programmeId", "callIdentifier", "callStatus", "actionType", "typesOfAction", "cluster")
    return Topic(
        identifier=_line(fields, "topicId"),
        title=_line(fields, "title"),
        description=_words(fields, "description"),
        objectives=_words(fields, "objectives"),
        conditions=_TORN_MARKUP.sub("", _words(fields, "topicConditions")),
        call_title=_line(fields, "callTitle"),
        status=_status(_line(fields, "callStatus")),
        published=None,
        opens=None,
        deadlines=_days([fields.get("deadline")], calendar_day),
        deadline_model=_line(fields, "deadlineModel"),
        funding=funding(fields.get("budgetMin"), fields.get("budgetMax"), fields.get("expectedGrants"), None),
        actions=f"{_line(fields, 'typesOfAction')} {_line(fields, 'actionType')}".strip(),
        source_url=cleaning.web_address(fields.get("portalUrl")),
        source_codes=source_codes(*((name, _line(fields, name)) for name in (*names, "deadlineModel"))),
    )


def search_hit(fields: Fields) -> Topic:
    """Return a hit of the portal's search; only the rows of its budget that name this topic count.

    Raises:
        NoticeRejected: It is a call for tenders.
    """
    values = group(fields, "metadata")
    _refuse_tender(_line(values, "type"))
    identifier = _line(values, "identifier")
    names = ("callIdentifier", "frameworkProgramme", "programmePeriod", "status", "type", "deadlineModel")
    return Topic(
        identifier=identifier,
        title=_line(values, "title"),
        description=_words(values, "descriptionByte"),
        objectives="",
        conditions=_words(values, "topicConditions"),
        call_title=_line(values, "callTitle"),
        status=_status(_line(values, "status")),
        published=None,
        opens=calendar_day(_first(values.get("startDate"))),
        deadlines=_days(items_of(values, "deadlineDate"), calendar_day),
        deadline_model=_line(values, "deadlineModel"),
        funding=budget_of(_first(values.get("budgetOverview")), identifier),
        actions=_line(values, "typesOfAction"),
        source_url=None,
        source_codes=source_codes(
            *((name, _line(values, name)) for name in names), ("typesOfAction", _lines(values, "typesOfAction"))
        ),
    )


def bulk_item(fields: Fields) -> Topic:
    """Return an item of the bulk file; it has neither text nor amounts.

    Raises:
        NoticeRejected: It is a call for tenders.
    """
    _refuse_tender(_line(fields, "type"))
    status = group(fields, "status")
    programme = fields.get("frameworkProgramme")
    programmes = [one for one in (programme if isinstance(programme, list) else [programme]) if isinstance(one, dict)]
    return Topic(
        identifier=_line(fields, "identifier"),
        title=_line(fields, "title"),
        description="",
        objectives="",
        conditions="",
        call_title=_line(fields, "callTitle"),
        status=_status(_line(status, "abbreviation") or _line(status, "id")),
        published=epoch_day(fields.get("publicationDateLong"), _BRUSSELS),
        opens=epoch_day(fields.get("plannedOpeningDateLong"), _BRUSSELS),
        deadlines=_days(items_of(fields, "deadlineDatesLong"), lambda value: epoch_day(value, _BRUSSELS)),
        deadline_model="",
        funding=FundingRange(currency="EUR"),
        actions="",
        source_url=None,
        source_codes=source_codes(
            ("callIdentifier", _line(fields, "callIdentifier")),
            ("status", _line(status, "abbreviation")),
            ("type", _line(fields, "type")),
            ("frameworkProgramme", [_line(one, "abbreviation") for one in programmes]),
        ),
    )


def _refuse_tender(kind: str) -> None:
    if kind == _TENDER:
        raise NoticeRejected("this is a call for tenders, in which the EU buys and funds nobody; leave it out")


def _status(written: str) -> OpportunityStatus:
    return _STATUSES.get(written.casefold(), OpportunityStatus.UNKNOWN)


def _days(values: Iterable[object], read: Callable[[object], PartialDate | None]) -> tuple[PartialDate, ...]:
    """Return the days in the order of the calendar, each once."""
    found = {date: day for value in values if (day := read(value)) and (date := day.as_date())}
    return tuple(found[date] for date in sorted(found))


def _first(value: object) -> object:
    """Return the first of a list of values, or a value that stands alone."""
    return (value[0] if value else None) if isinstance(value, list) else value


def _lines(fields: Fields, name: str) -> tuple[str, ...]:
    value = fields.get(name)
    several = value if isinstance(value, list) else [value]
    return tuple(line for line in (cleaning.one_line(_repaired(one)) for one in several) if line)


def _line(fields: Fields, name: str) -> str:
    return cleaning.one_line(_repaired(_first(fields.get(name))))


def _words(fields: Fields, name: str) -> str:
    return cleaning.words(_repaired(_first(fields.get(name))))


def _repaired(value: object) -> object:
    return repaired(value) if isinstance(value, str) else value
