"""The California Grants Portal: its CSV file, and the same table as CKAN gives it in JSON.

Every cell is text and stays text: a cell that a spreadsheet would run as a formula is words here. Times carry no zone
and mean local time for deadlines but not for openings, so the day alone is kept.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from matcher.domain.evidence import Quote
from matcher.domain.opportunity import (
    APPLICATION,
    Eligibility,
    FundingRange,
    KeyDate,
    Opportunity,
    Priority,
    SourceCode,
)
from matcher.domain.vocabulary import OpportunityStatus
from matcher.errors import DocumentRejected
from matcher.notices.coded_eligibility import conditions_in
from matcher.notices.formats import california_values as portal
from matcher.notices.formats.california_notes import narrowed_types
from matcher.notices.formats.cleaning import one_line, web_address, words
from matcher.notices.formats.csv_rows import csv_rows
from matcher.notices.formats.json_records import read_json
from matcher.notices.formats.mappings import Fields, field, group, items_of, parts, read_mappings, record_id, required
from matcher.notices.formats.opening import HEAD_BYTES, content_head
from matcher.notices.formats.plain_values import asks_for_match, calendar_day, says_rolling, source_codes
from matcher.notices.formats.prose_additions import joined, with_prose
from matcher.notices.formats.record import Record
from matcher.notices.formats.running_text import RunningText
from matcher.notices.formats.stated_priorities import priorities_in, section_priority
from matcher.notices.milestones import OPEN
from matcher.notices.publication import AWARD
from matcher.text.dates import find_dates

_KEY = "PortalID"
_MARKS = (b"PortalID", b"AgencyDept")
_NUMBER = re.compile(r"(?=\D*\d)[\w./#-]{2,40}", re.ASCII)
_SEE_PURPOSE = re.compile(r"\W*(?:please )?see (?:grant |the )?(?:purpose|above)\W*", re.IGNORECASE)


def recognizes(head: bytes, name: str) -> bool:
    """Whether a file is the portal's table, in CSV or JSON."""
    content = content_head(head)
    return all(mark in content for mark in _MARKS)


def read(path: Path) -> Iterator[Record]:
    """Yield the grants of the portal's CSV file or CKAN answer.

    Raises:
        DocumentRejected: The file cannot be read, or is not the portal's table.
    """
    with path.open("rb") as file:
        is_json = content_head(file.read(HEAD_BYTES)).lstrip().startswith(b"{")
    items = _ckan_rows(path) if is_json else csv_rows(path, _KEY)
    return read_mappings(items, path.name, field(_KEY), _opportunity)


def _ckan_rows(path: Path) -> Iterator[tuple[int, object]]:
    """Yield the records of a datastore: by field name in a search's answer, by position in a dump."""
    answer = read_json(path)
    answer = answer if isinstance(answer, dict) else {}
    table: Fields = group(answer, "result") or answer
    if not isinstance(table.get("records"), list):
        raise DocumentRejected("the file holds no list `records`; fetch the datastore again", source=path.name)
    names = [one_line(column.get("id")) if isinstance(column, dict) else "" for column in items_of(table, "fields")]
    for number, row in enumerate(items_of(table, "records"), start=1):
        if isinstance(row, list) and len(row) == len(names):
            yield number, dict(zip(names, row, strict=True))
        else:
            yield number, row


def _opportunity(fields: Fields) -> Opportunity:
    title = required(fields, "Title")
    text = RunningText(title)
    purpose = text.section("Purpose", words(fields.get("Purpose")))
    told = words(fields.get("Description"))
    description = None if _SEE_PURPOSE.fullmatch(told) else text.section("Description", told)
    eligibility = _eligibility(fields, text)
    funding = _funding(fields, text)
    key_dates = _key_dates(fields, text)
    opportunity = Opportunity(
        opportunity_id=record_id("california", required(fields, _KEY)),
        title=title,
        text=text.text,
        agency_name=one_line(fields.get("AgencyDept")) or None,
        opportunity_number=_number(fields),
        description="\n\n".join(quote.text for quote in (purpose, description) if quote),
        status=portal.STATUSES.get(one_line(fields.get("Status")).casefold(), OpportunityStatus.UNKNOWN),
        priorities=_priorities(text.text, title, purpose, description),
        eligibility=eligibility,
        funding=funding,
        key_dates=key_dates,
        is_rolling=says_rolling(one_line(fields.get("ApplicationDeadline"))),
        funding_categories=portal.funding_categories(parts(fields.get("Categories"))),
        source_url=web_address(fields.get("GrantURL")),
        funding_instruments=tuple(
            portal.INSTRUMENTS.get(name.casefold(), "other") for name in parts(fields.get("Type"))
        ),
        source_codes=_source_codes(fields),
    )
    return with_prose(opportunity, joined(text.text, purpose, description))


