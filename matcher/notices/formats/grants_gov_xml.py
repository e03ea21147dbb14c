"""The XML extract of Grants.gov: its whole history in one file, about 82,000 synopses and forecasts, bare or in a zip.

Fields are those of `OpportunityDetail-V1.0.xsd`. They are told by their local names, since the prefix has changed over
the years; a field that the schema does not know is kept aside as a source code.
"""

import hashlib
import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import APPLICATION, ARCHIVE, KeyDate
from matcher.domain.vocabulary import Basis, OpportunityStatus
from matcher.errors import NoticeRejected
from matcher.notices.formats.cleaning import one_line
from matcher.notices.formats.grants_gov_codes import PLACEHOLDER_YEAR
from matcher.notices.formats.grants_gov_notice import GrantsGovNotice, opportunity_of
from matcher.notices.formats.opening import content_head, open_content
from matcher.notices.formats.plain_values import calendar_day
from matcher.notices.formats.record import End, Outcome, Record
from matcher.notices.formats.xml_records import root_of, xml_pieces
from matcher.notices.milestones import OPEN
from matcher.notices.publication import AWARD, POST

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROOT = "Grants"
_RECORD = re.compile(r"Opportunity(?P<kind>Synopsis|Forecast)Detail_\d+_\d+")
_RECORD_END = re.compile(rb"</(?:[\w.-]+:)?Opportunity(?:Synopsis|Forecast)Detail_\d+_\d+\s*>")

