"""May this applicant apply? Each rule passes, fails or stays unknown, with the words that decided it.

What a notice leaves unsaid neither shuts anyone out nor lets anyone in. The verdict stands beside the fit and never
changes it.
"""

from collections.abc import Iterable

from matcher.domain.evidence import Fact
from matcher.domain.match import EligibilityFinding, EligibilityReason
from matcher.domain.opportunity import Eligibility, FundingRange, Opportunity
from matcher.domain.proposal import ApplicantProfile
from matcher.domain.vocabulary import ApplicantType, Basis, Verdict

_Types = ApplicantType

_INCLUDES: dict[ApplicantType, frozenset[ApplicantType]] = {
    _Types.LOCAL_EDUCATIONAL_AGENCIES: frozenset({_Types.INDEPENDENT_SCHOOL_DISTRICTS}),
}
"""Types that count as another one in every case."""

_MAY_INCLUDE: dict[ApplicantType, frozenset[ApplicantType]] = {
    _Types.LOCAL_EDUCATIONAL_AGENCIES: frozenset({_Types.CHARTER_SCHOOLS}),
    _Types.INDEPENDENT_SCHOOL_DISTRICTS: frozenset({_Types.LOCAL_EDUCATIONAL_AGENCIES, _Types.CHARTER_SCHOOLS}),
    _Types.NONPROFITS_WITH_501C3: frozenset({_Types.NONPROFITS_WITHOUT_501C3, _Types.CHARTER_SCHOOLS}),
    _Types.NONPROFITS_WITHOUT_501C3: frozenset({_Types.NONPROFITS_WITH_501C3, _Types.CHARTER_SCHOOLS}),
    _Types.SMALL_BUSINESSES: frozenset({_Types.FOR_PROFITS}),
    _Types.FOR_PROFITS: frozenset({_Types.SMALL_BUSINESSES}),
    _Types.CHARTER_SCHOOLS: frozenset({_Types.LOCAL_EDUCATIONAL_AGENCIES}),
}
"""Types that may count as another one, which neither side settles."""


def assess_eligibility(profile: ApplicantProfile, opportunity: Opportunity) -> EligibilityFinding:
    """Return the verdict on one applicant and one opportunity, with a reason for each rule that says something."""
    reasons = [_applicant_type(profile.applicant_types, opportunity.eligibility)]
    if (request := profile.amount_requested) is not None:
        reasons += _request(request, opportunity.funding)
    return EligibilityFinding(_overall(reason.verdict for reason in reasons), tuple(reasons))


def _overall(verdicts: Iterable[Verdict]) -> Verdict:
    found = set(verdicts)
    if Verdict.INELIGIBLE in found:
        return Verdict.INELIGIBLE
    return Verdict.UNKNOWN if Verdict.UNKNOWN in found else Verdict.ELIGIBLE


def _applicant_type(applicant: tuple[Fact[ApplicantType], ...], eligibility: Eligibility) -> EligibilityReason:
    """Judge the applicant's types against those that the notice names."""

    def reason(verdict: Verdict, sentence: str, fact: Fact[ApplicantType] | None = None) -> EligibilityReason:
        return EligibilityReason("applicant_type", verdict, sentence, fact.quote if fact else eligibility.note)

    accepted = eligibility.applicant_types
    if _Types.UNRESTRICTED in accepted:
        return reason(Verdict.ELIGIBLE, "The notice is open to any applicant.")
    if not accepted and not eligibility.unrecognized_types:
        return reason(Verdict.UNKNOWN, "The notice does not say who may apply.")
    named = _listed([kind.label for kind in accepted] + list(eligibility.unrecognized_types))
    if not applicant:
        return reason(
            Verdict.UNKNOWN,
            f"The notice takes applications from {named}; the proposal does not say what kind of applicant it is.",
        )
    for fact in applicant:
        if any(fact.value is kind or fact.value in _INCLUDES.get(kind, ()) for kind in accepted):
            certainty = "appears to be" if fact.basis is Basis.INFERRED else "is"
            return reason(
                Verdict.ELIGIBLE, f"The applicant {certainty} one of those that may apply: {fact.value.label}.", fact
            )
    return _not_listed(applicant, eligibility, named)


def _not_listed(applicant: tuple[Fact[ApplicantType], ...], eligibility: Eligibility, named: str) -> EligibilityReason:
    """Tell an applicant that the notice excludes from one that it may still mean."""
    kinds = _listed([fact.value.label for fact in applicant])
    doubts = [
        fact
        for fact in applicant
        if any(fact.value in _MAY_INCLUDE.get(kind, ()) for kind in eligibility.applicant_types)
    ]
    if doubts or eligibility.unrecognized_types or _Types.OTHER in eligibility.applicant_types:
        return EligibilityReason(
            "applicant_type",
            Verdict.UNKNOWN,
            f"The notice takes applications from {named}; whether {kinds} count among them must be asked.",
            doubts[0].quote if doubts else eligibility.note,
        )
    if eligibility.basis is Basis.INFERRED or any(fact.basis is Basis.INFERRED for fact in applicant):
        return EligibilityReason(
            "applicant_type",
            Verdict.UNKNOWN,
            f"The notice takes applications from {named}; the applicant seems to be none of them ({kinds}), "
            "but one side does not say so outright.",
            eligibility.note or applicant[0].quote,
        )
    return EligibilityReason(
        "applicant_type",
        Verdict.INELIGIBLE,
        f"The notice takes applications from {named}; the applicant is {kinds} and would need one of them to lead.",
        eligibility.note or applicant[0].quote,
    )


def _request(request: Fact[int], funding: FundingRange) -> list[EligibilityReason]:
    """Judge the amount requested against the stated award range; tiers widen the range."""
    ceilings = [funding.award_ceiling, *(tier.award_ceiling for tier in funding.tiers)]
    floors = [funding.award_floor, *(tier.award_floor for tier in funding.tiers)]
    ceiling = max((amount for amount in ceilings if amount is not None), default=None)
    floor = min((amount for amount in floors if amount is not None), default=None)
    refused = Verdict.INELIGIBLE if request.basis is Basis.STATED else Verdict.UNKNOWN
    if ceiling is not None and request.value > ceiling:
        return [_amount(refused, request, f"is more than the award ceiling of {ceiling:,}", funding)]
    if floor is not None and request.value < floor:
        return [_amount(refused, request, f"is less than the award floor of {floor:,}", funding)]
    if ceiling is None and floor is None:
        return []
    return [_amount(Verdict.ELIGIBLE, request, "lies within the award range", funding)]


def _amount(verdict: Verdict, request: Fact[int], judgement: str, funding: FundingRange) -> EligibilityReason:
    sentence = f"The amount requested, {request.value:,}, {judgement} ({funding.currency})."
    return EligibilityReason("award_range", verdict, sentence, request.quote)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
