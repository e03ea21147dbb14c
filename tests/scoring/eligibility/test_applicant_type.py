"""Is the applicant one of those who may apply? What is left unsaid settles nothing."""

import pytest

from matcher.domain.evidence import Quote
from matcher.domain.match import EligibilityReason
from matcher.domain.opportunity import Eligibility
from matcher.domain.proposal import ApplicantProfile
from matcher.domain.vocabulary import ApplicantType, Basis, Verdict
from tests.scoring.eligibility.examples import (
    CHARTER,
    CITY,
    DISTRICT,
    LEA,
    NONPROFIT,
    NOTE,
    OTHER,
    STATE,
    UNRESTRICTED,
    WITHOUT,
    assessed,
    by_rule,
    kinds,
)

PASS, FAIL, UNKNOWN = Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.UNKNOWN
Types = tuple[ApplicantType, ...]


def judged(
    *applicant: ApplicantType,
    accepted: Types = (),
    unrecognized: tuple[str, ...] = (),
    excluded: Types = (),
    basis: Basis = Basis.STATED,
    notice_basis: Basis = Basis.STATED,
) -> EligibilityReason:
    eligibility = Eligibility(accepted, unrecognized, excluded, note=NOTE, basis=notice_basis)
    return by_rule(assessed(ApplicantProfile(kinds(*applicant, basis=basis)), eligibility), "applicant_type")


def test_a_named_type_may_apply_and_its_own_words_decide() -> None:
    reason = judged(NONPROFIT, accepted=(STATE, NONPROFIT))
    assert reason.verdict is PASS
    assert reason.quote == Quote(f"we say {NONPROFIT}")


def test_a_type_that_the_notice_leaves_out_may_not_apply_and_the_notice_decides() -> None:
    reason = judged(NONPROFIT, accepted=(LEA,))
    assert reason.verdict is FAIL
    assert "local educational agencies (LEAs)" in reason.sentence
    assert "would need one of those that may apply to lead" in reason.sentence
    assert reason.quote == NOTE


@pytest.mark.parametrize(
    ("applicant", "accepted", "unrecognized", "verdict"),
    [
        ((DISTRICT,), (LEA,), (), PASS),
        ((STATE, NONPROFIT), (NONPROFIT,), (), PASS),
        ((), (UNRESTRICTED,), (), PASS),
        ((NONPROFIT,), (UNRESTRICTED,), (), PASS),
        ((), (LEA,), (), UNKNOWN),
        ((NONPROFIT,), (), (), UNKNOWN),
        ((), (), (), UNKNOWN),
        ((NONPROFIT,), (STATE, OTHER), (), UNKNOWN),
        ((NONPROFIT,), (STATE,), ("museums",), UNKNOWN),
        ((NONPROFIT,), (), ("museums",), UNKNOWN),
        ((WITHOUT,), (NONPROFIT,), (), UNKNOWN),
        ((CHARTER,), (LEA,), (), UNKNOWN),
        ((CHARTER,), (NONPROFIT,), (), UNKNOWN),
        ((CHARTER,), (WITHOUT,), (), UNKNOWN),
        ((ApplicantType.FOR_PROFITS,), (ApplicantType.SMALL_BUSINESSES,), (), UNKNOWN),
        ((ApplicantType.HOUSING_AUTHORITIES,), (CITY,), (), UNKNOWN),
        ((ApplicantType.OTHER_TRIBAL_ORGANIZATIONS,), (ApplicantType.TRIBAL_GOVERNMENTS,), (), UNKNOWN),
        ((NONPROFIT,), (STATE, CITY), (), FAIL),
        ((ApplicantType.INDIVIDUALS,), (NONPROFIT, WITHOUT), (), FAIL),
        ((ApplicantType.FOR_PROFITS,), (NONPROFIT,), (), FAIL),
        ((STATE,), (LEA,), (), FAIL),
    ],
)
def test_types_are_held_against_those_that_the_notice_names(
    applicant: Types, accepted: Types, unrecognized: tuple[str, ...], verdict: Verdict
) -> None:
    assert judged(*applicant, accepted=accepted, unrecognized=unrecognized).verdict is verdict


@pytest.mark.parametrize(
    ("applicant", "accepted", "excluded", "verdict"),
    [
        ((NONPROFIT,), (UNRESTRICTED,), (NONPROFIT,), FAIL),
        ((DISTRICT,), (UNRESTRICTED,), (LEA,), FAIL),
        ((NONPROFIT,), (), (NONPROFIT,), FAIL),
        ((NONPROFIT, CHARTER), (NONPROFIT,), (CHARTER,), UNKNOWN),
        ((NONPROFIT,), (NONPROFIT,), (NONPROFIT,), UNKNOWN),
        ((NONPROFIT,), (), (STATE,), UNKNOWN),
        ((), (UNRESTRICTED,), (STATE,), UNKNOWN),
        ((NONPROFIT,), (UNRESTRICTED,), (STATE,), PASS),
        ((NONPROFIT,), (NONPROFIT,), (WITHOUT,), PASS),
    ],
)
def test_an_excluded_type_is_refused_unless_the_notice_also_names_the_applicant(
    applicant: Types, accepted: Types, excluded: Types, verdict: Verdict
) -> None:
    assert judged(*applicant, accepted=accepted, excluded=excluded).verdict is verdict


@pytest.mark.parametrize(
    ("applicant", "accepted", "silence"),
    [
        ((), (LEA,), "The proposal does not say what kind of applicant it is"),
        ((NONPROFIT,), (), "The notice does not say who may apply"),
        ((CHARTER,), (LEA,), "must be asked"),
    ],
)
def test_the_sentence_says_which_side_is_silent(applicant: Types, accepted: Types, silence: str) -> None:
    assert silence in judged(*applicant, accepted=accepted).sentence


@pytest.mark.parametrize(
    ("basis", "notice_basis", "verdict"),
    [
        (Basis.STATED, Basis.STATED, FAIL),
        (Basis.SUPPLIED, Basis.STATED, FAIL),
        (Basis.INFERRED, Basis.STATED, UNKNOWN),
        (Basis.STATED, Basis.INFERRED, UNKNOWN),
    ],
)
def test_nobody_is_shut_out_by_an_inference(basis: Basis, notice_basis: Basis, verdict: Verdict) -> None:
    assert judged(NONPROFIT, accepted=(LEA,), basis=basis, notice_basis=notice_basis).verdict is verdict
    excluded = judged(NONPROFIT, accepted=(LEA,), excluded=(NONPROFIT,), basis=basis, notice_basis=notice_basis)
    assert excluded.verdict is verdict


def test_an_inferred_type_may_apply_and_the_sentence_says_that_it_is_inferred() -> None:
    reason = judged(NONPROFIT, accepted=(NONPROFIT,), basis=Basis.INFERRED)
    assert reason.verdict is PASS
    assert "appears to be" in reason.sentence
