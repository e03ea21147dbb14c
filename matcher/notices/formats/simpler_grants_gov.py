"""Opportunities as the API of Simpler.Grants.gov returns them (`data`) and as its bulk extract holds them.

The field names are those of its OpenAPI description: `opportunity_id`, `legacy_opportunity_id` (the number that
Grants.gov and its other exports use), `summary` and so on. Nearly all of them may be null. An amount or a count of 0 is
how Grants.gov writes "not stated", and a closing date in 2099 is its placeholder for "at any time".
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from matcher.domain.opportunity import APPLICATION, FundingRange, KeyDate, Opportunity, SourceCode
from matcher.domain.vocabulary import ApplicantType, OpportunityStatus
from matcher.errors import DocumentRejected, NoticeRejected
from matcher.notices.coded_eligibility import coded_eligibility
from matcher.notices.formats.cleaning import one_line, web_address, words
from matcher.notices.formats.grants_gov_codes import FUNDING_CATEGORIES, FUNDING_INSTRUMENTS, PLACEHOLDER_YEAR
from matcher.notices.formats.mappings import Fields, group, items_of, read_mappings, record_id, required
from matcher.notices.formats.plain_values import calendar_day, source_codes, whole_amount
from matcher.notices.formats.prose_additions import with_prose
from matcher.notices.formats.record import Record
from matcher.notices.formats.running_text import RunningText
from matcher.notices.formats.stated_priorities import priorities_in
from matcher.notices.publication import AWARD, POST
from matcher.text.encoding import decode

_LISTS = ("data", "opportunities")
_LISTING = re.compile(r"\d{2}\.[A-Za-z0-9]{2,3}")
_UUID = re.compile(r"[0-9a-fA-F-]{36}")
_SECTIONS = (
    ("", "summary_description"),
    ("Eligibility", "applicant_eligibility_description"),
    ("Deadline", "close_date_description"),
)
_KEPT_CODES = ("opportunity_id", "category", "top_level_agency_code")
_VOCABULARIES = {
    "funding_categories": frozenset(FUNDING_CATEGORIES.values()),
    "funding_instruments": frozenset(FUNDING_INSTRUMENTS.values()),
}
_STATUSES = frozenset(status.value for status in OpportunityStatus)
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
    yield from read_mappings(enumerate(_items(path), 1), path.name, _key, _opportunity)


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


def _key(values: Fields) -> object:
    """Return the number that every federal source shares, or else the identifier of this source."""
    return _number(values) or values.get("opportunity_id")


def _number(values: Fields) -> int | None:
    number = values.get("legacy_opportunity_id")
    return number if isinstance(number, int) and not isinstance(number, bool) and number > 0 else None


def _opportunity(values: Fields) -> Opportunity:
    """Return one record as an opportunity.

    Raises:
        NoticeRejected: It lacks a title or any identifier.
    """
    title = required(values, "opportunity_title")
    summary = group(values, "summary")
    running = RunningText(title)
    description, note, _ = (running.section(heading, words(summary.get(name))) for heading, name in _SECTIONS)
    closing = calendar_day(summary.get("close_date"))
    opportunity = Opportunity(
        opportunity_id=_identifier(values),
        title=title,
        text=running.text,
        agency_name=_agency(values),
        agency_code=one_line(values.get("agency_code")) or None,
        opportunity_number=one_line(values.get("opportunity_number")) or None,
        description=description.text if description else "",
        status=_status(values),
        priorities=priorities_in(running.text, description, title),
        eligibility=coded_eligibility(
            running.text, note.span if note else None, *_applicant_types(_codes(summary, "applicant_types"))
        ),
        funding=_funding(summary),
        key_dates=tuple(_key_dates(summary)),
        is_rolling=closing is not None and closing.year == PLACEHOLDER_YEAR,
        assistance_listing_numbers=_listings(values),
        funding_categories=_known(summary, "funding_categories"),
        funding_instruments=_known(summary, "funding_instruments"),
        source_url=_address(values, summary),
        source_codes=_source_codes(values, summary),
    )
    return with_prose(opportunity, description)


def _identifier(values: Fields) -> str:
    number = _number(values)
    if number is not None:
        return f"grants-gov:{number}"
    key = one_line(values.get("opportunity_id"))
    if not key:
        raise NoticeRejected("has neither legacy_opportunity_id nor opportunity_id; without one it cannot be kept")
    return record_id("simpler", key)


def _codes(fields: Fields, name: str) -> tuple[str, ...]:
    """Return the codes of a list, each once."""
    return tuple(dict.fromkeys(filter(None, map(one_line, items_of(fields, name)))))


def _known(summary: Fields, name: str) -> tuple[str, ...]:
    return tuple(code for code in _codes(summary, name) if code in _VOCABULARIES[name])


def _unknown(values: Fields, summary: Fields) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the codes that are none of our vocabulary, by the name of their field."""
    for name, known in _VOCABULARIES.items():
        yield name, tuple(code for code in _codes(summary, name) if code not in known)
    status = one_line(values.get("opportunity_status"))
    yield "opportunity_status", () if status in _STATUSES else (status,)


