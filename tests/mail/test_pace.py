import time

import pytest

from matcher.mail.pace import Pace


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits, on a clock that only they move."""
    now, waits = [100.0], []

    def sleep(seconds: float) -> None:
        waits.append(round(seconds, 6))
        now[0] += seconds

    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(time, "sleep", sleep)
    return waits


def test_mails_are_spaced_evenly(slept: list[float]) -> None:
    pace = Pace(120)
    for _ in range(4):
        pace.wait()
    assert slept == [0.5, 0.5, 0.5]


def test_without_a_limit_none_waits(slept: list[float]) -> None:
    pace = Pace(0)
    for _ in range(4):
        pace.wait()
    assert slept == []