def _priorities(text: str, title: str, purpose: Quote | None, description: Quote | None) -> tuple[Priority, ...]:
    """Return the purpose that the portal has a column for, or else what the description says of it."""
    return (section_priority("1", title, text, purpose),) if purpose else priorities_in(text, description, title)


def _eligibility(fields: Fields, text: RunningText) -> Eligibility:
    classes, notes = parts(fields.get("ApplicantType")), words(fields.get("ApplicantTypeNotes"))
    types, unrecognized = portal.applicant_types(classes, notes)
    note = text.section("Who may apply", "\n\n".join(filter(None, ["; ".join(classes), notes])))
    geography = words(fields.get("Geography"))
    text.section("Geography", geography)
    return Eligibility(
        types,
        unrecognized,
        excluded_types=narrowed_types(types, notes),
        places=portal.places(one_line(geography)),
        note=note,
        conditions=conditions_in(text.text, note),
    )


def _funding(fields: Fields, text: RunningText) -> FundingRange:
    match, amounts = one_line(fields.get("MatchingFunds")), one_line(fields.get("EstAmounts"))
    total, count = one_line(fields.get("EstAvailFunds")), one_line(fields.get("EstAwards"))
    text.section("Matching funds", "\n\n".join(filter(None, [match, words(fields.get("MatchingFundsNotes"))])))
    text.section("Source of the funds", words(fields.get("FundingSourceNotes")))
    text.section("How the funds are paid", words(fields.get("FundingMethodNotes")))
    text.fact("Estimated available funds", total)
    text.fact("Estimated number of awards", count)
    text.fact("Estimated award amounts", amounts)
    floor, ceiling = portal.award_range(amounts)
    return FundingRange(
        award_floor=floor,
        award_ceiling=ceiling,
        estimated_total_program_funding=portal.total_funds(total),
        expected_number_of_awards=portal.award_count(count),
        is_cost_sharing=asks_for_match(match),
    )


def _key_dates(fields: Fields, text: RunningText) -> tuple[KeyDate, ...]:
    found = []
    for name, label, column in (
        (OPEN, "Applications open", "OpenDate"),
        (APPLICATION, "Application deadline", "ApplicationDeadline"),
    ):
        cell = one_line(fields.get(column))
        quote, day = text.fact(label, cell), calendar_day(cell)
        if day:
            found.append(KeyDate(name, day, quote))
    cell = one_line(fields.get("ExpAwardDate"))
    quote, mentions = text.fact("Expected award date", cell), find_dates(cell)
    if len(mentions) == 1 and mentions[0].day.year:
        found.append(KeyDate(AWARD, mentions[0].day, quote))
    text.fact("Award period", one_line(fields.get("AwardPeriod")))
    text.fact("Letter of intent required", one_line(fields.get("LOI")))
    return tuple(found)


def _number(fields: Fields) -> str | None:
    """Return the agency's own number; agencies write names and "N/A" into that cell too."""
    written = one_line(fields.get("GrantID"))
    return written if _NUMBER.fullmatch(written) else None


def _source_codes(fields: Fields) -> tuple[SourceCode, ...]:
    single = ("GrantID", "Status", "LOI", "FundingSource", "FundingMethod", "MatchingFunds")
    listed = ("Type", "Categories", "ApplicantType")
    return source_codes(
        *((name, one_line(fields.get(name))) for name in single),
        *((name, parts(fields.get(name))) for name in listed),
    )
