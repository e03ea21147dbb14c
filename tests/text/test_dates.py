from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.dates import PartialDate
from matcher.text.dates import find_dates, writes_day_first


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("August 30", PartialDate(8, 30)),
        ("October 30, 2012", PartialDate(10, 30, 2012)),
        ("Oct. 30th, 2012", PartialDate(10, 30, 2012)),
        ("OCTOBER 30 2012", PartialDate(10, 30, 2012)),
        ("30 October 2012", PartialDate(10, 30, 2012)),
        ("30th of October", PartialDate(10, 30)),
        ("2012-10-30", PartialDate(10, 30, 2012)),
        ("10/30/2012", PartialDate(10, 30, 2012)),
        ("3/4/26", PartialDate(3, 4, 2026)),
        ("June 28th, 2024", PartialDate(6, 28, 2024)),
        ("Sept 5", PartialDate(9, 5)),
        ("May 5", PartialDate(5, 5)),
        ("February 29", PartialDate(2, 29)),
        ("October\n30,\n2012", PartialDate(10, 30, 2012)),
    ],
)
def test_a_day_is_read_with_the_year_that_it_states(words: str, day: PartialDate) -> None:
    text = f"It ends on {words}; be quick."

    (mention,) = find_dates(text)

    assert mention.day == day
    assert mention.span.of(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "you may 5 times apply",
        "we march 12 miles",
        "February 30",
        "February 29, 2023",
        "30/10/2012",
        "2012-13-01",
        "October 2012",
        "June 5,000 people",
        "May 5:00 pm",
        "mid-May 2024",
        "call 1-800-555-1234",
    ],
)
def test_what_is_no_day_gives_no_date(text: str) -> None:
    assert find_dates(text) == ()


def test_the_year_at_the_end_of_a_range_holds_for_its_beginning() -> None:
    days = [mention.day for mention in find_dates("from October 1 to November 5, 2012")]

    assert days == [PartialDate(10, 1, 2012), PartialDate(11, 5, 2012)]


def test_a_range_over_new_year_does_not_share_its_year() -> None:
    days = [mention.day for mention in find_dates("December 20 to January 5, 2025")]

    assert days == [PartialDate(12, 20), PartialDate(1, 5, 2025)]


def test_two_days_of_one_month_are_two_dates() -> None:
    days = [mention.day for mention in find_dates("October 30-31, 2012")]

    assert days == [PartialDate(10, 30, 2012), PartialDate(10, 31, 2012)]


def test_letters_that_only_look_like_a_month_are_not_taken_for_one() -> None:
    assert find_dates("ſeptember 5") == ()


@pytest.mark.parametrize("unit", [",", " ", "1", "1/", "2012-", "Oct 1 ", "Oct ", "may "])
def test_a_long_line_costs_seconds_not_minutes(unit: str) -> None:
    started = process_time()

    find_dates((unit * 200_000)[:200_000])

    assert process_time() - started < 10


@settings(deadline=None)
@given(st.text(alphabet="AugustMayOctober 0123456789,.-/thof\n", max_size=60))
def test_any_text_gives_dates_in_order(text: str) -> None:
    position = 0
    for mention in find_dates(text):
        assert position <= mention.span.start < mention.span.end <= len(text)
        position = mention.span.end


@pytest.mark.parametrize("words", ["November 1-15", "November 1 - 15", "November 1st – 15th"])
def test_the_first_day_of_a_span_ends_before_the_dash(words: str) -> None:
    first, last = find_dates(f"Open {words}, annually")

    assert (first.day, last.day) == (PartialDate(11, 1), PartialDate(11, 15))
    assert first.span.of(f"Open {words}, annually") in ("November 1", "November 1st")
    assert last.span.of(f"Open {words}, annually") in ("15", "15th")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Opens 30/04/2026, closes 06/10/2026", True),
        ("Opens 04/30/2026, closes 06/10/2026", False),
        ("Closes 06/10/2026", False),
        ("30/04/2026 here, 04/30/2026 there", False),
        ("No numbers, only May 5, 2026", False),
    ],
)
def test_a_document_whose_dates_allow_no_other_order_writes_the_day_first(text: str, answer: bool) -> None:
    assert writes_day_first(text) is answer


def test_numbers_are_read_in_the_order_of_their_document() -> None:
    (mention,) = find_dates("It closes on 06/10/2026.", day_first=True)

    assert mention.day == PartialDate(10, 6, 2026)
