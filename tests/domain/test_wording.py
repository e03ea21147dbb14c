from datetime import date

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.match import ElementFit, EligibilityFinding, EligibilityReason, PriorityFit
from matcher.domain.opportunity import AwardTier, FundingRange, KeyDate, Opportunity
from matcher.domain.vocabulary import Basis, PriorityKind, Verdict
from matcher.domain.wording import award_words, closing_words, eligibility_words, unaddressed
from tests.samples import AS_OF, addressed, match_of, not_addressed, quoted


@pytest.mark.parametrize(
    ("funding", "words"),
    [
        (FundingRange(50_000, 1_000_000), "$50,000 to $1,000,000"),
        (FundingRange(None, 250_000), "up to $250,000"),
        (FundingRange(0, 250_000), "up to $250,000"),
        (FundingRange(50_000, None), "from $50,000"),
        (FundingRange(75_000, 75_000), "$75,000"),
        (FundingRange(), "not stated"),
        (FundingRange(None, 10_000, currency="EUR"), "up to EUR 10,000"),
        (FundingRange(10_000, 40_000, currency="EUR"), "EUR 10,000 to EUR 40,000"),
        (FundingRange(None, 1_000, expected_number_of_awards=1), "up to $1,000, 1 award expected"),
        (FundingRange(expected_number_of_awards=1_200), "not stated, 1,200 awards expected"),
    ],
)
def test_the_award_is_given_in_words(funding: FundingRange, words: str) -> None:
    assert award_words(funding) == words


def test_tiers_span_the_award_where_no_single_range_is_stated() -> None:
    tiers = (AwardTier(1_000_000, 5_000_000, None, 2_000), AwardTier(5_000_000, 20_000_000, 2_001, None))
    assert award_words(FundingRange(tiers=tiers)) == "$1,000,000 to $20,000,000, depending on the people served"


def test_an_end_that_one_tier_leaves_open_stays_open() -> None:
    tiers = (AwardTier(1_000_000, 5_000_000, None, 2_000), AwardTier(5_000_000, None, 2_001, None))
    assert award_words(FundingRange(tiers=tiers)) == "from $1,000,000, depending on the people served"


def closing(day: PartialDate | None, *, rolling: bool = False, basis: Basis = Basis.STATED) -> str:
    dates = () if day is None else (KeyDate("application", day, basis=basis),)
    return closing_words(Opportunity("o", "O", text="", key_dates=dates, is_rolling=rolling), AS_OF)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (PartialDate(1, 15, 2027), "January 15, 2027, 54 days left"),
        (PartialDate(11, 23, 2026), "November 23, 2026, 1 day left"),
        (PartialDate(11, 22, 2026), "November 22, 2026, today"),
        (PartialDate(11, 21, 2026), "November 21, 2026, closed 1 day ago"),
        (PartialDate(10, 30), "October 30, year not stated"),
        (None, "not stated"),
    ],
)
def test_the_close_date_comes_with_the_days_left(day: PartialDate | None, words: str) -> None:
    assert closing(day) == words


def test_days_are_counted_across_a_leap_day() -> None:
    leap = Opportunity("o", "O", text="", key_dates=(KeyDate("application", PartialDate(3, 1, 2028)),))
    assert closing_words(leap, date(2028, 2, 28)) == "March 1, 2028, 2 days left"


def test_a_rolling_opportunity_says_so_unless_a_deadline_lies_ahead() -> None:
    assert closing(None, rolling=True) == "rolling"
    assert closing(PartialDate(1, 1, 2020), rolling=True) == "rolling"
    assert closing(PartialDate(1, 15, 2027), rolling=True) == "January 15, 2027, 54 days left"


def test_an_inferred_close_date_is_marked() -> None:
    assert closing(PartialDate(1, 15, 2027), basis=Basis.INFERRED) == "January 15, 2027 (inferred), 54 days left"


def test_the_verdict_is_followed_by_the_reason_that_decided_it() -> None:
    passed = EligibilityReason("applicant_type", Verdict.ELIGIBLE, "Nonprofits may apply.")
    failed = EligibilityReason("place", Verdict.INELIGIBLE, "Only Oregon counts.")
    finding = EligibilityFinding(Verdict.INELIGIBLE, (passed, failed))
    assert eligibility_words(finding) == "You cannot apply. Only Oregon counts."


def test_a_verdict_without_reasons_stands_alone() -> None:
    assert eligibility_words(EligibilityFinding(Verdict.UNKNOWN)) == "Unclear whether you can apply."


def test_a_priority_that_nothing_answers_is_missing_as_a_whole_and_optional_ones_are_marked() -> None:
    silent = ElementFit("a", "an element", 0.0)
    whole = PriorityFit("w", PriorityKind.ABSOLUTE, "Whole", 0.0, elements=(silent,))
    optional = not_addressed("Rural", PriorityKind.COMPETITIVE_PREFERENCE)
    assert unaddressed(match_of("o", 0.5, whole, optional)) == ("Whole", "Rural (competitive preference)")


def test_of_an_addressed_priority_only_the_silent_elements_are_missing() -> None:
    spoken = ElementFit("a", "spoken", 0.6, quoted("x", "y"))
    silent = ElementFit("b", "silent", 0.0)
    by_element = PriorityFit("p", PriorityKind.ABSOLUTE, "By element", 0.6, elements=(spoken, silent))
    assert unaddressed(match_of("o", 0.5, addressed("Training", silent), by_element)) == ("silent", "silent")


def test_goals_are_a_choice_so_that_one_is_enough() -> None:
    chosen = PriorityFit("1", PriorityKind.GOAL, "Chosen", 0.8, quoted("x", "y"))
    other = not_addressed("Other", PriorityKind.GOAL)
    assert unaddressed(match_of("o", 0.5, other, chosen)) == ()
    assert unaddressed(match_of("o", 0.5, other)) == ("Other",)
