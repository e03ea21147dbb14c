"""Size, partners and a share of the cost: what the applicant must have or bring."""

import pytest

from matcher.domain.evidence import Quote
from matcher.domain.opportunity import Eligibility, FundingRange, PartnerRequirement, SizeLimit
from matcher.domain.proposal import ApplicantProfile
from matcher.domain.vocabulary import ApplicantType, Basis, SizeMeasure, Verdict
from tests.scoring.eligibility.examples import (
    CHARTER,
    DISTRICT,
    LEA,
    NONPROFIT,
    OTHER,
    UNRESTRICTED,
    assessed,
    by_rule,
    fact,
    kinds,
)

PASS, FAIL, UNKNOWN = Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.UNKNOWN
BUDGET, EMPLOYEES, PEOPLE = SizeMeasure.ANNUAL_BUDGET, SizeMeasure.EMPLOYEES, SizeMeasure.PEOPLE_SERVED
LIMIT = Quote("budgets of no more than $2 million")


def limited(*limits: SizeLimit, basis: Basis = Basis.STATED) -> Eligibility:
    return Eligibility((UNRESTRICTED,), size_limits=limits, basis=basis)


@pytest.mark.parametrize(
    ("measure", "minimum", "maximum", "size", "verdict"),
    [
        (BUDGET, None, 2_000_000, 1_200_000, PASS),
        (BUDGET, None, 2_000_000, 2_000_000, PASS),
        (BUDGET, None, 2_000_000, 2_000_001, FAIL),
        (BUDGET, 100_000, None, 90_000, FAIL),
        (BUDGET, 100_000, None, None, UNKNOWN),
        (EMPLOYEES, None, 500, 12, PASS),
        (EMPLOYEES, 5, None, 3, FAIL),
        (EMPLOYEES, None, 500, None, UNKNOWN),
        (PEOPLE, 2_000, 50_000, 2_000, PASS),
        (PEOPLE, 2_000, 50_000, 60_000, FAIL),
        (PEOPLE, None, 50_000, None, UNKNOWN),
    ],
)
def test_a_size_is_held_against_both_ends_of_its_limit(
    measure: SizeMeasure, minimum: int | None, maximum: int | None, size: int | None, verdict: Verdict
) -> None:
    said = fact(size) if size is not None else None
    profile = {
        BUDGET: ApplicantProfile(annual_budget=said),
        EMPLOYEES: ApplicantProfile(employees=said),
        PEOPLE: ApplicantProfile(people_served=said),
    }[measure]
    reason = by_rule(assessed(profile, limited(SizeLimit(measure, minimum, maximum, LIMIT))), "size")
    assert reason.verdict is verdict
    assert reason.quote == (Quote(f"we say {size}") if verdict is PASS else LIMIT)
    assert ("the proposal does not say" in reason.sentence) is (verdict is UNKNOWN)


def test_limits_for_different_kinds_of_applicants_refuse_only_together() -> None:
    museums = limited(SizeLimit(BUDGET, 100_000, None), SizeLimit(BUDGET, 400_000, None))
    assert assessed(ApplicantProfile(annual_budget=fact(200_000)), museums).verdict is UNKNOWN
    assert assessed(ApplicantProfile(annual_budget=fact(50_000)), museums).verdict is FAIL


@pytest.mark.parametrize(("basis", "notice_basis"), [(Basis.INFERRED, Basis.STATED), (Basis.STATED, Basis.INFERRED)])
def test_nobody_is_shut_out_by_an_inferred_size(basis: Basis, notice_basis: Basis) -> None:
    limit = limited(SizeLimit(BUDGET, None, 10), basis=notice_basis)
    assert assessed(ApplicantProfile(annual_budget=fact(11, basis)), limit).verdict is UNKNOWN


def test_a_budget_in_another_currency_is_not_compared() -> None:
    profile = ApplicantProfile(annual_budget=fact(3_000_000, words="an annual budget of €3 million"))
    assert assessed(profile, limited(SizeLimit(BUDGET, None, 10))).verdict is UNKNOWN


