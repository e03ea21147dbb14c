"""Dates whose year may be unknown."""

from datetime import date

import pytest

from matcher.domain.dates import PartialDate


def test_a_date_without_a_year_is_no_calendar_date_and_says_so() -> None:
    day = PartialDate(10, 30)
    assert day.as_date() is None
    assert str(day) == "October 30, year not stated"


def test_a_complete_date_reads_as_a_person_writes_it() -> None:
    assert str(PartialDate.of(date(2012, 10, 30))) == "October 30, 2012"


@pytest.mark.parametrize(
    ("earliest", "expected"),
    [
        (date(2012, 8, 13), date(2012, 10, 30)),
        (date(2012, 10, 30), date(2012, 10, 30)),
        (date(2012, 11, 1), date(2013, 10, 30)),
    ],
)
def test_the_year_is_the_first_that_comes_no_earlier_than_publication(earliest: date, expected: date) -> None:
    assert PartialDate(10, 30).on_or_after(earliest).as_date() == expected


def test_a_stated_year_is_never_changed() -> None:
    assert PartialDate(10, 30, 2010).on_or_after(date(2012, 1, 1)) == PartialDate(10, 30, 2010)


def test_the_29th_of_february_waits_for_a_leap_year() -> None:
    assert PartialDate(2, 29).on_or_after(date(2097, 1, 1)).as_date() == date(2104, 2, 29)


@pytest.mark.parametrize(("month", "day", "year"), [(2, 30, None), (13, 1, None), (2, 29, 2023), (4, 31, 2024)])
def test_days_that_do_not_exist_are_refused(month: int, day: int, year: int | None) -> None:
    with pytest.raises(ValueError, match=r"day|month"):
        PartialDate(month, day, year)
