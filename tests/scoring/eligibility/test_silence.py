"""Whatever the case: silence never shuts anyone out, and a refusal rests on what both sides say outright."""

from dataclasses import fields, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.evidence import Fact, Quote
from matcher.domain.opportunity import AwardTier, Eligibility, FundingRange, Opportunity, PartnerRequirement, SizeLimit
from matcher.domain.proposal import ApplicantProfile
from matcher.domain.vocabulary import ApplicantType, Basis, SizeMeasure, Verdict
from matcher.scoring.eligibility import assess_eligibility, remedies
from tests.scoring.eligibility.examples import notice

TYPES = st.sampled_from(ApplicantType)
PLACES = st.sampled_from(
    [
        "Ohio",
        "Texas",
        "nationwide",
        "Los Angeles",
        "rural areas",
        "Appalachia",
        "Kenya",
        "EU",
        "Springfield",
        "Old Mill",
    ]
)
NUMBERS = st.integers(0, 200)
BASES = st.sampled_from(Basis)


def facts(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Fact[Any]]:
    return st.builds(Fact, values, st.just(Quote("we say so")), BASES)


def several(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=3, unique_by=repr).map(tuple)


MAYBE = st.one_of(st.none(), NUMBERS)
MAYBE_FACT = st.one_of(st.none(), facts(NUMBERS))
PROFILES = st.builds(
    ApplicantProfile,
    several(facts(TYPES)),
    several(facts(TYPES)),
    several(facts(PLACES)),
    MAYBE_FACT,
    MAYBE_FACT,
    MAYBE_FACT,
    MAYBE_FACT,
    st.one_of(st.none(), facts(st.booleans())),
)
LIMITS = st.builds(SizeLimit, st.sampled_from(SizeMeasure), MAYBE, MAYBE)
PARTNERS = st.builds(PartnerRequirement, several(TYPES))
ELIGIBILITIES = st.builds(
    Eligibility,
    several(TYPES),
    several(st.just("museums")),
    several(TYPES),
    several(PLACES),
    several(LIMITS),
    several(PARTNERS),
    st.one_of(st.none(), st.just(Quote("who may apply"))),
    BASES,
)
FUNDINGS = st.builds(
    FundingRange,
    award_floor=MAYBE,
    award_ceiling=MAYBE,
    is_cost_sharing=st.one_of(st.none(), st.booleans()),
    tiers=several(st.builds(AwardTier, MAYBE, MAYBE, MAYBE, MAYBE)),
)
NOTICES = st.builds(notice, ELIGIBILITIES, FUNDINGS)
SILENT = ApplicantProfile()


def inferred(value: object) -> object:
    """Return a field of a profile with every fact of it inferred."""
    if isinstance(value, tuple):
        return tuple(map(inferred, value))
    return replace(value, basis=Basis.INFERRED) if isinstance(value, Fact) else value


@given(NOTICES)
def test_a_silent_proposal_is_never_refused(opportunity: Opportunity) -> None:
    finding = assess_eligibility(SILENT, opportunity)
    assert finding.verdict is not Verdict.INELIGIBLE
    for reason in finding.reasons:
        is_open = ApplicantType.UNRESTRICTED in opportunity.eligibility.applicant_types
        assert reason.verdict is Verdict.UNKNOWN or (reason.rule == "applicant_type" and is_open)


@given(PROFILES)
def test_a_silent_notice_refuses_nobody_and_asks_only_who_may_apply(profile: ApplicantProfile) -> None:
    finding = assess_eligibility(profile, notice(Eligibility()))
    assert finding.verdict is Verdict.UNKNOWN
    assert [reason.rule for reason in finding.reasons] == ["applicant_type"]
    assert "The notice does not say" in finding.reasons[0].sentence


@given(PROFILES, NOTICES)
def test_leaving_a_field_of_the_proposal_unsaid_creates_no_refusal(
    profile: ApplicantProfile, opportunity: Opportunity
) -> None:
    before = assess_eligibility(profile, opportunity).verdict
    for field in fields(ApplicantProfile):
        quieter = replace(profile, **{field.name: getattr(SILENT, field.name)})
        after = assess_eligibility(quieter, opportunity).verdict
        assert after is not Verdict.INELIGIBLE or before is Verdict.INELIGIBLE


@given(PROFILES, NOTICES)
def test_a_proposal_of_which_all_is_inferred_is_never_refused(
    profile: ApplicantProfile, opportunity: Opportunity
) -> None:
    guessed = ApplicantProfile(*(inferred(getattr(profile, field.name)) for field in fields(ApplicantProfile)))
    assert assess_eligibility(guessed, opportunity).verdict is not Verdict.INELIGIBLE


@given(PROFILES, NOTICES)
def test_the_verdict_is_that_of_its_reasons_and_the_first_is_on_the_applicant(
    profile: ApplicantProfile, opportunity: Opportunity
) -> None:
    finding = assess_eligibility(profile, opportunity)
    verdicts = {reason.verdict for reason in finding.reasons}
    order = (Verdict.INELIGIBLE, Verdict.UNKNOWN, Verdict.ELIGIBLE)
    assert finding.verdict is next(verdict for verdict in order if verdict in verdicts)
    assert finding.reasons[0].rule == "applicant_type"


@settings(max_examples=60)
@given(PROFILES, NOTICES)
def test_a_remedy_never_makes_the_verdict_worse(profile: ApplicantProfile, opportunity: Opportunity) -> None:
    order = [Verdict.INELIGIBLE, Verdict.UNKNOWN, Verdict.ELIGIBLE]
    before = assess_eligibility(profile, opportunity).verdict
    found = remedies(profile, opportunity)
    assert len(found) <= 4
    for remedy in found:
        after = assess_eligibility(remedy.profile, opportunity).verdict
        assert order.index(after) >= order.index(before)
