"""What would change the answer: every remedy is tried before it is named."""

from matcher.domain.match import Change
from matcher.domain.opportunity import AwardTier, Eligibility, FundingRange
from matcher.domain.proposal import ApplicantProfile
from matcher.domain.vocabulary import ApplicantType, Basis, Verdict
from matcher.scoring.eligibility import assess_eligibility, remedies
from tests.scoring.eligibility.examples import (
    CITY,
    DISTRICT,
    LEA,
    NONPROFIT,
    OTHER,
    STATE,
    WITHOUT,
    fact,
    kinds,
    notice,
)

RANGE = FundingRange(10_000, 100_000)


def test_each_eligible_lead_is_named_and_makes_the_applicant_a_partner() -> None:
    profile, opportunity = ApplicantProfile(kinds(NONPROFIT)), notice(Eligibility((LEA,)))
    (remedy,) = remedies(profile, opportunity)
    assert (remedy.change, remedy.subject) == (Change.LEAD_APPLICANT, LEA.value)
    assert [(lead.value, lead.basis) for lead in remedy.profile.applicant_types] == [(LEA, Basis.SUPPLIED)]
    assert remedy.profile.partner_types == profile.applicant_types
    assert assess_eligibility(remedy.profile, opportunity).verdict is Verdict.ELIGIBLE


def test_three_leads_are_named_and_the_own_partners_come_first() -> None:
    accepted = (STATE, ApplicantType.SMALL_BUSINESSES, CITY, ApplicantType.COUNTY_GOVERNMENTS, LEA)
    profile = ApplicantProfile(kinds(NONPROFIT), kinds(STATE))
    subjects = [remedy.subject for remedy in remedies(profile, notice(Eligibility(accepted)))]
    assert subjects == [STATE.value, LEA.value, CITY.value]


def test_an_applicant_that_may_apply_or_that_no_lead_would_help_needs_none() -> None:
    assert remedies(ApplicantProfile(kinds(NONPROFIT)), notice(Eligibility((NONPROFIT,)))) == []
    assert remedies(ApplicantProfile(kinds(NONPROFIT)), notice(Eligibility((OTHER,)))) == []
    assert remedies(ApplicantProfile(kinds(NONPROFIT)), notice(Eligibility())) == []


def test_a_lead_that_the_notice_excludes_is_not_named() -> None:
    eligibility = Eligibility((LEA, CITY), excluded_types=(LEA,))
    assert [r.subject for r in remedies(ApplicantProfile(kinds(NONPROFIT)), notice(eligibility))] == [CITY.value]


def test_an_applicant_that_is_in_doubt_is_shown_a_lead_that_is_not() -> None:
    eligibility = Eligibility((NONPROFIT,))
    assert [r.subject for r in remedies(ApplicantProfile(kinds(WITHOUT)), notice(eligibility))] == [NONPROFIT.value]
    assert [r.subject for r in remedies(ApplicantProfile(), notice(eligibility))] == [NONPROFIT.value]


def test_a_request_outside_the_range_is_brought_to_its_nearest_end() -> None:
    for asked, amount in ((150_000, "100000"), (500, "10000")):
        (remedy,) = remedies(ApplicantProfile(amount_requested=fact(asked)), notice(funding=RANGE))
        assert (remedy.change, remedy.subject) == (Change.AMOUNT_REQUESTED, amount)
        changed = remedy.profile.amount_requested
        assert changed is not None
        assert (changed.value, changed.basis) == (int(amount), Basis.SUPPLIED)
    assert remedies(ApplicantProfile(amount_requested=fact(50_000)), notice(funding=RANGE)) == []
    assert remedies(ApplicantProfile(), notice(funding=RANGE)) == []


def test_a_request_is_brought_into_the_tier_of_the_applicant() -> None:
    tiers = FundingRange(tiers=(AwardTier(5, 10, 0, 100), AwardTier(30, 40, 101, None)))
    for asked, people, amount in ((35, 50, "10"), (7, 500, "30"), (90, 50, "10"), (90, 500, "40")):
        profile = ApplicantProfile(amount_requested=fact(asked), people_served=fact(people))
        assert [remedy.subject for remedy in remedies(profile, notice(funding=tiers))] == [amount]


def test_a_lead_and_an_amount_are_two_remedies() -> None:
    profile = ApplicantProfile(kinds(NONPROFIT), amount_requested=fact(150_000))
    found = remedies(profile, notice(Eligibility((DISTRICT,)), RANGE))
    assert [remedy.change for remedy in found] == [Change.LEAD_APPLICANT, Change.AMOUNT_REQUESTED]
