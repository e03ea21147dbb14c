"""When two records are the same notice, and above all when they are not."""

from dataclasses import replace

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import KeyDate, Opportunity
from matcher.domain.source import JoinReason
from matcher.domain.vocabulary import OpportunityStatus
from matcher.services.identity import are_stages_of_one, number_key, sameness, title_key

TEXT = " ".join(
    f"Paragraph {number} tells how the applicant cares for river bank number {number} with its neighbors."
    for number in range(12)
)
MARCH, APRIL = (KeyDate("application", PartialDate(month, 1, 2027)) for month in (3, 4))
FUND = Opportunity(
    "a",
    "River Bank Restoration Fund",
    TEXT,
    agency_name="U.S. Department of Rivers",
    opportunity_number="DOR-27-014",
    key_dates=(MARCH,),
)
UNNUMBERED = replace(FUND, opportunity_id="b", opportunity_number=None)


def reason(record: Opportunity, other: Opportunity = FUND) -> JoinReason | None:
    """Return why the two are one; it must not matter which one came first."""
    one, turned = sameness(record, other), sameness(other, record)
    assert (one is None) == (turned is None)
    return None if one is None else one[0]


def test_an_equal_number_of_an_equal_agency_joins_whatever_the_spelling_and_the_text() -> None:
    record = Opportunity("b", "Rivers", "Short.", agency_name="Department of Rivers", opportunity_number="dor 27 014")
    why = sameness(record, FUND)
    assert why == (JoinReason.NUMBER, "the same opportunity number, DOR-27-014, of the same agency")
    assert reason(record) is JoinReason.NUMBER


@pytest.mark.parametrize("agency", ["Office of Lakes", None])
def test_an_equal_number_of_another_or_an_unknown_agency_does_not(agency: str | None) -> None:
    assert reason(Opportunity("b", "Rivers", "Short.", agency_name=agency, opportunity_number="DOR-27-014")) is None


def test_the_code_of_an_office_agrees_with_that_of_its_department() -> None:
    above, below = replace(FUND, agency_code="DOR"), replace(FUND, agency_name="Bank Office", agency_code="DOR-BO")
    assert reason(replace(below, title="Banks", text=""), above) is JoinReason.NUMBER


def test_a_number_that_could_be_anybodys_tells_nothing() -> None:
    assert [number_key(replace(FUND, opportunity_number=number)) for number in ("1", "n/a", "TBD-TBD", None)] == [
        None
    ] * 4


def test_an_equal_title_and_nearly_equal_words_join() -> None:
    assert reason(replace(UNNUMBERED, title="River bank restoration fund.")) is JoinReason.TEXT
    assert reason(replace(UNNUMBERED, text=TEXT[:500])) is JoinReason.TEXT


@pytest.mark.parametrize(
    "changed",
    [
        {"opportunity_number": "DOR-26-014"},
        {"key_dates": (APRIL,)},
        {"agency_name": "Office of Lakes"},
        {"title": "River Bank Restoration"},
        {"text": TEXT.replace("applicant", "district").replace("neighbors", "engineers")},
        {"text": TEXT[:90]},
    ],
    ids=str,
)
def test_last_years_call_and_everything_else_that_speaks_against_it_does_not(changed: dict[str, object]) -> None:
    assert reason(replace(UNNUMBERED, **changed)) is None


def test_one_common_deadline_is_enough_to_agree() -> None:
    assert reason(replace(UNNUMBERED, key_dates=(MARCH, APRIL))) is JoinReason.TEXT


def test_a_title_of_two_words_tells_nothing() -> None:
    assert title_key(replace(FUND, title="Small Grants")) is None


def test_only_a_forecast_and_what_it_became_are_stages_of_one() -> None:
    forecast = replace(FUND, status=OpportunityStatus.FORECASTED)
    assert are_stages_of_one(forecast, FUND)
    assert not are_stages_of_one(FUND, FUND)
    assert not are_stages_of_one(forecast, forecast)
