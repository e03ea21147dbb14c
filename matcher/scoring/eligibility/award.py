"""Whether the amount requested lies in the award range, for an applicant of this size."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matcher.domain.evidence import Fact, Quote
from matcher.domain.match import EligibilityReason
from matcher.domain.opportunity import AwardTier, FundingRange
from matcher.domain.vocabulary import Basis, Verdict
from matcher.domain.wording import money
from matcher.scoring.eligibility.reasons import hedged, is_comparable, refusal

AWARD_RANGE = "award_range"
AWARD_TIER = "award_tier"


@dataclass(frozen=True, slots=True)
class _Range:
    """What one award may be, in whole units, whose it is, the notice's words for it, and how sure each end is."""

    floor: int | None
    ceiling: int | None
    whose: str
    quote: Quote | None = None
    floor_basis: Basis = Basis.STATED
    ceiling_basis: Basis = Basis.STATED


def judge_award(
    request: Fact[int] | None, people_served: Fact[int] | None, funding: FundingRange
) -> list[EligibilityReason]:
    """Judge the request against the widest stated range, then against that of the applicant's tier.

    An applicant chooses what to ask for, so that a proposal without a request gives no reason. An end that was inferred
    from what the notice says refuses nobody.
    """
    floor, ceiling = widest_range(funding)
    is_open = floor is None and ceiling is None
    if request is None or (is_open and not funding.tiers):
        return []
    if not is_comparable(request, funding.currency):
        sentence = (
            f"The notice awards {funding.currency}; the proposal does not say what it requests in {funding.currency}."
        )
        return [EligibilityReason(AWARD_RANGE, Verdict.UNKNOWN, sentence, request.quote)]
    whole = _within(AWARD_RANGE, request, _whole(funding, floor, ceiling), funding.currency)
    reasons = [] if is_open else [whole]
    if funding.tiers and whole.verdict is Verdict.ELIGIBLE:
        reasons.append(_judge_tier(request, people_served, funding))
    return reasons


def _whole(funding: FundingRange, floor: int | None, ceiling: int | None) -> _Range:
    return _Range(
        floor,
        ceiling,
        "the award",
        floor_basis=_basis(funding, "award_floor", floor),
        ceiling_basis=_basis(funding, "award_ceiling", ceiling),
    )


def _basis(funding: FundingRange, end: str, amount: int | None) -> Basis:
    """Return how the notice says one end: tiers are stated always, and so is what a source has a field for."""
    read = funding.evidence_of(end)
    is_of_a_tier = amount in [getattr(tier, end) for tier in funding.tiers]
    return Basis.STATED if read is None or is_of_a_tier else read.basis


def widest_range(funding: FundingRange) -> tuple[int | None, int | None]:
    """Return the smallest floor and the largest ceiling, in whole units.

    Tiers widen the range, and an end that one of them leaves open stays open.
    """
    if not funding.tiers:
        return funding.award_floor, funding.award_ceiling
    floors = [tier.award_floor for tier in funding.tiers]
    ceilings = [tier.award_ceiling for tier in funding.tiers]
    floor = min((*_known(floors), *_known([funding.award_floor])), default=None)
    ceiling = max((*_known(ceilings), *_known([funding.award_ceiling])), default=None)
    return (None if None in floors else floor), (None if None in ceilings else ceiling)


def _known(amounts: Iterable[int | None]) -> Iterator[int]:
    return (amount for amount in amounts if amount is not None)


def tiers_for(people_served: int, funding: FundingRange) -> tuple[AwardTier, ...]:
    """Return the tiers for applicants who serve so many people."""
    return tuple(
        tier
        for tier in funding.tiers
        if (tier.people_served_minimum is None or tier.people_served_minimum <= people_served)
        and (tier.people_served_maximum is None or people_served <= tier.people_served_maximum)
    )


def _judge_tier(request: Fact[int], people: Fact[int] | None, funding: FundingRange) -> EligibilityReason:
    """Judge the request against the tier that the people served choose; of several, the kindest."""
    if people is None:
        sentence = "The award depends on the people served; the proposal does not say how many it serves."
        return EligibilityReason(AWARD_TIER, Verdict.UNKNOWN, sentence, _first_quote(funding))
    tiers = tiers_for(people.value, funding)
    if not tiers:
        sentence = f"The notice does not say what may be awarded to an applicant who serves {people.value:,} people."
        return EligibilityReason(AWARD_TIER, Verdict.UNKNOWN, sentence, people.quote)
    whose = f"an award for {people.value:,} people served"
    ranges = (_Range(tier.award_floor, tier.award_ceiling, whose, tier.quote) for tier in tiers)
    judged = [_within(AWARD_TIER, request, own, funding.currency, people.basis) for own in ranges]
    return next((reason for reason in judged if reason.verdict is Verdict.ELIGIBLE), judged[0])


def _within(rule: str, request: Fact[int], own: _Range, currency: str, *bases: Basis) -> EligibilityReason:
    """Judge an amount against a range; `bases` are those of the facts that chose the range."""
    asked = f"The amount requested, {money(request.value, currency)},"
    if own.ceiling is not None and request.value > own.ceiling:
        refused = refusal(request.basis, own.ceiling_basis, *bases)
        end = f"{hedged(own.ceiling_basis, 'the', 'what reads like the')} ceiling of {own.whose}"
        sentence = f"{asked} is more than {end}, {money(own.ceiling, currency)}."
        return EligibilityReason(rule, refused, sentence, own.quote or request.quote)
    if own.floor is not None and request.value < own.floor:
        refused = refusal(request.basis, own.floor_basis, *bases)
        end = f"{hedged(own.floor_basis, 'the', 'what reads like the')} floor of {own.whose}"
        sentence = f"{asked} is less than {end}, {money(own.floor, currency)}."
        return EligibilityReason(rule, refused, sentence, own.quote or request.quote)
    return EligibilityReason(rule, Verdict.ELIGIBLE, f"{asked} lies within the range of {own.whose}.", request.quote)


def _first_quote(funding: FundingRange) -> Quote | None:
    return next((tier.quote for tier in funding.tiers if tier.quote), None)
