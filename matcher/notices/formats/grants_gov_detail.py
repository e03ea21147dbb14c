"""The record of one opportunity as `POST /v1/api/fetchOpportunity` of Grants.gov gives it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import APPLICATION, KeyDate, Opportunity
from matcher.domain.vocabulary import Basis, OpportunityStatus
from matcher.errors import DocumentRejected
from matcher.notices.formats.cleaning import one_line
from matcher.notices.formats.grants_gov_notice import GrantsGovNotice, opportunity_of
from matcher.notices.formats.json_records import read_json
from matcher.notices.formats.mappings import Fields, group, items_of, read_mappings
from matcher.notices.formats.opening import content_head
from matcher.notices.formats.plain_values import calendar_day
from matcher.notices.formats.record import Record
from matcher.notices.milestones import OPEN
from matcher.notices.publication import AWARD, POST

_MARKS = (b'"opportunityNumber"', b'"opportunityTitle"', b'"owningAgencyCode"')
_STATUSES = {status.value: status for status in OpportunityStatus}

_DATES = (
    ("postingDate", POST, Basis.STATED),
    ("estSynopsisPostingDate", OPEN, Basis.INFERRED),
    ("responseDate", APPLICATION, Basis.STATED),
    ("estApplicationResponseDate", APPLICATION, Basis.INFERRED),
    ("estAwardDate", AWARD, Basis.INFERRED),
    ("estProjectStartDate", "project start", Basis.INFERRED),
    ("archiveDate", "archive", Basis.STATED),
)
"""The fields with dates and the milestones they give; an agency's estimate is marked as inferred."""


def recognizes(head: bytes, name: str) -> bool:
    """Return whether a file is the record of one opportunity, by the names of its first fields.

    Args:
        head: The first 64 KiB of the file.
        name: Its name.
    """
    content = content_head(head)
    return all(mark in content for mark in _MARKS)


def read(path: Path) -> Iterator[Record]:
    """Yield the one opportunity of a file.

    Raises:
        DocumentRejected: The file cannot be read, or is the answer to a request that failed.
    """
    answer = read_json(path)
    if not isinstance(answer, Mapping) or not isinstance(data := answer.get("data"), Mapping):
        told = one_line(answer.get("msg")) if isinstance(answer, Mapping) else ""
        reason = f"the service gave no opportunity but an error ({told or 'no message'}); repeat the request"
        raise DocumentRejected(reason, source=path.name)
    yield from read_mappings([(1, data)], path.name, lambda fields: fields.get("id"), _opportunity)


def _opportunity(data: Fields) -> Opportunity:
    part = group(data, "synopsis") or group(data, "forecast")
    key_dates, unread = _key_dates(part)
    return opportunity_of(
        GrantsGovNotice(
            identifier=one_line(data.get("id")),
            status=_status(data),
            title=one_line(data.get("opportunityTitle")),
            number=one_line(data.get("opportunityNumber")),
            agency_name=_agency_name(data, part),
            agency_code=one_line(data.get("owningAgencyCode") or part.get("agencyCode")),
            opportunity_category=one_line(group(data, "opportunityCategory").get("category")),
            description=_text(part.get("synopsisDesc") or part.get("forecastDesc")),
            eligibility=_text(part.get("applicantEligibilityDesc")),
            closing=_text(part.get("responseDateDesc") or part.get("estApplicationResponseDateDesc")),
            instruments=_values(part, "fundingInstruments", "id"),
            categories=_values(part, "fundingActivityCategories", "id"),
            listings=(*_values(data, "cfdas", "cfdaNumber"), *_values(data, "alns", "alnNumber")),
            applicants=_values(part, "applicantTypes", "id"),
            award_floor=part.get("awardFloor"),
            award_ceiling=part.get("awardCeiling"),
            total_funding=part.get("estimatedFunding"),
            number_of_awards=part.get("numberOfAwards"),
            cost_sharing=part.get("costSharing"),
            address=_text(part.get("fundingDescLinkUrl")),
            key_dates=key_dates,
            other=(*unread, *_unknown_status(data)),
        )
    )


def _status(data: Fields) -> OpportunityStatus:
    stated = _STATUSES.get(one_line(data.get("ost")).lower())
    if stated is not None:
        return stated
    if group(data, "synopsis"):
        return OpportunityStatus.POSTED
    return OpportunityStatus.FORECASTED if group(data, "forecast") else OpportunityStatus.UNKNOWN


def _unknown_status(data: Fields) -> tuple[tuple[str, str], ...]:
    written = one_line(data.get("ost"))
    return (("ost", written),) if written and written.lower() not in _STATUSES else ()


def _agency_name(data: Fields, part: Fields) -> str:
    """Return the agency's name; `agencyName` of the synopsis itself is often a contact person."""
    for holder in (data, part):
        if name := one_line(group(holder, "agencyDetails").get("agencyName")):
            return name
    return one_line(group(data, "topAgencyDetails").get("agencyName"))


def _values(fields: Fields, name: str, key: str) -> tuple[str, ...]:
    found = (one_line(item.get(key)) for item in items_of(fields, name) if isinstance(item, Mapping))
    return tuple(filter(None, found))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _key_dates(part: Fields) -> tuple[tuple[KeyDate, ...], tuple[tuple[str, str], ...]]:
    """Return the milestones, and the dates that no calendar has."""
    found: list[KeyDate] = []
    unread: list[tuple[str, str]] = []
    for name, milestone, basis in _DATES:
        written = one_line(part.get(name))
        day = calendar_day(part.get(f"{name}Str")) or _stamped_day(written)
        if day:
            found.append(KeyDate(milestone, day, basis=basis))
        elif written:
            unread.append((name, written[:40]))
    return tuple(found), tuple(unread)


def _stamped_day(written: str) -> PartialDate | None:
    """Return the day of a stamp such as "Oct 11, 2023 12:00:00 AM EDT", in the zone it names."""
    try:
        return PartialDate.of(datetime.strptime(written[:12], "%b %d, %Y").date())
    except ValueError:
        return None
