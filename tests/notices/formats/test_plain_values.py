from zoneinfo import ZoneInfo

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import SourceCode
from matcher.notices.formats.plain_values import (
    asks_for_match,
    calendar_day,
    epoch_day,
    says_rolling,
    source_codes,
    whole_amount,
)


@pytest.mark.parametrize(
    ("field", "amount"),
    [(5000, 5000), ("50000.50", 50_001), ("$1,000", 1000), (" 7 ", 7), (0.6, 1), ("1e3", 1000)],
)
def test_an_amount_is_whole_units(field: object, amount: int) -> None:
    assert whole_amount(field) == amount


@pytest.mark.parametrize("field", [None, True, 0, -5, "0.2", "", "none", "nan", float("inf"), 10**15, "1e999", [5]])
def test_zero_and_what_is_no_amount_are_unknown(field: object) -> None:
    assert whole_amount(field) is None


@pytest.mark.parametrize("field", ["2031-05-06", "2031-05-06 23:59:00", "2031-05-06T00:00:00.000+0200", " 2031-5-6"])
def test_a_time_counts_as_its_day(field: str) -> None:
    assert calendar_day(field) == PartialDate(5, 6, 2031)


@pytest.mark.parametrize(
    "field", ["9999-12-31", "1900-01-01", "2031-02-30", "August 2031", "2031-05-061", "", None, 20]
)
def test_placeholders_and_days_that_do_not_exist_are_unknown(field: object) -> None:
    assert calendar_day(field) is None


def test_a_number_of_milliseconds_is_a_day_of_its_zone() -> None:
    late_in_london = 1925076600000

    assert epoch_day(late_in_london, ZoneInfo("Europe/London")) == PartialDate(1, 1, 2031)
    assert epoch_day(late_in_london, ZoneInfo("Europe/Brussels")) == PartialDate(1, 2, 2031)


@pytest.mark.parametrize("field", [None, True, "1925161200000", 1e300, float("nan"), -(10**14), 0])
def test_what_is_no_moment_of_our_time_is_unknown(field: object) -> None:
    assert epoch_day(field, ZoneInfo("UTC")) is None


@pytest.mark.parametrize(
    "field", ["Ongoing", "On-going", "continuous ", "Always Open", "rolling basis", "Open Year Round"]
)
def test_words_for_any_time_are_known(field: str) -> None:
    assert says_rolling(field)


@pytest.mark.parametrize("field", ["Annual", "", "not on a rolling basis", "no longer ongoing"])
def test_other_words_promise_nothing(field: str) -> None:
    assert not says_rolling(field)


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        ("25%", True), ("0.5", True), ("1:1", True), ("Yes", True), ("20% local", True), ("1", True),
        ("Not Required", False), ("0%", False), ("No", False), ("Encouraged but not required", False),
        ("", None), ("Varies", None), ("Please refer to the guidelines", None),
    ],
)  # fmt: skip
def test_matching_funds_are_asked_for_or_not_or_not_said(field: str, answer: bool | None) -> None:
    assert asks_for_match(field) is answer


def test_codes_are_kept_once_and_only_where_there_are_any() -> None:
    assert source_codes(("status", "open"), ("type", ["a", "", "a", "b"]), ("none", "")) == (
        SourceCode("status", "open"),
        SourceCode("type", "a"),
        SourceCode("type", "b"),
    )
