"""The XML extract of Grants.gov: its whole history in one file, about 82,000 synopses and forecasts, bare or in a zip.

Fields are those of `OpportunityDetail-V1.0.xsd`. They are told by their local names, since the prefix has changed over
the years; a field that the schema does not know is kept aside as a source code.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import APPLICATION, KeyDate, Opportunity
from matcher.domain.vocabulary import Basis, OpportunityStatus
from matcher.errors import NoticeRejected
from matcher.notices.formats.cleaning import one_line
from matcher.notices.formats.grants_gov_notice import GrantsGovNotice, opportunity_of
from matcher.notices.formats.opening import content_head, open_content
from matcher.notices.formats.plain_values import calendar_day
from matcher.notices.formats.record import Record
from matcher.notices.formats.xml_records import root_of, xml_pieces
from matcher.notices.milestones import OPEN
from matcher.notices.publication import AWARD, POST

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROOT = "Grants"
_RECORD = re.compile(r"Opportunity(?P<kind>Synopsis|Forecast)Detail_\d+_\d+")
_RECORD_END = re.compile(rb"</(?:[\w.-]+:)?Opportunity(?:Synopsis|Forecast)Detail_\d+_\d+\s*>")

_DATES = (
    ("PostDate", POST, Basis.STATED),
    ("EstimatedSynopsisPostDate", OPEN, Basis.INFERRED),
    ("CloseDate", APPLICATION, Basis.STATED),
    ("EstimatedSynopsisCloseDate", APPLICATION, Basis.INFERRED),
    ("EstimatedAwardDate", AWARD, Basis.INFERRED),
    ("EstimatedProjectStartDate", "project start", Basis.INFERRED),
    ("ArchiveDate", "archive", Basis.STATED),
)
"""The fields with dates and the milestones they give; an agency's estimate is marked as inferred."""

_READ = frozenset({
    "OpportunityID", "OpportunityTitle", "OpportunityNumber", "OpportunityCategory", "FundingInstrumentType",
    "CategoryOfFundingActivity", "CFDANumbers", "EligibleApplicants", "AdditionalInformationOnEligibility",
    "AgencyCode", "AgencyName", "CloseDateExplanation", "EstimatedSynopsisCloseDateExplanation", "AwardCeiling",
    "AwardFloor", "EstimatedTotalProgramFunding", "ExpectedNumberOfAwards", "Description",
    "CostSharingOrMatchingRequirement", "AdditionalInformationURL",
})  # fmt: skip
_LEFT_OUT = frozenset({"LastUpdatedDate", "Version", "AdditionalInformationText"})
"""What says nothing of the opportunity itself: stamps that move without it, and the caption of the address."""
_CONTACT = "GrantorContact"
_PLACED = _READ | _LEFT_OUT | {name for name, _, _ in _DATES}
_LONGEST_CODE = 200
_MOST_UNKNOWN = 20

_Fields = dict[str, list[str]]


def recognizes(head: bytes, name: str) -> bool:
    """Return whether a file is an extract of Grants.gov: its root is `Grants`, bare or in a zip or gzip file.

    Args:
        head: The first 64 KiB of the file.
        name: Its name.
    """
    root = root_of(content_head(head))
    return root is not None and root.name == _ROOT


def read(path: Path) -> Iterator[Record]:
    """Yield every record of an extract; memory does not grow with the file.

    A forecast whose synopsis stands in the same file is rejected: the synopsis has taken its place.

    Raises:
        DocumentRejected: The file cannot be opened or is no extract.
    """
    posted: set[str] = set()
    places = count(1)
    with open_content(path, ".xml") as stream:
        for piece in xml_pieces(stream, _RECORD_END, path.name):
            if isinstance(piece.found, NoticeRejected):
                yield Record(next(places), None, piece.found)
            elif kind := _RECORD.fullmatch(_local_name(piece.found)):
                fields = _fields(piece.found)
                identifier = _first(fields, "OpportunityID").strip()
                is_forecast = kind["kind"] == "Forecast"
                outcome = _outcome(fields, is_forecast, identifier in posted, path.name, piece.line)
                yield Record(next(places), identifier[:_LONGEST_CODE] or None, outcome)
                if identifier and not is_forecast:
                    posted.add(identifier)


