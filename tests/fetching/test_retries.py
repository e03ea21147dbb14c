from datetime import UTC, datetime, timedelta

import pytest

from matcher.fetching.connection import Deadline
from matcher.fetching.errors import FetchDeferred
from matcher.fetching.limits import Clock, Limits
from matcher.fetching.politeness import Politeness
from matcher.fetching.retries import Retries, retry_after

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class Time:
    """A clock that moves only when someone waits."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds += seconds

    def clock(self) -> Clock:
        return Clock(lambda: self.seconds, lambda: NOW + timedelta(seconds=self.seconds), self.sleep)


def failing(times: int, again_in: float | None = None) -> list[FetchDeferred]:
    again_at = None if again_in is None else NOW + timedelta(seconds=again_in)
    return [FetchDeferred("busy", again_at=again_at) for _ in range(times)]


def run(time: Time, failures: list[FetchDeferred], limits: Limits) -> str:
    def attempt() -> str:
        if failures:
            raise failures.pop()
        return "done"

    clock = time.clock()
    retries = Retries(limits, clock, lambda low, high: high)
    return retries.run(attempt, Deadline(clock, limits.total_seconds))


def test_waits_double_up_to_the_longest() -> None:
    time = Time()
    assert run(time, failing(4), Limits(first_wait_seconds=1, longest_wait_seconds=4)) == "done"
    assert time.waits == [1, 2, 4, 4]


def test_jitter_spreads_a_wait_over_its_upper_half() -> None:
    asked: list[tuple[float, float]] = []
    clock = Time().clock()

    def jitter(low: float, high: float) -> float:
        asked.append((low, high))
        return low

    failures = failing(2)

    def attempt() -> None:
        if failures:
            raise failures.pop()

    Retries(Limits(first_wait_seconds=2), clock, jitter).run(attempt, Deadline(clock, 100))
    assert asked == [(1, 2), (2, 4)]


def test_the_last_attempt_is_the_last() -> None:
    time = Time()
    with pytest.raises(FetchDeferred, match="busy"):
        run(time, failing(3), Limits(attempts=3))
    assert len(time.waits) == 2


def test_a_source_is_tried_again_when_it_says() -> None:
    time = Time()
    assert run(time, failing(1, again_in=90), Limits()) == "done"
    assert time.waits == [90]


def test_a_source_that_asks_for_hours_is_left_until_then() -> None:
    time = Time()
    with pytest.raises(FetchDeferred) as raised:
        run(time, failing(1, again_in=7200), Limits())
    assert raised.value.again_at == NOW + timedelta(hours=2)
    assert time.waits == []


def test_no_wait_outlasts_the_fetch() -> None:
    time = Time()
    with pytest.raises(FetchDeferred):
        run(time, failing(5), Limits(total_seconds=10, first_wait_seconds=4))
    assert time.waits == [4]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("Mon, 23 Nov 2026 08:05:00 GMT", 300),
        ("Mon, 23 Nov 2026 07:00:00 GMT", 0),
        ("99999999999999999999", 366 * 86400),
    ],
)
def test_retry_after_is_read_in_both_forms(value: str, seconds: float) -> None:
    assert retry_after(value, NOW) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize("value", [None, "", "soon", "-5", "²"])
def test_an_unreadable_retry_after_says_nothing(value: str | None) -> None:
    assert retry_after(value, NOW) is None


def test_requests_to_one_host_stand_apart_and_others_do_not_wait() -> None:
    time = Time()
    politeness = Politeness(2, time.clock())
    for host in ("a.example", "b.example", "a.example", "a.example"):
        politeness.wait_turn(host)
    assert time.waits == [2, 2]


def test_a_bound_must_be_positive() -> None:
    with pytest.raises(ValueError, match="stall_seconds must be positive, not 0"):
        Limits(stall_seconds=0)
