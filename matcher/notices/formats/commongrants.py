"""Opportunities in CommonGrants JSON, protocol 0.4.0: a page of a list or search, one opportunity, or many of them."""

import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from matcher.domain.opportunity import Eligibility, FundingRange, Opportunity, SourceCode
from matcher.domain.vocabulary import ApplicantType, OpportunityStatus
from matcher.errors import NoticeRejected
from matcher.notices.formats.cleaning import web_address, words
from matcher.notices.formats.commongrants_models import Choice, CommonGrantsOpportunity, Funding, Money
from matcher.notices.formats.commongrants_types import APPLICANT_TYPES
from matcher.notices.formats.commongrants_values import STATUSES, CustomFields, key_dates
from matcher.notices.formats.json_records import json_items, json_values
from matcher.notices.formats.mappings import Fields, field, group, read_mappings, record_id
from matcher.notices.formats.opening import HEAD_BYTES, content_head
from matcher.notices.formats.plain_values import says_rolling, source_codes, whole_amount
from matcher.notices.formats.prose_additions import joined, with_prose
from matcher.notices.formats.record import Record
from matcher.notices.formats.running_text import RunningText
from matcher.notices.formats.stated_priorities import priorities_in

_OPPORTUNITY = re.compile(rb'"(?:lastModifiedAt|createdAt)"\s*:\s*"')
_STATUS = re.compile(rb'"status"\s*:\s*\{')
_PAGE = re.compile(rb'"paginationInfo"\s*:\s*\{')
_ITEMS = re.compile(rb'"items"\s*:\s*\[')
_TITLE = re.compile(rb'"title"\s*:')
_MOST_VIOLATIONS = 3


def recognizes(head: bytes, name: str) -> bool:
    """Whether a file holds opportunities in the protocol's own field names."""
    content = content_head(head)
    if not content.lstrip().startswith((b"{", b"[")):
        return False
    is_page = _PAGE.search(content) and _ITEMS.search(content)
    return bool(is_page or (_OPPORTUNITY.search(content) and _STATUS.search(content)))


def read(path: Path) -> Iterator[Record]:
    """Yield the opportunities of a file; one that breaks the protocol is rejected with the names of its fields.

    Raises:
        DocumentRejected: The file cannot be read.
    """
    with path.open("rb") as file:
        head = content_head(file.read(HEAD_BYTES)).lstrip()
    if head.startswith(b"["):
        items = json_items(path)
    elif _is_page(head):
        items = json_items(path, "items")
    else:
        items = ((number, _unwrapped(value)) for number, value in json_values(path))
    return read_mappings(items, path.name, field("id"), _opportunity)


def _is_page(head: bytes) -> bool:
    """Whether a list of items begins before the first opportunity does."""
    items, title = _ITEMS.search(head), _TITLE.search(head)
    return items is not None and (title is None or items.start() < title.start())


def _unwrapped(value: object) -> object:
    """Return the opportunity of an answer about one (`data`), or a value that is one itself."""
    return group(value, "data") or value if isinstance(value, dict) else value


def _opportunity(fields: Fields) -> Opportunity:
    try:
        given = CommonGrantsOpportunity.model_validate(fields)
    except ValidationError as error:
        raise NoticeRejected(_violations(error)) from None
    custom = CustomFields(given.custom_fields)
    text = RunningText(given.title)
    description = text.section("", given.description)
    eligibility = _eligibility(given.accepted_applicant_types or [], custom, text)
    details = text.section("Funding", given.funding.details or "") if given.funding else None
    text.section("Additional information", words(custom.said("additionalInfo")))
    dates = tuple(key_dates(given.key_dates, text)) if given.key_dates else ()
    opportunity = Opportunity(
        opportunity_id=record_id("common-grants", given.id),
        title=given.title,
        text=text.text,
        agency_name=custom.agency_name,
        agency_code=custom.agency_code,
        opportunity_number=custom.opportunity_number,
        description="\n\n".join(quote.text for quote in (description, details) if quote),
        status=_status(given.status),
        priorities=priorities_in(text.text, description, given.title),
        eligibility=eligibility,
        funding=_funding(given.funding or Funding(), custom.is_cost_sharing),
        key_dates=dates,
        is_rolling=_is_rolling(given),
        assistance_listing_numbers=custom.assistance_listing_numbers,
        source_url=web_address(given.source),
        source_codes=_source_codes(given),
    )
    return with_prose(opportunity, joined(text.text, description, details))


def _violations(error: ValidationError) -> str:
    found = [
        f"`{'.'.join(map(str, one['loc']))}`: {one['msg']}"
        for one in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    more = f", and {len(found) - _MOST_VIOLATIONS} more" if len(found) > _MOST_VIOLATIONS else ""
    return f"it departs from CommonGrants 0.4.0: {'; '.join(found[:_MOST_VIOLATIONS])}{more}"[:1_000]


def _status(status: Choice) -> OpportunityStatus:
    written = status.custom_value if status.value == "custom" and status.custom_value else status.value
    return STATUSES.get(written.casefold(), OpportunityStatus.UNKNOWN)


def _eligibility(choices: list[Choice], custom: CustomFields, text: RunningText) -> Eligibility:
    types: dict[ApplicantType, None] = {}
    unrecognized: dict[str, None] = {}
    for choice in choices:
        found = APPLICANT_TYPES.get(choice.value.casefold(), ())
        types.update(dict.fromkeys(found))
        if not found:
            unrecognized[(choice.custom_value or choice.value).replace("_", " ")] = None
    note = text.section("Who may apply", words(custom.said("eligibilityCriteria")))
    return Eligibility(tuple(types), tuple(filter(None, unrecognized)), note=note)


def _funding(funding: Funding, is_cost_sharing: bool | None) -> FundingRange:
    """Return the money in the currency of the first amount; amounts in another one are left out."""
    amounts = (funding.max_award_amount, funding.min_award_amount, funding.total_amount_available)
    currency = next((money.currency.upper() for money in amounts if money), "USD")
    ceiling, floor, total = (_units(money, currency) for money in amounts)
    if floor and ceiling and floor > ceiling:
        floor = ceiling = None
    count = funding.estimated_award_count
    if count is None and funding.min_award_count == funding.max_award_count:
        count = funding.max_award_count
    return FundingRange(floor, ceiling, total, count or None, is_cost_sharing, currency)


def _units(money: Money | None, currency: str) -> int | None:
    return whole_amount(str(money.amount)) if money and money.currency.upper() == currency else None


def _is_rolling(given: CommonGrantsOpportunity) -> bool:
    """Whether the event at which applications close says that they are taken at any time."""
    close = given.key_dates.close_date if given.key_dates else None
    return close is not None and close.day is None and says_rolling(f"{close.name} {close.details or ''}")


def _source_codes(given: CommonGrantsOpportunity) -> tuple[SourceCode, ...]:
    types = given.accepted_applicant_types or []
    return source_codes(
        ("status", given.status.value),
        ("status.customValue", given.status.custom_value or ""),
        ("acceptedApplicantTypes", [choice.value for choice in types]),
    )
