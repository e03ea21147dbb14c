"""Which opportunities are wanted; what a notice does not say is told apart from what it refuses."""

from datetime import UTC, date, datetime

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import AwardTier, Eligibility, FundingRange, KeyDate, Opportunity
from matcher.domain.vocabulary import ApplicantType, OpportunityStatus
from matcher.services.opportunity_filter import Judgement, OpportunityFilter, OpportunityOrder, order_key
from matcher.store.records import StoredOpportunity

AS_OF = date(2026, 11, 22)
CHANGED = datetime(2026, 11, 20, 6, tzinfo=UTC)


def stored(
    name: str = "fund", closes: date | None = None, changed_at: datetime = CHANGED, **fields: object
) -> StoredOpportunity:
    dates = () if closes is None else (KeyDate("application", PartialDate.of(closes)),)
    found = Opportunity(name, name.title(), "Text.", key_dates=dates, **fields)  # type: ignore[arg-type]
    return StoredOpportunity(found, 1, "hash", "fund.yaml", changed_at, changed_at)


def judge(entry: StoredOpportunity, **conditions: object) -> Judgement:
    return OpportunityFilter(**conditions).on(AS_OF).judge(entry)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("funding", "expected"),
    [
        (FundingRange(10_000, 50_000), (True, True)),
        (FundingRange(10_000, 30_000), (False, True)),
        (FundingRange(60_000, 90_000), (True, False)),
        (FundingRange(award_floor=10_000), (None, True)),
        (FundingRange(award_ceiling=90_000), (True, None)),
        (FundingRange(), (None, None)),
        (FundingRange(10_000, 50_000, currency="EUR"), (None, None)),
        (
            FundingRange(tiers=(AwardTier(1, 40_000, None, None), AwardTier(2, 70_000, None, None))),
            (True, True),
        ),
    ],
)
def test_an_award_range_is_compared_by_its_ends_and_silence_stays_silence(
    funding: FundingRange, expected: tuple[Judgement, Judgement]
) -> None:
    entry = stored(funding=funding)
    assert (judge(entry, award_at_least=50_000), judge(entry, award_at_most=50_000)) == expected


def test_a_deadline_lies_in_the_range_or_is_not_stated_or_never_comes() -> None:
    closing = {"closes_after": date(2027, 1, 1), "closes_before": date(2027, 2, 1)}
    assert judge(stored(closes=date(2027, 1, 15)), **closing) is True
    assert judge(stored(closes=date(2027, 2, 2)), **closing) is False
    assert judge(stored(), **closing) is None
    rolling = stored(is_rolling=True)
    assert judge(rolling, closes_after=date(2030, 1, 1)) is True
    assert judge(rolling, closes_before=date(2030, 1, 1)) is False


def test_an_agency_is_meant_by_its_code_or_words_of_its_name() -> None:
    entry = stored(agency_name="Department of Education", agency_code="ED")
    for wanted, expected in {"ed": True, "of education": True, "Labor": False, "Depart": False, " ": False}.items():
        assert judge(entry, agencies=(wanted,)) is expected, wanted
    office = stored(agency_name="Department of Education, Office of Reading")
    assert judge(office, agencies=("Department of Education",)) is True
    assert judge(stored(), agencies=("ED",)) is None


@pytest.mark.parametrize(
    ("eligibility", "expected"),
    [
        (Eligibility((ApplicantType.INDIVIDUALS, ApplicantType.OTHER)), True),
        (Eligibility((ApplicantType.UNRESTRICTED,)), True),
        (Eligibility((ApplicantType.OTHER,)), False),
        (Eligibility((ApplicantType.INDIVIDUALS,), excluded_types=(ApplicantType.INDIVIDUALS,)), None),
        (Eligibility(excluded_types=(ApplicantType.INDIVIDUALS,)), False),
        (Eligibility(), None),
    ],
)
def test_an_opportunity_is_open_to_whom_it_names_and_does_not_refuse(
    eligibility: Eligibility, expected: Judgement
) -> None:
    entry = stored(eligibility=eligibility)
    assert judge(entry, applicant_types=frozenset({ApplicantType.INDIVIDUALS})) is expected


def test_the_conditions_that_do_not_hold_are_named() -> None:
    wanted = OpportunityFilter(categories=("education",), statuses=frozenset({OpportunityStatus.UNKNOWN}))
    assert wanted.on(AS_OF).unmet(stored()) == {"categories"}
    assert wanted.on(AS_OF).unmet(stored(funding_categories=("Education",))) == set()


def test_one_failed_condition_weighs_more_than_another_that_cannot_be_told() -> None:
    entry = stored(closes=date(2026, 1, 1))
    assert judge(entry, categories=("education",)) is None
    assert judge(entry, categories=("education",), statuses=frozenset({OpportunityStatus.POSTED})) is False


def test_what_changed_since_a_moment_is_told_to_the_second() -> None:
    assert judge(stored(), changed_since=CHANGED) is True
    assert judge(stored(), changed_since=CHANGED.replace(second=1)) is False


def test_each_order_has_what_matters_first_and_what_is_not_stated_last() -> None:
    entries = [
        stored("ahead", date(2027, 1, 1), funding=FundingRange(award_ceiling=5)),
        stored("later", date(2028, 1, 1), funding=FundingRange(award_ceiling=9)),
        stored("over", date(2026, 1, 1)),
        stored("silent", changed_at=CHANGED.replace(hour=7)),
    ]

    def names(order: OpportunityOrder) -> list[str]:
        return [entry.opportunity.opportunity_id for entry in sorted(entries, key=order_key(order, AS_OF))]

    assert names(OpportunityOrder.CLOSE_DATE) == ["ahead", "later", "over", "silent"]
    assert names(OpportunityOrder.AWARD_CEILING) == ["later", "ahead", "over", "silent"]
    assert names(OpportunityOrder.CHANGED_AT) == ["silent", "ahead", "later", "over"]
    assert names(OpportunityOrder.TITLE) == ["ahead", "later", "over", "silent"]
