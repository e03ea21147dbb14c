"""Opportunities as the API of Simpler.Grants.gov returns them (`data`) and as its bulk extract holds them.

The field names are those of its OpenAPI description: `opportunity_id`, `legacy_opportunity_id` (the number that
Grants.gov and its other exports use), `summary` and so on. Nearly all of them may be null. An amount or a count of 0 is
how Grants.gov writes "not stated", and a closing date from 2099 on is its placeholder for "at any time".
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.domain.dates import PartialDate
from matcher.domain.evidence import Span
from matcher.domain.opportunity import APPLICATION, FundingRange, KeyDate, Opportunity, Priority, SourceCode
from matcher.domain.vocabulary import ApplicantType, OpportunityStatus
from matcher.errors import DocumentRejected, NoticeRejected
from matcher.notices.coded_eligibility import coded_eligibility
from matcher.notices.formats.json_fields import (
    Values,
    day_of,
    group_of,
    reading_text_of,
    text_of,
    texts_of,
    truth_of,
    whole_of,
)
from matcher.notices.formats.record import Record
from matcher.notices.page import read_page
from matcher.notices.priorities import stated_priorities
from matcher.notices.publication import AWARD, POST
from matcher.notices.purpose import purpose_priority
from matcher.text.documents import Document, DocumentKind
from matcher.text.encoding import decode
from matcher.text.layout import collapsed

_LISTS = ("data", "opportunities")
_PLACEHOLDER_YEAR = 2099
_LISTING = re.compile(r"\d{2}\.[A-Za-z0-9]{2,3}")
_ADDRESS = re.compile(r"https?://[^\s/]+\S*")
_SECTIONS = (
    ("", "summary_description"),
    ("Eligibility", "applicant_eligibility_description"),
    ("Deadline", "close_date_description"),
)
_KEPT_CODES = ("opportunity_id", "category", "top_level_agency_code")
_DATES = (
    (POST, "post_date"),
    (POST, "forecasted_post_date"),
    (APPLICATION, "close_date"),
    (APPLICATION, "forecasted_close_date"),
    (AWARD, "forecasted_award_date"),
    ("archive", "archive_date"),
)


def recognizes(head: bytes, name: str) -> bool:
    """Whether a file that begins with `head` holds such opportunities; its name decides nothing."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return start in (b"{", b"[") and b'"opportunity_title"' in head and b'"legacy_opportunity_id"' in head


def read(path: Path) -> Iterator[Record]:
    """Yield the opportunities of the file at `path`.

    Raises:
        DocumentRejected: The file cannot be opened, is no JSON, or holds no list of opportunities.
    """
    for number, values in enumerate(_items(path), start=1):
        key = _key(values)
        try:
            yield Record(number, key, _opportunity(values))
        except NoticeRejected as rejection:
            reason = f"record {number}{f' ({key})' if key else ''}: {rejection.reason}"
            yield Record(number, key, NoticeRejected(reason, source=path.name))


def _items(path: Path) -> list[Any]:
    try:
        content = json.loads(decode(path.read_bytes(), path.name))
    except OSError as error:
        reason = f"the file cannot be opened ({error.strerror}); check its name and rights"
        raise DocumentRejected(reason, source=str(path)) from error
    except (ValueError, RecursionError) as error:
        reason = f"the file is no whole JSON ({error}); fetch it again"
        raise DocumentRejected(reason, source=path.name) from error
    found = content
    if isinstance(content, dict):
        found = next((content[name] for name in _LISTS if name in content), content)
    if isinstance(found, dict) and "opportunity_title" in found:
        found = [found]
    if not isinstance(found, list):
        reason = f"the file holds no list of opportunities under {' or '.join(_LISTS)}; send an answer of its API"
        raise DocumentRejected(reason, source=path.name)
    return found


def _key(values: object) -> str | None:
    if not isinstance(values, dict):
        return None
    number = whole_of(values, "legacy_opportunity_id")
    return str(number) if number is not None else text_of(values, "opportunity_id")


def _opportunity(values: object) -> Opportunity:
    """Return one record as an opportunity.

    Raises:
        NoticeRejected: It is no group of fields, or lacks a title or any identifier.
    """
    if not isinstance(values, dict):
        raise NoticeRejected("is no group of fields; every opportunity is written between { and }")
    title = text_of(values, "opportunity_title")
    if title is None:
        raise NoticeRejected("has no opportunity_title; an opportunity without one cannot be shown")
    summary = group_of(values, "summary")
    layout = _laid_out(collapsed(title), summary)
    closing = day_of(summary, "close_date")
    return Opportunity(
        opportunity_id=_identifier(values),
        title=collapsed(title),
        text=layout.text,
        agency_name=_agency(values),
        agency_code=text_of(values, "agency_code"),
        opportunity_number=text_of(values, "opportunity_number"),
        description=layout.description.of(layout.text) if layout.description else "",
        status=_status(values),
        priorities=_priorities(layout),
        eligibility=coded_eligibility(
            layout.text, layout.eligibility, *_applicant_types(texts_of(summary, "applicant_types"))
        ),
        funding=_funding(summary),
        key_dates=tuple(_key_dates(summary)),
        is_rolling=closing is not None and closing.year >= _PLACEHOLDER_YEAR,
        assistance_listing_numbers=_listings(values),
        funding_categories=texts_of(summary, "funding_categories"),
        funding_instruments=texts_of(summary, "funding_instruments"),
        source_url=_address(values, summary),
        source_codes=tuple(_source_codes(values, summary)),
    )


def _identifier(values: Values) -> str:
    """Return the number that every federal source shares, or else the one of this source."""
    number = whole_of(values, "legacy_opportunity_id")
    if number is not None:
        return f"grants-gov:{number}"
    uuid = text_of(values, "opportunity_id")
    if uuid is None:
        raise NoticeRejected("has neither legacy_opportunity_id nor opportunity_id; without one it cannot be kept")
    return f"simpler:{collapsed(uuid)}"


@dataclass(frozen=True, slots=True)
class _Layout:
    """A record as running text, with the places of its description and of its words on eligibility."""

    text: str
    description: Span | None
    eligibility: Span | None


def _laid_out(title: str, summary: Values) -> _Layout:
    """Write title, description, eligibility and the words on the deadline below one another."""
    text = title
    places: dict[str, Span] = {}
    for heading, name in _SECTIONS:
        if words := reading_text_of(summary, name):
            text += f"\n\n{heading}\n\n" if heading else "\n\n"
            places[name] = Span(len(text), len(text) + len(words))
            text += words
    return _Layout(text, places.get("summary_description"), places.get("applicant_eligibility_description"))


def _priorities(layout: _Layout) -> tuple[Priority, ...]:
    """Return the priorities that the description states, or else its purpose; none where there is no description."""
    if layout.description is None:
        return ()
    page = read_page(Document("record", DocumentKind.TEXT, layout.text[: layout.description.end]))
    purpose = purpose_priority(page)
    return stated_priorities(page) or (() if purpose is None else (purpose,))


def _applicant_types(codes: tuple[str, ...]) -> tuple[tuple[ApplicantType, ...], tuple[str, ...]]:
    known = {one.value for one in ApplicantType}
    return tuple(ApplicantType(code) for code in codes if code in known), tuple(
        code for code in codes if code not in known
    )


def _agency(values: Values) -> str | None:
    top, agency = text_of(values, "top_level_agency_name"), text_of(values, "agency_name")
    return ", ".join(dict.fromkeys(filter(None, (top, agency)))) or None


def _status(values: Values) -> OpportunityStatus:
    code = text_of(values, "opportunity_status")
    return OpportunityStatus(code) if code in {one.value for one in OpportunityStatus} else OpportunityStatus.UNKNOWN


def _funding(summary: Values) -> FundingRange:
    floor, ceiling = whole_of(summary, "award_floor"), whole_of(summary, "award_ceiling")
    if floor is not None and ceiling is not None and floor > ceiling:
        floor = ceiling = None  # the two contradict each other; the codes keep what was written
    return FundingRange(
        award_floor=floor,
        award_ceiling=ceiling,
        estimated_total_program_funding=whole_of(summary, "estimated_total_program_funding"),
        expected_number_of_awards=whole_of(summary, "expected_number_of_awards"),
        is_cost_sharing=truth_of(summary, "is_cost_sharing"),
    )


def _key_dates(summary: Values) -> Iterator[KeyDate]:
    """Yield the milestones; what a forecast expects counts where the notice itself says nothing."""
    named: set[str] = set()
    for name, field in _DATES:
        day = day_of(summary, field)
        if day is not None and name not in named and day.year < _PLACEHOLDER_YEAR:
            named.add(name)
            yield KeyDate(name, PartialDate.of(day))


def _listings(values: Values) -> tuple[str, ...]:
    entries = values.get("opportunity_assistance_listings")
    entries = entries if isinstance(entries, list) else []
    numbers = (text_of(entry, "assistance_listing_number") for entry in entries if isinstance(entry, dict))
    return tuple(dict.fromkeys(number for number in numbers if number and _LISTING.fullmatch(number)))


def _address(values: Values, summary: Values) -> str | None:
    """Return the funder's page, or else the one of Simpler.Grants.gov."""
    written = text_of(summary, "additional_info_url") or ""
    if _ADDRESS.fullmatch(written):
        return written
    uuid = text_of(values, "opportunity_id") or ""
    return f"https://simpler.grants.gov/opportunity/{uuid}" if re.fullmatch(r"[0-9a-fA-F-]{36}", uuid) else None


def _source_codes(values: Values, summary: Values) -> Iterator[SourceCode]:
    for name in _KEPT_CODES:
        if (code := text_of(values, name)) is not None:
            yield SourceCode(name, code)
    for code in texts_of(summary, "applicant_types"):
        yield SourceCode("applicant_types", code)
    floor, ceiling = whole_of(summary, "award_floor"), whole_of(summary, "award_ceiling")
    if floor is not None and ceiling is not None and floor > ceiling:
        yield SourceCode("award_floor", str(floor))
        yield SourceCode("award_ceiling", str(ceiling))
