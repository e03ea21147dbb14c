"""May this applicant apply? What is left unsaid settles nothing."""

import pytest

from matcher.domain.evidence import Fact, Quote
from matcher.domain.match import EligibilityFinding
from matcher.domain.opportunity import AwardTier, Eligibility, FundingRange, Opportunity
from matcher.domain.proposal import ApplicantProfile
from matcher.domain.vocabulary import ApplicantType, Basis, Verdict
from matcher.scoring.eligibility import assess_eligibility

LEA_NOTE = Quote("LEAs or consortia of LEAs")
STATED, INFERRED = Basis.STATED, Basis.INFERRED
NO_RANGE = FundingRange()


def judged(
    *applicant: ApplicantType,
    accepted: tuple[ApplicantType, ...] = (),
    unrecognized: tuple[str, ...] = (),
    basis: Basis = STATED,
    request: Fact[int] | None = None,
    funding: FundingRange = NO_RANGE,
) -> EligibilityFinding:
    profile = ApplicantProfile(
        tuple(Fact(kind, Quote(f"we are {kind.label}"), basis) for kind in applicant), amount_requested=request
    )
    eligibility = Eligibility(accepted, unrecognized, note=LEA_NOTE)
    return assess_eligibility(profile, Opportunity("id", "t", "t", eligibility=eligibility, funding=funding))


LEA, CHARTER, DISTRICT = (
    ApplicantType.LOCAL_EDUCATIONAL_AGENCIES,
    ApplicantType.CHARTER_SCHOOLS,
    ApplicantType.INDEPENDENT_SCHOOL_DISTRICTS,
)
NONPROFIT, WITHOUT, STATE = (
    ApplicantType.NONPROFITS_WITH_501C3,
    ApplicantType.NONPROFITS_WITHOUT_501C3,
    ApplicantType.STATE_GOVERNMENTS,
)


def test_a_named_type_may_apply_and_its_own_words_decide() -> None:
    finding = judged(NONPROFIT, accepted=(STATE, NONPROFIT))
    assert finding.verdict is Verdict.ELIGIBLE
    assert finding.reasons[0].quote == Quote(f"we are {NONPROFIT.label}")


def test_a_type_that_the_notice_leaves_out_may_not_apply_and_the_notice_decides() -> None:
    finding = judged(NONPROFIT, accepted=(LEA,))
    assert finding.verdict is Verdict.INELIGIBLE
    assert "local educational agencies (LEAs)" in finding.reasons[0].sentence
    assert "would need one of them to lead" in finding.reasons[0].sentence
    assert finding.reasons[0].quote == LEA_NOTE


def test_a_school_district_is_an_lea() -> None:
    assert judged(DISTRICT, accepted=(LEA,)).verdict is Verdict.ELIGIBLE


@pytest.mark.parametrize("accepted", [LEA, NONPROFIT, WITHOUT])
def test_whether_a_charter_network_counts_as_an_lea_or_a_nonprofit_must_be_asked(accepted: ApplicantType) -> None:
    finding = judged(CHARTER, accepted=(accepted,))
    assert finding.verdict is Verdict.UNKNOWN
    assert "must be asked" in finding.reasons[0].sentence


@pytest.mark.parametrize(
    ("applicant", "accepted", "unrecognized"),
    [
        ((), (LEA,), ()),
        ((NONPROFIT,), (), ()),
        ((NONPROFIT,), (STATE, ApplicantType.OTHER), ()),
        ((NONPROFIT,), (STATE,), ("museums",)),
        ((WITHOUT,), (NONPROFIT,), ()),
    ],
)
def test_what_one_side_does_not_say_is_unknown(
    applicant: tuple[ApplicantType, ...], accepted: tuple[ApplicantType, ...], unrecognized: tuple[str, ...]
) -> None:
    assert judged(*applicant, accepted=accepted, unrecognized=unrecognized).verdict is Verdict.UNKNOWN


def test_an_open_call_takes_anyone_even_one_that_says_nothing_of_itself() -> None:
    assert judged(accepted=(ApplicantType.UNRESTRICTED,)).verdict is Verdict.ELIGIBLE


def test_an_inferred_type_never_shuts_anyone_out() -> None:
    finding = judged(NONPROFIT, accepted=(LEA,), basis=INFERRED)
    assert finding.verdict is Verdict.UNKNOWN
    assert judged(NONPROFIT, accepted=(NONPROFIT,), basis=INFERRED).verdict is Verdict.ELIGIBLE


TIERS = FundingRange(
    tiers=(AwardTier(5_000_000, 10_000_000, 2000, 5000), AwardTier(30_000_000, 40_000_000, 25_001, None))
)


@pytest.mark.parametrize(
    ("amount", "funding", "expected"),
    [
        (50_000, FundingRange(10_000, 100_000), Verdict.ELIGIBLE),
        (150_000, FundingRange(10_000, 100_000), Verdict.INELIGIBLE),
        (5_000, FundingRange(10_000, 100_000), Verdict.INELIGIBLE),
        (20_000_000, TIERS, Verdict.ELIGIBLE),
        (50_000_000, TIERS, Verdict.INELIGIBLE),
    ],
)
def test_the_request_is_held_against_the_award_range(amount: int, funding: FundingRange, expected: Verdict) -> None:
    finding = judged(NONPROFIT, accepted=(NONPROFIT,), request=Fact(amount, Quote("we ask")), funding=funding)
    assert finding.verdict is expected
    assert finding.reasons[1].rule == "award_range"
    assert f"{amount:,}" in finding.reasons[1].sentence


def test_an_inferred_request_never_shuts_anyone_out_and_an_unknown_range_decides_nothing() -> None:
    guessed = Fact(10**9, Quote("we ask"), INFERRED)
    assert judged(NONPROFIT, accepted=(NONPROFIT,), request=guessed, funding=TIERS).verdict is Verdict.UNKNOWN
    silent = judged(NONPROFIT, accepted=(NONPROFIT,), request=Fact(5, Quote("we ask")))
    assert [reason.rule for reason in silent.reasons] == ["applicant_type"]
