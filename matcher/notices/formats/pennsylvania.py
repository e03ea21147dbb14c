"""The grants that the Commonwealth of Pennsylvania lists: one JSON file with a list `grants`."""

from collections.abc import Iterator
from pathlib import Path

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import APPLICATION, Eligibility, FundingRange, KeyDate, Opportunity, SourceCode
from matcher.domain.vocabulary import OpportunityStatus
from matcher.notices.coded_eligibility import conditions_in
from matcher.notices.formats import pennsylvania_values as portal
from matcher.notices.formats.cleaning import one_line, web_address, words
from matcher.notices.formats.json_records import json_items
from matcher.notices.formats.mappings import Fields, field, parts, read_mappings, record_id, required
from matcher.notices.formats.opening import content_head
from matcher.notices.formats.plain_values import asks_for_match, calendar_day, says_rolling, source_codes
from matcher.notices.formats.prose_additions import joined, with_prose
from matcher.notices.formats.record import Record
from matcher.notices.formats.running_text import RunningText
from matcher.notices.formats.stated_priorities import priorities_in
from matcher.notices.milestones import OPEN
from matcher.notices.publication import AWARD

_KEY = "slug"
_LIST = "grants"
_MARKS = (b'"grants"', b'"slug"', b'"shortIssuingAgency"')
_DATES = (
    (OPEN, "Applications open", "openDate"),
    (APPLICATION, "Applications close", "closeDate"),
    (AWARD, "Decision", "decisionDate"),
    ("anticipated funding", "Anticipated funding", "anticipatedFundingDate"),
)


def recognizes(head: bytes, name: str) -> bool:
    """Whether a file is the Commonwealth's list."""
    content = content_head(head)
    return all(mark in content for mark in _MARKS)


def read(path: Path) -> Iterator[Record]:
    """Yield the grants of the list.

    Raises:
        DocumentRejected: The file cannot be read, or holds no list `grants`.
    """
    return read_mappings(json_items(path, _LIST), path.name, field(_KEY), _opportunity)


def _opportunity(fields: Fields) -> Opportunity:
    title = required(fields, "title")
    text = RunningText(title)
    overview = text.section("Overview", words(fields.get("overview")) or words(fields.get("shortDescription")))
    eligibility = _eligibility(fields, text)
    funding = _funding(fields, text)
    cycle = text.fact("Grant cycle", one_line(fields.get("grantCycle")))
    key_dates = _key_dates(fields, text)
    text.section("Reporting and monitoring", words(fields.get("reportingMonitoring")))
    opportunity = Opportunity(
        opportunity_id=record_id("pennsylvania", required(fields, _KEY)),
        title=title,
        text=text.text,
        agency_name=one_line(fields.get("issuingAgency")) or None,
        agency_code=one_line(fields.get("shortIssuingAgency")) or None,
        description=overview.text if overview else "",
        status=portal.STATUSES.get(one_line(fields.get("status")).casefold(), OpportunityStatus.UNKNOWN),
        priorities=priorities_in(text.text, overview, title),
        eligibility=eligibility,
        funding=funding,
        key_dates=key_dates,
        is_rolling=cycle is not None and says_rolling(cycle.text),
        funding_categories=portal.funding_categories(one_line(fields.get("category"))),
        source_url=web_address(fields.get("linkToApply")),
        funding_instruments=portal.instruments(parts(fields.get("fundingType"))),
        source_codes=_source_codes(fields),
    )
    return with_prose(opportunity, joined(text.text, overview, eligibility.note))


def _eligibility(fields: Fields, text: RunningText) -> Eligibility:
    classes, kinds = words(fields.get("applicantCategory")), words(fields.get("applicantType"))
    types, unrecognized = portal.applicant_types(classes, kinds)
    told = [classes, kinds, words(fields.get("eligibility"))]
    note = text.section("Who may apply", "\n\n".join(dict.fromkeys(filter(None, told))))
    text.section("Population served", words(fields.get("populationServedType")))
    geography = one_line(fields.get("populationServedGeography"))
    text.section("Geography", geography)
    return Eligibility(
        types, unrecognized, places=portal.places(geography), note=note, conditions=conditions_in(text.text, note)
    )


def _funding(fields: Fields, text: RunningText) -> FundingRange:
    match = one_line(fields.get("matchingFundsRequirements"))
    text.section("Matching funds", match)
    total, least, most = (words(fields.get(name)) for name in ("totalFundsToBeAwarded", "minimumAward", "maximumAward"))
    text.fact("Total funds to be awarded", " ".join(total.split()))
    text.fact("Minimum award", " ".join(least.split()))
    text.fact("Maximum award", " ".join(most.split()))
    text.fact("Source of the funds", one_line(fields.get("fundingSource")))
    floor, ceiling = portal.amount(least), portal.amount(most)
    if floor and ceiling and floor > ceiling:
        floor = ceiling = None
    return FundingRange(
        award_floor=floor,
        award_ceiling=ceiling,
        estimated_total_program_funding=portal.amount(total),
        is_cost_sharing=asks_for_match(match),
    )


def _key_dates(fields: Fields, text: RunningText) -> tuple[KeyDate, ...]:
    """Return the dates; a deadline many years ahead is a filler for "open", so that it says nothing."""
    found = []
    for name, label, column in _DATES:
        day = calendar_day(fields.get(column))
        if day and not (name == APPLICATION and _is_filler(day, fields)):
            found.append(KeyDate(name, day, text.fact(label, str(day))))
    return tuple(found)


def _is_filler(deadline: PartialDate, fields: Fields) -> bool:
    written = calendar_day(fields.get("last_modified")) or calendar_day(fields.get("openDate"))
    if written is None or written.year is None or deadline.year is None:
        return False
    return deadline.year - written.year > portal.LONGEST_YEARS_AHEAD


def _source_codes(fields: Fields) -> tuple[SourceCode, ...]:
    single = ("status", "category", "grantCycle", "closeDate", "issuingAgencyGrantNumber", "matchingFundsRequirements")
    listed = ("applicantCategory", "fundingType", "fundingSource")
    return source_codes(
        *((name, one_line(fields.get(name))) for name in single),
        *((name, parts(fields.get(name))) for name in listed),
    )
