"""Short ways to say what a proposal and a notice state."""

from collections.abc import Iterable
from typing import TypeVar

from matcher.domain.evidence import Fact, Quote
from matcher.domain.match import EligibilityFinding, EligibilityReason
from matcher.domain.opportunity import Eligibility, FundingRange, Opportunity
from matcher.domain.proposal import ApplicantProfile
from matcher.domain.vocabulary import ApplicantType, Basis
from matcher.scoring.eligibility import assess_eligibility

Value = TypeVar("Value")

LEA, CHARTER, DISTRICT = (
    ApplicantType.LOCAL_EDUCATIONAL_AGENCIES,
    ApplicantType.CHARTER_SCHOOLS,
    ApplicantType.INDEPENDENT_SCHOOL_DISTRICTS,
)
NONPROFIT, WITHOUT, STATE, CITY = (
    ApplicantType.NONPROFITS_WITH_501C3,
    ApplicantType.NONPROFITS_WITHOUT_501C3,
    ApplicantType.STATE_GOVERNMENTS,
    ApplicantType.CITY_OR_TOWNSHIP_GOVERNMENTS,
)
OTHER, UNRESTRICTED = ApplicantType.OTHER, ApplicantType.UNRESTRICTED
NOTE = Quote("those who may apply")
ANYONE = Eligibility((UNRESTRICTED,))
NO_RANGE = FundingRange()


def fact(value: Value, basis: Basis = Basis.STATED, words: str | None = None) -> Fact[Value]:
    """Return a fact with words of the proposal."""
    return Fact(value, Quote(words or f"we say {value}"), basis)


def kinds(*types: ApplicantType, basis: Basis = Basis.STATED) -> tuple[Fact[ApplicantType], ...]:
    """Return facts on the types of the applicant or of its partners."""
    return tuple(fact(kind, basis) for kind in types)


def notice(eligibility: Eligibility = ANYONE, funding: FundingRange = NO_RANGE) -> Opportunity:
    """Return a notice with these rules."""
    return Opportunity("id", "t", "t", eligibility=eligibility, funding=funding)


def assessed(
    profile: ApplicantProfile, eligibility: Eligibility = ANYONE, funding: FundingRange = NO_RANGE
) -> EligibilityFinding:
    """Return the verdict on a profile."""
    return assess_eligibility(profile, notice(eligibility, funding))


def by_rule(finding: EligibilityFinding, rule: str) -> EligibilityReason:
    """Return the one reason of a rule."""
    return only(reason for reason in finding.reasons if reason.rule == rule)


def only(values: Iterable[EligibilityReason]) -> EligibilityReason:
    """Return the single value."""
    (value,) = values
    return value
