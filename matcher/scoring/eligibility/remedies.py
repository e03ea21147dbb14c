"""What would make the verdict better: another lead applicant or another amount, each tried before it is named."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from matcher.domain.evidence import Fact
from matcher.domain.match import Change, EligibilityFinding
from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import ApplicantProfile
from matcher.domain.vocabulary import ApplicantType, Basis, Verdict
from matcher.scoring.eligibility.applicant_type import APPLICANT_TYPE
from matcher.scoring.eligibility.assessment import assess_eligibility
from matcher.scoring.eligibility.award import AWARD_RANGE, AWARD_TIER, tiers_for, widest_range

MOST_LEADS = 3

_Types = ApplicantType
_NATURAL = (
    _Types.NONPROFITS_WITH_501C3,
    _Types.LOCAL_EDUCATIONAL_AGENCIES,
    _Types.INDEPENDENT_SCHOOL_DISTRICTS,
    _Types.CHARTER_SCHOOLS,
    _Types.CITY_OR_TOWNSHIP_GOVERNMENTS,
    _Types.COUNTY_GOVERNMENTS,
    _Types.PUBLIC_HIGHER_EDUCATION,
    _Types.PRIVATE_HIGHER_EDUCATION,
    _Types.STATE_GOVERNMENTS,
    _Types.HOUSING_AUTHORITIES,
    _Types.TRIBAL_GOVERNMENTS,
    _Types.OTHER_TRIBAL_ORGANIZATIONS,
    _Types.SPECIAL_DISTRICT_GOVERNMENTS,
    _Types.NONPROFITS_WITHOUT_501C3,
    _Types.SMALL_BUSINESSES,
    _Types.FOR_PROFITS,
    _Types.INDIVIDUALS,
)
"""Whom a nonprofit would rather ask to lead, where none of its partners may."""
_RANKS = {Verdict.INELIGIBLE: 0, Verdict.UNKNOWN: 1, Verdict.ELIGIBLE: 2}


@dataclass(frozen=True, slots=True)
class Remedy:
    """One change and the applicant's profile with it; `subject` is an applicant type or an amount in whole units."""

    change: Change
    subject: str
    profile: ApplicantProfile


def remedies(profile: ApplicantProfile, opportunity: Opportunity) -> list[Remedy]:
    """Return the changes that improve the verdict of their rule and worsen no other: up to three leads, one amount.

    Values that the applicant would have to change are marked as supplied (Basis.SUPPLIED) in the changed profile. An
    applicant that hands over the lead stays as a partner.
    """
    before = assess_eligibility(profile, opportunity)
    leads = _improving(before, opportunity, APPLICANT_TYPE, _leads(profile, opportunity))
    amounts = [
        remedy
        for rule in (AWARD_RANGE, AWARD_TIER)
        for remedy in _improving(before, opportunity, rule, _amounts(profile, opportunity))
    ]
    return leads[:MOST_LEADS] + amounts[:1]


def _leads(profile: ApplicantProfile, opportunity: Opportunity) -> Iterator[Remedy]:
    """Yield a profile for each type that may apply, the applicant's own partners first."""
    partners = [fact.value for fact in profile.partner_types]
    may_apply = set(opportunity.eligibility.applicant_types) - set(opportunity.eligibility.excluded_types)
    for kind in dict.fromkeys(kind for kind in (*partners, *_NATURAL) if kind in may_apply):
        lead = Fact(kind, basis=Basis.SUPPLIED)
        joining = tuple(fact for fact in profile.applicant_types if fact not in profile.partner_types)
        changed = replace(profile, applicant_types=(lead,), partner_types=(*profile.partner_types, *joining))
        yield Remedy(Change.LEAD_APPLICANT, kind.value, changed)


def _amounts(profile: ApplicantProfile, opportunity: Opportunity) -> Iterator[Remedy]:
    """Yield a profile with a request at the nearest end of the range: of the applicant's tier, or of all awards."""
    request, people, funding = profile.amount_requested, profile.people_served, opportunity.funding
    if request is None:
        return
    tiers = tiers_for(people.value, funding) if people else ()
    ranges = [(tier.award_floor, tier.award_ceiling) for tier in tiers] or [widest_range(funding)]
    ends = [ceiling for _, ceiling in ranges if ceiling is not None and request.value > ceiling]
    ends += [floor for floor, _ in ranges if floor is not None and request.value < floor]
    for amount in sorted(ends, key=lambda end: abs(end - request.value)):
        changed = replace(profile, amount_requested=Fact(amount, basis=Basis.SUPPLIED))
        yield Remedy(Change.AMOUNT_REQUESTED, str(amount), changed)


def _improving(
    before: EligibilityFinding, opportunity: Opportunity, rule: str, candidates: Iterator[Remedy]
) -> list[Remedy]:
    """Return the candidates under which `rule` is judged better, and no other rule worse."""
    ranks = _ranks(before)
    if rule not in ranks:
        return []
    better = []
    for remedy in candidates:
        changed = _ranks(assess_eligibility(remedy.profile, opportunity))
        worsens = any(changed.get(other, rank) < rank for other, rank in ranks.items())
        if changed.get(rule, 0) > ranks[rule] and not worsens:
            better.append(remedy)
    return better


def _ranks(finding: EligibilityFinding) -> dict[str, int]:
    """Return how good the verdict of each rule is, the worst of several reasons."""
    ranks: defaultdict[str, int] = defaultdict(lambda: _RANKS[Verdict.ELIGIBLE])
    for reason in finding.reasons:
        ranks[reason.rule] = min(ranks[reason.rule], _RANKS[reason.verdict])
    return dict(ranks)