def _outcome(
    fields: _Fields, is_forecast: bool, is_superseded: bool, source: str, line: int
) -> Opportunity | NoticeRejected:
    try:
        if is_forecast and is_superseded:
            raise NoticeRejected("this forecast has been posted since: the synopsis in the same file takes its place")
        return opportunity_of(_notice(fields, is_forecast=is_forecast))
    except NoticeRejected as error:
        identifier = _first(fields, "OpportunityID")[:_LONGEST_CODE]
        return NoticeRejected(f"opportunity {identifier}: {error.reason}", source=source, line=line)


def _notice(fields: _Fields, *, is_forecast: bool) -> GrantsGovNotice:
    key_dates, unread = _key_dates(fields)
    return GrantsGovNotice(
        identifier=_first(fields, "OpportunityID"),
        status=OpportunityStatus.FORECASTED if is_forecast else OpportunityStatus.POSTED,
        title=_first(fields, "OpportunityTitle"),
        number=_first(fields, "OpportunityNumber"),
        agency_name=_first(fields, "AgencyName"),
        agency_code=_first(fields, "AgencyCode"),
        opportunity_category=_first(fields, "OpportunityCategory").strip(),
        description=_first(fields, "Description"),
        eligibility=_first(fields, "AdditionalInformationOnEligibility"),
        closing=_first(fields, "CloseDateExplanation") or _first(fields, "EstimatedSynopsisCloseDateExplanation"),
        instruments=_codes(fields, "FundingInstrumentType"),
        categories=_codes(fields, "CategoryOfFundingActivity"),
        listings=_codes(fields, "CFDANumbers"),
        applicants=_codes(fields, "EligibleApplicants"),
        award_floor=_first(fields, "AwardFloor"),
        award_ceiling=_first(fields, "AwardCeiling"),
        total_funding=_first(fields, "EstimatedTotalProgramFunding"),
        number_of_awards=_first(fields, "ExpectedNumberOfAwards"),
        cost_sharing=_first(fields, "CostSharingOrMatchingRequirement"),
        address=_first(fields, "AdditionalInformationURL"),
        key_dates=key_dates,
        other=(*unread, *_aside(fields)),
    )


def _key_dates(fields: _Fields) -> tuple[tuple[KeyDate, ...], list[tuple[str, str]]]:
    """Return the milestones, and the dates that no calendar has."""
    found: list[KeyDate] = []
    unread: list[tuple[str, str]] = []
    for name, milestone, basis in _DATES:
        written = _first(fields, name).strip()
        if day := _day(written):
            found.append(KeyDate(milestone, day, basis=basis))
        elif written:
            unread.append((name, written[:_LONGEST_CODE]))
    return tuple(found), unread


@lru_cache(maxsize=10_000)
def _day(written: str) -> PartialDate | None:
    """Return the day of a date MMDDYYYY."""
    return calendar_day(f"{written[4:]}-{written[:2]}-{written[2:4]}") if len(written) == 8 else None


def _aside(fields: _Fields) -> Iterator[tuple[str, str]]:
    """Yield what has no place in an opportunity, such as a field that is newer than this parser."""
    unknown = (name for name in fields if name not in _PLACED and not name.startswith(_CONTACT))
    for name in islice(unknown, _MOST_UNKNOWN):
        yield name[:_LONGEST_CODE], one_line(_first(fields, name))[:_LONGEST_CODE]


def _fields(element: "_Element") -> _Fields:
    fields: _Fields = {}
    for child in element:
        content = _with_markup(child) if len(child) else child.text or ""
        fields.setdefault(child.tag.rpartition("}")[2], []).append(content)
    return fields


def _local_name(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _with_markup(element: "_Element") -> str:
    """Return what a field holds whose markup was not escaped."""
    from lxml import etree

    return (element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in element)


def _first(fields: _Fields, name: str) -> str:
    return fields[name][0] if name in fields else ""


def _codes(fields: _Fields, name: str) -> tuple[str, ...]:
    return tuple(code for written in fields.get(name, ()) if (code := written.strip()[:_LONGEST_CODE]))
