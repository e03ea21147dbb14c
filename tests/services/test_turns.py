"""Jobs take turns: one at a time over all processes, later after a failure, and never kept waiting by a wrong clock."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from matcher.bootstrap import Context
from matcher.domain.mail import Lease
from matcher.services import turns
from matcher.services.turns import Turn, run_in_turn
from matcher.store.records import JobOutcome

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ALONE, SHARED = Turn("tidy", MINUTE), Turn("digest", MINUTE, is_shared=True)


def run(
    house: Context, turn: Turn = ALONE, after: timedelta = timedelta(0), work: object = None, **options: object
) -> object:
    counted = work or (lambda: {"done": 1})
    return run_in_turn(house.store, turn, counted, "me", lambda: NOW + after, **options)


def fail() -> dict[str, int]:
    raise ValueError("it broke")


def test_a_job_runs_when_it_is_due_and_leaves_a_row(house: Context) -> None:
    assert run(house) == {"done": 1}
    assert run(house, after=MINUTE / 2) is None
    assert run(house, after=MINUTE) == {"done": 1}
    assert [row.counts for row in house.store.jobs.recent(5)] == [{"done": 1}] * 2


def test_a_job_never_runs_beside_itself_unless_it_is_shared(house: Context) -> None:
    assert run(house, work=lambda: {"inner": int(run(house, is_forced=True) is not None)}) == {"inner": 0}
    assert run(house, SHARED, work=lambda: {"inner": int(run(house, SHARED) is not None)}) == {"inner": 1}


def test_a_forced_run_needs_not_be_due(house: Context) -> None:
    run(house)
    assert run(house, is_forced=True) == {"done": 1}


@pytest.mark.parametrize("turn", [ALONE, SHARED], ids=["alone", "shared"])
def test_a_failure_is_kept_and_puts_the_job_off_longer_each_time(house: Context, turn: Turn) -> None:
    after = timedelta(0)
    for failures, wait in ((1, 1), (2, 2), (3, 4)):
        with pytest.raises(ValueError, match="it broke"):
            run(house, turn, after, fail)
        (row,) = house.store.turns.all()
        assert (row.failures, row.due_at, row.error) == (failures, NOW + after + wait * MINUTE, "ValueError: it broke")
        assert run(house, turn, after + wait * MINUTE - timedelta(seconds=1)) is None
        after += wait * MINUTE
    assert house.store.jobs.recent(1)[0].outcome is JobOutcome.FAILED
    assert run(house, turn, after) == {"done": 1}
    assert house.store.turns.failures(turn.name) == 0


def test_the_wait_after_failures_is_bounded() -> None:
    assert ALONE.wait_after(50) == timedelta(hours=1)
    assert Turn("tidy", timedelta(days=1)).wait_after(50) == timedelta(days=1)


def test_a_long_job_keeps_its_lease(house: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    lease = timedelta(seconds=0.3)
    monkeypatch.setattr(turns, "_LEASE", lease)
    clock, renewed = [NOW], threading.Event()
    renew = house.store.turns.renew

    def watched(name: str, held: Lease) -> bool:
        is_held = renew(name, held)
        if held.taken_at > NOW:
            renewed.set()
        return is_held

    def work() -> dict[str, int]:
        clock[0] = NOW + lease * 0.9
        assert renewed.wait(60)
        after_the_first = NOW + lease * 1.5
        stolen = run_in_turn(house.store, ALONE, dict, "thief", lambda: after_the_first, is_forced=True)
        return {"stolen": int(stolen is not None)}

    monkeypatch.setattr(house.store.turns, "renew", watched)
    assert run_in_turn(house.store, ALONE, work, "me", lambda: clock[0]) == {"stolen": 0}
