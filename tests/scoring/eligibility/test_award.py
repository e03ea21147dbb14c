"""Whether the amount requested lies in the award range, for an applicant of this size."""

from dataclasses import replace

import pytest

from matcher.domain.evidence import Quote
from matcher.domain.opportunity import AwardTier, FundingEvidence, FundingRange
from matcher.domain.proposal import ApplicantProfile
from matcher.domain.vocabulary import Basis, Verdict
from tests.scoring.eligibility.examples import assessed, by_rule, fact

PASS, FAIL, UNKNOWN = Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.UNKNOWN
RANGE = FundingRange(10_000, 100_000)
LARGE = Quote("applicants with more than 25,000 students")
TIERS = FundingRange(
    tiers=(AwardTier(5_000_000, 10_000_000, 2000, 5000), AwardTier(30_000_000, 40_000_000, 25_001, None, LARGE))
)
OPEN_ENDED = FundingRange(tiers=(AwardTier(5_000, 20_000, None, 99), AwardTier(20_000, None, 100, None)))
OPEN = FundingRange(tiers=(AwardTier(None, 20_000, None, 99), AwardTier(20_000, None, 100, None)))


@pytest.mark.parametrize(
    ("amount", "funding", "verdict"),
    [
        (50_000, RANGE, PASS),
        (10_000, RANGE, PASS),
        (100_000, RANGE, PASS),
        (150_000, RANGE, FAIL),
        (5_000, RANGE, FAIL),
        (5_000, FundingRange(award_ceiling=100_000), PASS),
        (150_000, FundingRange(award_floor=10_000), PASS),
        (20_000_000, TIERS, PASS),
        (50_000_000, TIERS, FAIL),
        (1_000, TIERS, FAIL),
        (90_000_000, OPEN_ENDED, PASS),
        (1, OPEN_ENDED, FAIL),
    ],
)
def test_the_request_is_held_against_the_widest_range(amount: int, funding: FundingRange, verdict: Verdict) -> None:
    finding = assessed(ApplicantProfile(amount_requested=fact(amount)), funding=funding)
    reason = by_rule(finding, "award_range")
    assert reason.verdict is verdict
    assert f"${amount:,}" in reason.sentence


@pytest.mark.parametrize("amount", [150_000, 5_000])
def test_an_end_that_is_inferred_from_prose_refuses_nobody_and_says_so(amount: int) -> None:
    words = Quote("We made grants of up to $100,000, and of no less than $10,000.")
    evidence = tuple(FundingEvidence(end, words, Basis.INFERRED) for end in ("award_floor", "award_ceiling"))
    finding = assessed(ApplicantProfile(amount_requested=fact(amount)), funding=replace(RANGE, evidence=evidence))
    reason = by_rule(finding, "award_range")
    assert reason.verdict is UNKNOWN
    assert "what reads like the" in reason.sentence


def test_an_end_that_a_tier_states_refuses_even_where_it_was_chosen_among_several() -> None:
    evidence = (FundingEvidence("award_ceiling", LARGE, Basis.INFERRED),)
    funding = replace(TIERS, award_ceiling=40_000_000, evidence=evidence)
    assert (
        by_rule(assessed(ApplicantProfile(amount_requested=fact(50_000_000)), funding=funding), "award_range").verdict
        is FAIL
    )


@pytest.mark.parametrize(
    ("amount", "people", "verdict"),
    [
        (7_000_000, 3_000, PASS),
        (35_000_000, 30_000, PASS),
        (35_000_000, 3_000, FAIL),
        (7_000_000, 30_000, FAIL),
        (7_000_000, 10_000, UNKNOWN),
        (7_000_000, None, UNKNOWN),
    ],
)
def test_the_people_served_choose_the_tier(amount: int, people: int | None, verdict: Verdict) -> None:
    profile = ApplicantProfile(amount_requested=fact(amount), people_served=fact(people) if people else None)
    assert by_rule(assessed(profile, funding=TIERS), "award_tier").verdict is verdict


def test_tiers_without_a_common_end_are_judged_alone() -> None:
    profile = ApplicantProfile(amount_requested=fact(30_000), people_served=fact(50))
    assert [reason.rule for reason in assessed(profile, funding=OPEN).reasons] == ["applicant_type", "award_tier"]
    assert assessed(profile, funding=OPEN).verdict is FAIL


def test_the_words_of_the_tier_refuse_and_the_silent_side_is_named() -> None:
    small = ApplicantProfile(amount_requested=fact(7_000_000), people_served=fact(30_000))
    reason = by_rule(assessed(small, funding=TIERS), "award_tier")
    assert reason.quote == LARGE
    assert "$30,000,000" in reason.sentence
    silent = ApplicantProfile(amount_requested=fact(7_000_000))
    assert "the proposal does not say how many" in by_rule(assessed(silent, funding=TIERS), "award_tier").sentence
    between = ApplicantProfile(amount_requested=fact(7_000_000), people_served=fact(10_000))
    assert "The notice does not say" in by_rule(assessed(between, funding=TIERS), "award_tier").sentence


def test_of_overlapping_tiers_one_that_fits_is_enough() -> None:
    overlapping = FundingRange(tiers=(AwardTier(1, 10, 0, 100), AwardTier(10, 20, 50, 200)))
    profile = ApplicantProfile(amount_requested=fact(15), people_served=fact(70))
    assert by_rule(assessed(profile, funding=overlapping), "award_tier").verdict is PASS


@pytest.mark.parametrize(
    ("basis", "verdict"), [(Basis.STATED, FAIL), (Basis.SUPPLIED, FAIL), (Basis.INFERRED, UNKNOWN)]
)
def test_nobody_is_shut_out_by_an_inferred_amount_or_size(basis: Basis, verdict: Verdict) -> None:
    asked = ApplicantProfile(amount_requested=fact(10**9, basis))
    assert assessed(asked, funding=TIERS).verdict is verdict
    sized = ApplicantProfile(amount_requested=fact(7_000_000), people_served=fact(30_000, basis))
    assert assessed(sized, funding=TIERS).verdict is verdict


@pytest.mark.parametrize(
    ("words", "currency", "verdict"),
    [
        ("we request $900,000", "USD", FAIL),
        ("we request $900,000", "EUR", UNKNOWN),
        ("we request €900,000", "EUR", FAIL),
        ("900000", "EUR", FAIL),
    ],
)
def test_amounts_of_different_currencies_are_not_compared(words: str, currency: str, verdict: Verdict) -> None:
    profile = ApplicantProfile(amount_requested=fact(900_000, words=words))
    assert assessed(profile, funding=FundingRange(10, 100_000, currency=currency)).verdict is verdict


@pytest.mark.parametrize(
    ("profile", "funding"),
    [(ApplicantProfile(), TIERS), (ApplicantProfile(amount_requested=fact(5)), FundingRange())],
)
def test_without_a_request_or_a_range_there_is_no_reason(profile: ApplicantProfile, funding: FundingRange) -> None:
    assert [reason.rule for reason in assessed(profile, funding=funding).reasons] == ["applicant_type"]