_ARCHIVE_DATE = "ArchiveDate"
_DATES = (
    ("PostDate", POST, Basis.STATED),
    ("EstimatedSynopsisPostDate", OPEN, Basis.INFERRED),
    ("CloseDate", APPLICATION, Basis.STATED),
    ("EstimatedSynopsisCloseDate", APPLICATION, Basis.INFERRED),
    ("EstimatedAwardDate", AWARD, Basis.INFERRED),
    ("EstimatedProjectStartDate", "project start", Basis.INFERRED),
    (_ARCHIVE_DATE, ARCHIVE, Basis.STATED),
)
"""The fields with dates and the milestones they give; an agency's estimate is marked as inferred."""
_CLOSE_DATES = tuple(name for name, milestone, _ in _DATES if milestone == APPLICATION)

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
_CONTACT_PARTS = ("Name", "PhoneNumber", "Email", "EmailDescription", "Text")
_STAMPS = tuple(f"{{*}}{name}" for name in (*sorted(_LEFT_OUT), *(f"{_CONTACT}{part}" for part in _CONTACT_PARTS)))
"""What a digest leaves out; a field of a contact that is not named here costs no more than a second reading."""
_EXPLANATIONS = ("CloseDateExplanation", "EstimatedSynopsisCloseDateExplanation")
_TELLING = tuple(f"{{*}}{name}" for name in ("OpportunityID", *_CLOSE_DATES, _ARCHIVE_DATE, *_EXPLANATIONS))
_ROLLING_WORDS = re.compile(
    r"rolling|ongoing|continuous|any[\W_]*time|year[\W_]*round|no[\W_]+(?:application[\W_]+)?deadline|open[\W_]+until",
    re.IGNORECASE,
)
_PLACED = _READ | {name for name, _, _ in _DATES}
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
    """Yield every record of an extract, each to be read when it is asked for; memory does not grow with the file.

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
                entry = _Entry(piece.found, kind["kind"] == "Forecast", path.name, piece.line)
                yield entry.record(next(places), posted)
                if not entry.is_forecast:
                    posted.add(entry.identifier)


@dataclass(frozen=True)
class _Entry:
    """One synopsis or forecast, taken apart into its fields when it is read: most are over and never read."""

    element: "_Element"
    is_forecast: bool
    source: str
    line: int

    @cached_property
    def identifier(self) -> str:
        """The number that Grants.gov gave it; empty where there is none."""
        return _first(self.telling, "OpportunityID").strip()

    @cached_property
    def telling(self) -> _Fields:
        """The few fields that tell which opportunity it is, and when it is over."""
        return _taken_apart(self.element.iterchildren(*_TELLING))

    def record(self, number: int, posted: Container[str]) -> Record:
        """Return the record; it is read when it is asked for."""
        key = self.identifier[:_LONGEST_CODE] or None
        if key and self.is_forecast and self.identifier in posted:
            reason = "this forecast has been posted since: the synopsis in the same file takes its place"
            return Record(number, key, self._rejected(reason))
        return Record(number, key, self._outcome, self._digest, _end(self.telling), self._imprint())

    def _imprint(self) -> str:
        """Return a digest of all words in their order; that of a whole record takes five times as long."""
        words = f"{self.is_forecast} {_all_words()(self.element)}"
        return hashlib.sha256(words.encode()).hexdigest()

    def _digest(self) -> str:
        """Return a digest of all that is read, as it is written: to take the fields apart first takes twice as long."""
        from lxml import etree

        etree.strip_elements(self.element, *_STAMPS)
        return hashlib.sha256(etree.tostring(self.element, encoding="utf-8", with_tail=False)).hexdigest()

    def _outcome(self) -> Outcome:
        try:
            return opportunity_of(_notice(_taken_apart(self.element), is_forecast=self.is_forecast))
        except NoticeRejected as error:
            return self._rejected(error.reason)

    def _rejected(self, reason: str) -> NoticeRejected:
        named = f"opportunity {self.identifier[:_LONGEST_CODE]}"
        return NoticeRejected(f"{named}: {reason}", source=self.source, line=self.line)


@cache
def _all_words() -> "Callable[[_Element], str]":
    from lxml import etree

    return cast("Callable[[_Element], str]", etree.XPath("string()", smart_strings=False))


def _end(fields: _Fields) -> End | None:
    """Return when a record is over; None where no field dates it, or where the explanation may say otherwise."""
    closing = [day for name in _CLOSE_DATES if (day := _date(fields, name))]
    if closing:
        is_unsure = any(day.year == PLACEHOLDER_YEAR for day in closing) or _may_be_rolling(_closing(fields))
        return None if is_unsure else End(max(closing), OpportunityStatus.CLOSED)
    archived = _date(fields, _ARCHIVE_DATE)
    return End(archived, OpportunityStatus.ARCHIVED) if archived and not _closing(fields).strip() else None


def _date(fields: _Fields, name: str) -> date | None:
    day = _day(_first(fields, name).strip())
    return None if day is None else day.as_date()


def _may_be_rolling(explanation: str) -> bool:
    """Whether an explanation that has not been cleaned could turn out to say that applications are taken at any time.

    This is quick and errs on the side of yes; whatever `is_rolling` takes for rolling must pass here.
    """
    is_clean = explanation.isascii() and "&" not in explanation and "<" not in explanation
    return not is_clean or _ROLLING_WORDS.search(explanation) is not None


def _closing(fields: _Fields) -> str:
    return next((found for name in _EXPLANATIONS if (found := _first(fields, name))), "")


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
        closing=_closing(fields),
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
    unknown = (name for name in fields if name not in _PLACED)
    for name in islice(unknown, _MOST_UNKNOWN):
        yield name[:_LONGEST_CODE], one_line(_first(fields, name))[:_LONGEST_CODE]


def _taken_apart(children: "Iterable[_Element]") -> _Fields:
    """Return what fields say of their opportunity: stamps and contact persons are left out."""
    fields: _Fields = {}
    for child in children:
        if name := _field_name(child.tag):
            content = _with_markup(child) if len(child) else child.text or ""
            fields.setdefault(name, []).append(content)
    return fields


@lru_cache(maxsize=1_000)
def _field_name(tag: str) -> str | None:
    """Return the local name of a field, None for one that is left out."""
    name = tag.rpartition("}")[2]
    return None if name in _LEFT_OUT or name.startswith(_CONTACT) else name


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
