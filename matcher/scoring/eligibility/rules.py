"""The rules of eligibility, each beside all that its verdict rests on."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from math import inf

from matcher.domain.match import EligibilityReason
from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import ApplicantProfile
from matcher.domain.vocabulary import Verdict
from matcher.scoring.eligibility.applicant_type import judge_applicant_type
from matcher.scoring.eligibility.award import judge_award, widest_range
from matcher.scoring.eligibility.cost_share import judge_cost_share
from matcher.scoring.eligibility.partners import judge_partner
from matcher.scoring.eligibility.place import judge_place, speaks_of_seat
from matcher.scoring.eligibility.size import judge_size

VERDICTS = (Verdict.ELIGIBLE, Verdict.UNKNOWN, Verdict.INELIGIBLE)
"""From what weighs least to what decides: one failed rule makes ineligible, else one unknown makes unknown."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its reasons for an applicant, and all of an opportunity that its verdict rests on.

    Opportunities of equal `terms` get the same verdict from `judge`, whatever else their notices say, if their `bounds`
    tell the same of the applicant's `measure`: whether it is less than the first, or more than the second.
    """

    judge: Callable[[ApplicantProfile, Opportunity], Iterable[EligibilityReason]]
    terms: Callable[[Opportunity], Hashable]
    bounds: Callable[[Opportunity], tuple[float, float]] = lambda _: (-inf, inf)
    measure: Callable[[ApplicantProfile], float] = lambda _: 0.0


def weight(reasons: Iterable[EligibilityReason]) -> int:
    """Return the place in `VERDICTS` of what reasons come to together; no reason speaks against anybody."""
    return max((VERDICTS.index(reason.verdict) for reason in reasons), default=0)


def _applicant_type(profile: ApplicantProfile, opportunity: Opportunity) -> Iterator[EligibilityReason]:
    yield judge_applicant_type(profile.applicant_types, opportunity.eligibility)


def _applicant_type_terms(opportunity: Opportunity) -> Hashable:
    stated = opportunity.eligibility
    named, refused = frozenset(stated.applicant_types), frozenset(stated.excluded_types)
    return named, refused, bool(stated.unrecognized_types), stated.basis


def _place(profile: ApplicantProfile, opportunity: Opportunity) -> Iterable[EligibilityReason]:
    return judge_place(profile.places, opportunity.eligibility)


def _place_terms(opportunity: Opportunity) -> Hashable:
    stated = opportunity.eligibility
    return (stated.places, stated.basis, speaks_of_seat(stated)) if stated.places else None


def _award(profile: ApplicantProfile, opportunity: Opportunity) -> Iterable[EligibilityReason]:
    return judge_award(profile.amount_requested, profile.people_served, opportunity.funding)


def _award_terms(opportunity: Opportunity) -> Hashable:
    funding = opportunity.funding
    floor, ceiling = widest_range(funding)
    return floor is None and ceiling is None, funding.tiers, funding.currency


def _award_bounds(opportunity: Opportunity) -> tuple[float, float]:
    floor, ceiling = widest_range(opportunity.funding)
    return (-inf if floor is None else floor), (inf if ceiling is None else ceiling)


def _request(profile: ApplicantProfile) -> float:
    return 0.0 if profile.amount_requested is None else profile.amount_requested.value


def _size_terms(opportunity: Opportunity) -> Hashable:
    stated = opportunity.eligibility
    return (stated.size_limits, stated.basis, opportunity.funding.currency) if stated.size_limits else None


def _partners(profile: ApplicantProfile, opportunity: Opportunity) -> Iterator[EligibilityReason]:
    return (judge_partner(profile, requirement) for requirement in opportunity.eligibility.required_partners)


def _cost_share(profile: ApplicantProfile, opportunity: Opportunity) -> Iterable[EligibilityReason]:
    return judge_cost_share(profile.offers_cost_share, opportunity.funding)


RULES = (
    Rule(_applicant_type, _applicant_type_terms),
    Rule(_place, _place_terms),
    Rule(_award, _award_terms, _award_bounds, _request),
    Rule(judge_size, _size_terms),
    Rule(_partners, lambda opportunity: opportunity.eligibility.required_partners),
    Rule(_cost_share, lambda opportunity: opportunity.funding.is_cost_sharing),
)
"""In the order in which their reasons are shown."""