def _applicant_types(codes: tuple[str, ...]) -> tuple[tuple[ApplicantType, ...], tuple[str, ...]]:
    known = {one.value for one in ApplicantType}
    return tuple(ApplicantType(code) for code in codes if code in known), tuple(
        code for code in codes if code not in known
    )


def _agency(values: Fields) -> str | None:
    names = (one_line(values.get(name)) for name in ("top_level_agency_name", "agency_name"))
    return ", ".join(dict.fromkeys(filter(None, names))) or None


def _status(values: Fields) -> OpportunityStatus:
    code = one_line(values.get("opportunity_status"))
    return OpportunityStatus(code) if code in _STATUSES else OpportunityStatus.UNKNOWN


def _funding(summary: Fields) -> FundingRange:
    floor, ceiling = whole_amount(summary.get("award_floor")), whole_amount(summary.get("award_ceiling"))
    if _is_contradiction(floor, ceiling):
        floor = ceiling = None  # the codes keep what was written
    is_cost_sharing = summary.get("is_cost_sharing")
    return FundingRange(
        award_floor=floor,
        award_ceiling=ceiling,
        estimated_total_program_funding=whole_amount(summary.get("estimated_total_program_funding")),
        expected_number_of_awards=whole_amount(summary.get("expected_number_of_awards")),
        is_cost_sharing=is_cost_sharing if isinstance(is_cost_sharing, bool) else None,
    )


def _is_contradiction(floor: int | None, ceiling: int | None) -> bool:
    return floor is not None and ceiling is not None and floor > ceiling


def _key_dates(summary: Fields) -> Iterator[KeyDate]:
    """Yield the milestones; what a forecast expects counts where the notice itself says nothing."""
    found: set[str] = set()
    for name, field in _DATES:
        day = calendar_day(summary.get(field))
        if day is not None and name not in found and day.year != PLACEHOLDER_YEAR:
            found.add(name)
            yield KeyDate(name, day)


def _listings(values: Fields) -> tuple[str, ...]:
    entries = items_of(values, "opportunity_assistance_listings")
    numbers = (one_line(entry.get("assistance_listing_number")) for entry in entries if isinstance(entry, Mapping))
    return tuple(dict.fromkeys(number for number in numbers if _LISTING.fullmatch(number)))


def _address(values: Fields, summary: Fields) -> str | None:
    """Return the funder's page, or else the one of Simpler.Grants.gov."""
    uuid = one_line(values.get("opportunity_id"))
    page = f"https://simpler.grants.gov/opportunity/{uuid}" if _UUID.fullmatch(uuid) else None
    return web_address(summary.get("additional_info_url")) or page


def _source_codes(values: Fields, summary: Fields) -> tuple[SourceCode, ...]:
    kept = ((name, one_line(values.get(name))) for name in _KEPT_CODES)
    amounts = {name: whole_amount(summary.get(name)) for name in ("award_floor", "award_ceiling")}
    is_kept = _is_contradiction(*amounts.values())
    written = ((name, str(amount)) for name, amount in amounts.items() if is_kept)
    types = ("applicant_types", _codes(summary, "applicant_types"))
    return source_codes(*kept, types, *_unknown(values, summary), *written)
