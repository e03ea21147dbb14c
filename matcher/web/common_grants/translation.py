"""Our opportunities as the protocol writes them."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from matcher.domain.match import MatchHead
from matcher.domain.opportunity import APPLICATION, FundingRange, KeyDate, Opportunity
from matcher.domain.vocabulary import ApplicantType, OpportunityStatus
from matcher.domain.wording import award_words, closing_words
from matcher.mail.cleaning import web_address
from matcher.notices.formats.commongrants_types import APPLICANT_TYPES
from matcher.store.records import StoredOpportunity
from matcher.web.common_grants.identifiers import protocol_id
from matcher.web.common_grants.opportunity import (
    ApplicantTypeOptions,
    CommonGrantsApplicantType,
    CommonGrantsMoney,
    CustomField,
    CustomFieldType,
    Event,
    OppFunding,
    OpportunityDetails,
    OppStatus,
    OppStatusOptions,
    OppTimeline,
    OtherEvent,
    SingleDateEvent,
)

POST = "post"
_STATUSES = {
    OpportunityStatus.FORECASTED: OppStatusOptions.FORECASTED,
    OpportunityStatus.POSTED: OppStatusOptions.OPEN,
    OpportunityStatus.CLOSED: OppStatusOptions.CLOSED,
}
_TYPES = {ours: ApplicantTypeOptions(theirs) for theirs, all_ours in APPLICANT_TYPES.items() for ours in all_ours}
_NO_DESCRIPTION = "The notice gives no description."
_ROLLING = "Applications are taken at any time."
_WORD = re.compile(r"[A-Za-z0-9]+")


def status_of(opportunity: Opportunity, as_of: date) -> OppStatusOptions:
    """Return where an opportunity stands on a day; `archived` and `unknown` are custom."""
    return _STATUSES.get(opportunity.status_on(as_of), OppStatusOptions.CUSTOM)


def translated(stored: StoredOpportunity, as_of: date, match: MatchHead | None = None) -> OpportunityDetails:
    """Return an opportunity as it stands on a day, with its match where a proposal was asked about."""
    opportunity = stored.opportunity
    return OpportunityDetails(
        id=protocol_id(opportunity.opportunity_id),
        title=opportunity.title,
        status=_status(opportunity, as_of),
        description=opportunity.description or _NO_DESCRIPTION,
        funding=_funding(opportunity.funding),
        key_dates=_timeline(opportunity, as_of),
        accepted_applicant_types=_applicant_types(opportunity) or None,
        source=web_address(opportunity.source_url),
        custom_fields=dict(_custom_fields(opportunity, match)),
        created_at=stored.first_seen_at,
        last_modified_at=stored.changed_at,
    )


def _status(opportunity: Opportunity, as_of: date) -> OppStatus:
    value = status_of(opportunity, as_of)
    custom = opportunity.status_on(as_of).value if value is OppStatusOptions.CUSTOM else None
    return OppStatus(value=value, custom_value=custom)


def money(amount: int | None, currency: str) -> CommonGrantsMoney | None:
    """Return whole units of a currency as the protocol writes them."""
    return None if amount is None else CommonGrantsMoney(amount=str(amount), currency=currency)


def _funding(funding: FundingRange) -> OppFunding | None:
    found = OppFunding(
        details=award_words(funding) if funding.tiers else None,
        total_amount_available=money(funding.estimated_total_program_funding, funding.currency),
        min_award_amount=money(funding.award_floor, funding.currency),
        max_award_amount=money(funding.award_ceiling, funding.currency),
        estimated_award_count=funding.expected_number_of_awards,
    )
    return found if found.dumped() else None


def _timeline(opportunity: Opportunity, as_of: date) -> OppTimeline | None:
    close = opportunity.close_date(as_of)
    posted = next((key for key in opportunity.key_dates if key.name == POST), None)
    others = [key for key in opportunity.key_dates if key not in (close, posted)]
    found = OppTimeline(
        post_date=None if posted is None else _event("Posted", posted),
        close_date=_close_event(opportunity, close, as_of),
        other_dates=dict(_named(others)) or None,
    )
    return found if found.dumped() else None


def _close_event(opportunity: Opportunity, close: KeyDate | None, as_of: date) -> Event | None:
    day = None if close is None else close.day.as_date()
    if opportunity.is_rolling and (day is None or day < as_of):
        return OtherEvent(name="Applications due", details=_ROLLING)
    if close is None:
        return None
    if day is None:
        return OtherEvent(name="Applications due", details=closing_words(opportunity, as_of))
    return _event("Applications due", close)


def _event(name: str, key_date: KeyDate) -> Event:
    day = key_date.day.as_date()
    if day is None:
        return OtherEvent(name=name, details=str(key_date.day))
    return SingleDateEvent(name=name, date=day)


def _named(key_dates: list[KeyDate]) -> Iterator[tuple[str, Event]]:
    """Yield milestones by their name in camel case; several of one name are counted."""
    seen: Counter[str] = Counter()
    for key_date in key_dates:
        label = "Applications due" if key_date.name == APPLICATION else key_date.name.capitalize()
        first, *rest = [word.lower() for word in _WORD.findall(label)] or ["milestone"]
        name = first + "".join(word.capitalize() for word in rest)
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}{seen[name]}", _event(label, key_date)


def _applicant_types(opportunity: Opportunity) -> list[CommonGrantsApplicantType]:
    known = [_applicant_type(kind) for kind in opportunity.eligibility.applicant_types]
    custom = ApplicantTypeOptions.CUSTOM
    words = opportunity.eligibility.unrecognized_types
    return known + [CommonGrantsApplicantType(value=custom, custom_value=value) for value in words]


def _applicant_type(kind: ApplicantType) -> CommonGrantsApplicantType:
    if kind in _TYPES:
        return CommonGrantsApplicantType(value=_TYPES[kind])
    return CommonGrantsApplicantType(value=ApplicantTypeOptions.CUSTOM, custom_value=kind.value, description=kind.label)


def _custom_fields(opportunity: Opportunity, match: MatchHead | None) -> Iterator[tuple[str, CustomField]]:
    string, number = CustomFieldType.STRING, CustomFieldType.NUMBER
    yield _field("opportunityId", string, opportunity.opportunity_id, "The identifier in the routes under /v1/.")
    agency = {"name": opportunity.agency_name, "code": opportunity.agency_code}
    known = {key: value for key, value in agency.items() if value is not None}
    if known:
        yield _field("agency", CustomFieldType.OBJECT, known, "Who gives the money.")
    if opportunity.opportunity_number is not None:
        yield _field("opportunityNumber", string, opportunity.opportunity_number, "As the agency numbers it.")
    if opportunity.assistance_listing_numbers:
        listings = [{"identifier": listing} for listing in opportunity.assistance_listing_numbers]
        yield _field("assistanceListings", CustomFieldType.ARRAY, listings, "The federal programs it belongs to.")
    if opportunity.funding.is_cost_sharing is not None:
        shares = {"isRequired": opportunity.funding.is_cost_sharing}
        yield _field("costSharing", CustomFieldType.OBJECT, shares, "Whether the applicant must bear a share.")
    if match is not None:
        yield _field("matchScore", number, match.fit, "How well the proposal fits, 0 to 1; see docs/scoring.md.")
        yield _field("eligibility", string, match.verdict.value, "Whether the applicant may apply.")


def _field(name: str, kind: CustomFieldType, value: object, description: str) -> tuple[str, CustomField]:
    return name, CustomField(name=name, field_type=kind, value=value, description=description)
