from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.schedule import Schedule, time_zone
from matcher.errors import InputRejected

PACIFIC = "America/Los_Angeles"
SUNDAY = 6
HOUR = timedelta(hours=1)
ZONES = st.sampled_from([PACIFIC, "Europe/London", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "UTC"])
SCHEDULES = st.builds(Schedule, st.integers(0, 6), st.integers(0, 23), ZONES)
MOMENTS = st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "now", "week", "moment"),
    [
        (Schedule(), at(2026, 2, 2, 8), "2026-W06", at(2026, 2, 2, 8)),
        (Schedule(), at(2026, 2, 2, 7, 59), "2026-W05", at(2026, 1, 26, 8)),
        (Schedule(), at(2026, 2, 8, 23, 59), "2026-W06", at(2026, 2, 2, 8)),
        (Schedule(0, 8, PACIFIC), at(2026, 2, 2, 16), "2026-W06", at(2026, 2, 2, 16)),
        (Schedule(SUNDAY, 23, PACIFIC), at(2026, 2, 9, 7), "2026-W06", at(2026, 2, 9, 7)),
        (Schedule(4), at(2027, 1, 1, 9), "2026-W53", at(2027, 1, 1, 8)),
        (Schedule(SUNDAY, 2, PACIFIC), at(2026, 3, 8, 12), "2026-W10", at(2026, 3, 8, 10)),
        (Schedule(SUNDAY, 1, PACIFIC), at(2026, 11, 1, 12), "2026-W44", at(2026, 11, 1, 8)),
    ],
    ids=["on the hour", "before it", "to the week's end", "local", "local week", "week 53", "left out", "twice"],
)
def test_the_latest_occasion_is_in_local_time(schedule: Schedule, now: datetime, week: str, moment: datetime) -> None:
    found = schedule.latest(now)
    assert (found.week, found.at) == (week, moment)


@given(SCHEDULES, MOMENTS)
def test_occasions_lie_around_every_moment_one_a_week(schedule: Schedule, now: datetime) -> None:
    latest, following = schedule.latest(now), schedule.next(now)
    assert latest.at <= now < following.at
    assert latest.next_week == following.week
    assert timedelta(days=6) < following.at - latest.at < timedelta(days=8)
    assert schedule.latest(following.at) == following
    assert schedule.latest(following.at - timedelta(microseconds=1)) == latest


def test_the_reader_s_calendar_decides_the_date() -> None:
    assert str(Schedule(time_zone="Pacific/Auckland").local_date(at(2026, 11, 22, 12))) == "2026-11-23"


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "a\x00b", "America"])
def test_an_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(InputRejected, match="IANA time zone"):
        time_zone(name)
