"""The deadline timeline: what lies ahead, in order, with the day to start."""

from datetime import date, timedelta

from matcher.web.pages.pictures.timeline import Due, deadline_timeline
from tests.web.pages.pictures.reading import marks, read, share, words

DAY = date(2026, 11, 22)
NEAR = Due("Near", date(2026, 12, 1), date(2026, 11, 10), "/opportunities/near")
FAR = Due("Far", date(2027, 2, 10), date(2027, 1, 4))


def test_the_nearest_deadline_comes_first_and_what_is_over_is_left_out() -> None:
    picture = deadline_timeline([FAR, Due("Over", DAY - timedelta(days=1), None), NEAR], DAY)
    assert [row.name for row in picture.table.rows] == ["Near", "Far"]
    assert picture.table.rows[0].values == ("December 1, 2026", "9 days left", "November 10, 2026")
    assert picture.table.rows[0].address == "/opportunities/near"
    assert picture.description == (
        "2 deadlines lie ahead of November 22, 2026. For 1 of them the day to start has passed. "
        "The next one, on December 1, 2026: Near"
    )


def test_days_stand_where_they_fall_between_today_and_the_end_of_the_last_month() -> None:
    picture = deadline_timeline([NEAR, FAR], DAY)
    [work] = marks(picture, "work")
    whole = (date(2027, 3, 1) - DAY).days
    assert share(work, "x") == round(100 * (date(2027, 1, 4) - DAY).days / whole, 2)
    assert round(share(work, "x") + share(work, "width"), 1) == round(100 * (FAR.day - DAY).days / whole, 1)
    assert [word for word in words(picture) if len(word) <= 8] == [
        "today",
        "Jan 2027",
        "Feb",
        "Near",
        "Dec 1",
        "Far",
        "Feb 10",
    ]


def test_the_first_month_of_a_year_that_has_room_tells_the_year() -> None:
    names = words(deadline_timeline([Due("Far", date(2027, 9, 1), None)], DAY))
    assert names[:5] == ["today", "Mar 2027", "May", "Jul", "Sep"]


def test_a_day_to_start_that_has_passed_is_marked_as_late() -> None:
    bar, dot = marks(deadline_timeline([NEAR], DAY), "late")
    assert (share(bar, "x"), dot.tag) == (0, "circle")
    assert [mark.tag for mark in marks(deadline_timeline([FAR], DAY), "late")] == []


def test_what_lies_beyond_a_year_stands_at_the_edge_with_its_year() -> None:
    picture = deadline_timeline([Due("Beyond", date(2029, 3, 4), None)], DAY)
    assert "Mar 4, 2029 →" in words(picture)
    assert max(share(dot, "cx") for dot in read(picture).iter("circle")) < 100
    assert picture.table.rows[0].values[-1] == "unknown"


def test_nothing_ahead_is_said() -> None:
    assert deadline_timeline([], DAY).description == "No dated deadline lies ahead of November 22, 2026."
