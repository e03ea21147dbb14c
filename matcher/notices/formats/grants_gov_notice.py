"""A notice of Grants.gov, whichever of its files it came in, as the one Opportunity.

The extract, the search and the record of one opportunity say the same things under different names; their parsers only
translate names and dates, and what the values mean is decided here. Codes are kept as they were beside our vocabulary,
and so is every value that could not be understood. Contact persons are left out.

The prose fields are read as in every other source: who may apply from the codes and the words on eligibility together,
priorities from the description, further dates from the explanation of the closing date. That takes ten times as long as
taking the fields apart, which is why a parser of many notices leaves it until a notice is asked for.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from matcher.domain.evidence import Quote
from matcher.domain.opportunity import APPLICATION, Eligibility, FundingRange, KeyDate, Opportunity, SourceCode
from matcher.domain.vocabulary import OpportunityStatus
from matcher.errors import NoticeRejected
from matcher.notices.coded_eligibility import coded_eligibility
from matcher.notices.formats.cleaning import one_line, web_address, words
from matcher.notices.formats.grants_gov_codes import (
    APPLICANT_TYPES,
    FUNDING_CATEGORIES,
    FUNDING_INSTRUMENTS,
    PLACEHOLDER_YEAR,
    named,
)
from matcher.notices.formats.grants_gov_prose import with_prose_dates
from matcher.notices.formats.plain_values import whole_amount
from matcher.notices.formats.prose_additions import with_prose
from matcher.notices.formats.running_text import RunningText
from matcher.notices.formats.stated_priorities import page_of, priorities_in
from matcher.notices.rolling import is_rolling

_ELIGIBILITY_HEADING = "Additional Information on Eligibility"
_CLOSING_HEADING = "Close Date Explanation"

_IDENTIFIER = re.compile(r"[0-9]{1,20}")
_LISTING = re.compile(r"(?<![\d.])\d{2}\.[A-Za-z0-9]{2,4}(?![\w.])", re.ASCII)
_SAYS_NOTHING = re.compile(r"(?:undefined|no explanation|none|n/a|null)?\.?", re.IGNORECASE)
_FRONT_PAGE = re.compile(r"https?://(?:www\.)?grants\.gov/?", re.IGNORECASE)
_PAGE = "https://www.grants.gov/search-results-detail/{}"
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class GrantsGovNotice:
    """What a file says of one opportunity, named as in the extract; texts may hold markup, "" is not said.

    `key_dates` holds the dates that could be read, in the order of time; `other` the fields that have no place here, by
    name.
    """

    identifier: str
    status: OpportunityStatus
    title: str
    number: str = ""
    agency_name: str = ""
    agency_code: str = ""
    opportunity_category: str = ""
    description: str = ""
    eligibility: str = ""
    closing: str = ""
    instruments: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    applicants: tuple[str, ...] = ()
    award_floor: object = None
    award_ceiling: object = None
    total_funding: object = None
    number_of_awards: object = None
    cost_sharing: object = None
    address: str = ""
    key_dates: tuple[KeyDate, ...] = ()
    other: tuple[tuple[str, str], ...] = ()


def opportunity_of(notice: GrantsGovNotice) -> Opportunity:
    """Return the opportunity that a notice of Grants.gov announces.

    Raises:
        NoticeRejected: It has no identifier, or neither a title nor a number, or a field of unreasonable length.
    """
    identifier = notice.identifier.strip()
    if not _IDENTIFIER.fullmatch(identifier):
        reason = f"`OpportunityID` is `{identifier[:40]}` instead of 1 to 20 digits, so the record cannot be told apart"
        raise NoticeRejected(reason)
    number = one_line(notice.number)
    title = one_line(notice.title) or number
    if not title:
        raise NoticeRejected("the record has neither `OpportunityTitle` nor `OpportunityNumber`, so it cannot be named")
    running = RunningText(title)
    description = running.section("", words(notice.description))
    note = running.section(_ELIGIBILITY_HEADING, _said(notice.eligibility))
    closing = running.section(_CLOSING_HEADING, _said(notice.closing))
    text = running.text
    explanation = page_of(text, closing, title)
    funding, unread = _funding(notice)
    opportunity = Opportunity(
        opportunity_id=f"grants-gov:{identifier}",
        title=title,
        text=text,
        agency_name=one_line(notice.agency_name) or None,
        opportunity_number=number or None,
        description=description.text if description else "",
        status=notice.status,
        priorities=priorities_in(text, description, title),
        eligibility=_eligibility(notice.applicants, text, note),
        funding=funding,
        key_dates=with_prose_dates(tuple(_explained(notice.key_dates, closing)), explanation),
        is_rolling=any(map(_is_placeholder, notice.key_dates)) or is_rolling(explanation),
        assistance_listing_numbers=_listings(notice.listings),
        funding_categories=named(notice.categories, FUNDING_CATEGORIES),
        source_url=_address(notice.address, identifier),
        agency_code=one_line(notice.agency_code) or None,
        funding_instruments=named(notice.instruments, FUNDING_INSTRUMENTS),
        source_codes=tuple(_source_codes(notice, unread)),
    )
    return with_prose(opportunity, description)


def _said(value: str) -> str:
    """Return the words of a field, none where it only says that it says nothing."""
    found = words(value)
    return "" if _SAYS_NOTHING.fullmatch(found) else found


def _eligibility(codes: Iterable[str], text: str, note: Quote | None) -> Eligibility:
    known = named(codes, APPLICANT_TYPES)
    unknown = dict.fromkeys(f"applicant type {code} of Grants.gov" for code in codes if code not in APPLICANT_TYPES)
    return coded_eligibility(text, note.span if note else None, known, tuple(unknown))


def _funding(notice: GrantsGovNotice) -> tuple[FundingRange, list[tuple[str, str]]]:
    """Return the money, and what its fields say that is no amount, such as a ceiling of `none`."""
    fields = {
        "AwardFloor": notice.award_floor,
        "AwardCeiling": notice.award_ceiling,
        "EstimatedTotalProgramFunding": notice.total_funding,
        "ExpectedNumberOfAwards": notice.number_of_awards,
    }
    amounts = {name: _amount(value) for name, value in fields.items()}
    floor, ceiling = amounts["AwardFloor"], amounts["AwardCeiling"]
    if floor is not None and ceiling is not None and floor > ceiling:
        amounts["AwardFloor"] = amounts["AwardCeiling"] = None  # one of them is wrong, and nothing says which
    written = {name: str(value).strip() for name, value in fields.items() if amounts[name] is None and value}
    funding = FundingRange(
        award_floor=amounts["AwardFloor"],
        award_ceiling=amounts["AwardCeiling"],
        estimated_total_program_funding=amounts["EstimatedTotalProgramFunding"],
        expected_number_of_awards=amounts["ExpectedNumberOfAwards"],
        is_cost_sharing=_yes_or_no(notice.cost_sharing),
    )
    return funding, [(name, words[:40]) for name, words in written.items() if words.strip("0")]


def _amount(value: object) -> int | None:
    """Return an amount; plain digits, as nearly all are, without the detour that other spellings need."""
    if isinstance(value, str) and len(value) <= _MOST_DIGITS and value.isascii() and value.isdigit():
        return int(value) or None
    return whole_amount(value)


def _yes_or_no(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    return (
        {"yes": True, "y": True, "no": False, "n": False}.get(value.strip().lower()) if isinstance(value, str) else None
    )


def _explained(key_dates: Iterable[KeyDate], closing: Quote | None) -> Iterator[KeyDate]:
    """Yield the dates without placeholders, the end of the time to apply with the words that explain it."""
    for key_date in key_dates:
        if not _is_placeholder(key_date):
            yield replace(key_date, quote=closing) if closing and key_date.name == APPLICATION else key_date


def _is_placeholder(key_date: KeyDate) -> bool:
    return key_date.name == APPLICATION and key_date.day.year == PLACEHOLDER_YEAR


def _source_codes(notice: GrantsGovNotice, unread: Iterable[tuple[str, str]]) -> Iterator[SourceCode]:
    """Yield the codes as they were written, each once, and the values that could not be understood."""
    if notice.opportunity_category:
        yield SourceCode("OpportunityCategory", notice.opportunity_category)
    for name, codes in (
        ("FundingInstrumentType", notice.instruments),
        ("CategoryOfFundingActivity", notice.categories),
        ("EligibleApplicants", notice.applicants),
    ):
        for code in dict.fromkeys(codes):
            yield SourceCode(name, code)
    for name, value in (*unread, *notice.other):
        yield SourceCode(name, value)


def _listings(written: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers of assistance listings; some elements hold several, some only words."""
    return tuple(dict.fromkeys(number.upper() for one in written for number in _LISTING.findall(one)))


def _address(written: str, identifier: str) -> str:
    """Return where the agency tells more, or else the notice's own page at Grants.gov."""
    address = web_address(written)
    return _PAGE.format(identifier) if address is None or _FRONT_PAGE.fullmatch(address) else address
