"""Whose words an entry of the catalogue shows when several sources list it.

A posting goes before its forecast, then a full notice before a short one, then the source that had it first. A source
takes the lead from one that had it first only if it amended its record later and now contradicts it in a date, a sum or
the status. The choice follows from the listings alone, so a run that changes none of them changes no lead.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from matcher.domain.opportunity import Opportunity
from matcher.domain.vocabulary import OpportunityStatus
from matcher.store.source_records import Listing

_FULL_NOTICE_WORDS = 60
_NEVER = datetime.min.replace(tzinfo=UTC)


def leading(listings: Sequence[Listing]) -> Listing:
    """Return the listing whose content the entry shows; those that have vanished count only if all have.

    Raises:
        ValueError: There is none to choose from.
    """
    present = [listing for listing in listings if listing.vanished_at is None] or listings
    candidates = list(_best_of_each_source(present).values())
    top = max(map(_rank, candidates))
    candidates = sorted((one for one in candidates if _rank(one) == top), key=_first_seen)
    lead = candidates[0]
    for other in sorted(candidates[1:], key=_amended_at):
        if _amended_at(other) > _amended_at(lead) and _contradict(other.opportunity, lead.opportunity):
            lead = other
    return lead


def _best_of_each_source(listings: Sequence[Listing]) -> dict[str, Listing]:
    """Return one listing a source, chosen by content alone: two records of one run must not depend on their times."""
    best: dict[str, Listing] = {}
    for listing in sorted(listings, key=lambda one: (one.key.record_key, one.key.occurrence)):
        rival = best.get(listing.source_name)
        if rival is None or (_rank(listing), _size(listing)) > (_rank(rival), _size(rival)):
            best[listing.source_name] = listing
    return best


def _rank(listing: Listing) -> tuple[bool, int]:
    return listing.opportunity.status is not OpportunityStatus.FORECASTED, _detail(listing.opportunity)


def _detail(opportunity: Opportunity) -> int:
    """Return 2 for a full notice, 1 for a line of a list, 0 for a mere pointer, such as a hit of a search."""
    if opportunity.text == opportunity.title:
        return 0
    funding = opportunity.funding
    is_telling = bool(
        opportunity.eligibility.applicant_types
        or opportunity.eligibility.unrecognized_types
        or funding.award_ceiling is not None
        or funding.estimated_total_program_funding is not None
    )
    if is_telling and len(opportunity.text.split()) >= _FULL_NOTICE_WORDS:
        return 2
    return 1 if is_telling or opportunity.key_dates or opportunity.agency_name else 0


def _size(listing: Listing) -> int:
    return len(listing.opportunity.text)


def _first_seen(listing: Listing) -> tuple[datetime, str]:
    return listing.first_seen_at, listing.source_name


def _amended_at(listing: Listing) -> datetime:
    """Return when the source changed its record; the first of all times if it never did."""
    return listing.changed_at if listing.changed_at > listing.first_seen_at else _NEVER


def _contradict(one: Opportunity, other: Opportunity) -> bool:
    """Whether both state a fact, and state it differently."""
    return any(mine and theirs and mine != theirs for mine, theirs in zip(_facts(one), _facts(other), strict=True))


def _facts(opportunity: Opportunity) -> tuple[object, ...]:
    funding = opportunity.funding
    status = None if opportunity.status is OpportunityStatus.UNKNOWN else opportunity.status
    deadlines = frozenset(key.day for key in opportunity.application_dates)
    return deadlines, funding.award_floor, funding.award_ceiling, funding.estimated_total_program_funding, status