WITH_ANOTHER = "in partnership with another LEA"


@pytest.mark.parametrize(
    ("required", "words", "applicant", "partners", "verdict"),
    [
        ((LEA,), "with an LEA", NONPROFIT, (LEA,), PASS),
        ((LEA,), "with an LEA", NONPROFIT, (DISTRICT,), PASS),
        ((LEA, DISTRICT), "with an LEA", NONPROFIT, (NONPROFIT, DISTRICT), PASS),
        ((LEA,), "with an LEA", DISTRICT, (), PASS),
        ((), "with a partner", NONPROFIT, (NONPROFIT,), PASS),
        ((UNRESTRICTED,), "with a partner", NONPROFIT, (DISTRICT,), PASS),
        ((LEA,), WITH_ANOTHER, DISTRICT, (), UNKNOWN),
        ((LEA,), WITH_ANOTHER, DISTRICT, (DISTRICT,), PASS),
        ((LEA,), "with an LEA", NONPROFIT, (), UNKNOWN),
        ((LEA,), "with an LEA", NONPROFIT, (NONPROFIT,), UNKNOWN),
        ((LEA,), "with an LEA", NONPROFIT, (CHARTER,), UNKNOWN),
        ((OTHER,), "with a museum", NONPROFIT, (DISTRICT,), UNKNOWN),
        ((), "with a partner", NONPROFIT, (), UNKNOWN),
    ],
)
def test_a_required_partner_is_named_or_must_be_asked_for(
    required: tuple[ApplicantType, ...],
    words: str,
    applicant: ApplicantType,
    partners: tuple[ApplicantType, ...],
    verdict: Verdict,
) -> None:
    profile = ApplicantProfile(kinds(applicant), kinds(*partners))
    eligibility = Eligibility((UNRESTRICTED,), required_partners=(PartnerRequirement(required, Quote(words)),))
    assert by_rule(assessed(profile, eligibility), "required_partner").verdict is verdict


def test_each_required_partner_gives_a_reason_and_names_the_silent_side() -> None:
    required = (PartnerRequirement((LEA,), Quote("an LEA")), PartnerRequirement((NONPROFIT,), Quote("a nonprofit")))
    profile = ApplicantProfile(partner_types=kinds(LEA))
    reasons = assessed(profile, Eligibility((UNRESTRICTED,), required_partners=required)).reasons[1:]
    assert [reason.verdict for reason in reasons] == [PASS, UNKNOWN]
    assert "the proposal does not say" in reasons[1].sentence
    assert reasons[1].quote == Quote("a nonprofit")


@pytest.mark.parametrize(
    ("offers", "basis", "verdict"),
    [
        (True, Basis.STATED, PASS),
        (True, Basis.INFERRED, PASS),
        (False, Basis.STATED, FAIL),
        (False, Basis.SUPPLIED, FAIL),
        (False, Basis.INFERRED, UNKNOWN),
    ],
)
def test_a_required_share_of_the_cost_is_offered_or_refused(offers: bool, basis: Basis, verdict: Verdict) -> None:
    finding = assessed(
        ApplicantProfile(offers_cost_share=fact(offers, basis)), funding=FundingRange(is_cost_sharing=True)
    )
    assert by_rule(finding, "cost_share").verdict is verdict


def test_a_proposal_that_is_silent_on_the_cost_is_asked() -> None:
    reason = by_rule(assessed(ApplicantProfile(), funding=FundingRange(is_cost_sharing=True)), "cost_share")
    assert reason.verdict is UNKNOWN
    assert "the proposal does not say" in reason.sentence


@pytest.mark.parametrize("required", [False, None])
def test_a_notice_that_requires_no_share_gives_no_reason(required: bool | None) -> None:
    poor = ApplicantProfile(offers_cost_share=fact(False))
    finding = assessed(poor, funding=FundingRange(is_cost_sharing=required))
    assert [reason.rule for reason in finding.reasons] == ["applicant_type"]
