"""Scoring that nobody waits for: each once, one after the other, and no failure stops the line."""

import threading

import pytest

from matcher.errors import InputRejected, NotFound, RetryLater
from matcher.web.calls import background
from matcher.web.calls.background import BackgroundScoring


def test_each_proposal_is_scored_once_and_in_turn() -> None:
    gate, scored = threading.Event(), []

    def score(proposal_id: str) -> None:
        gate.wait(5)
        scored.append(proposal_id)

    line = BackgroundScoring(score)
    for proposal_id in ("a", "b", "a", "b"):
        line.ask(proposal_id)
    gate.set()
    line.finish()
    assert scored == ["a", "b"]
    line.ask("a")
    line.finish()
    assert scored == ["a", "b", "a"]


def test_a_failure_is_told_and_the_next_is_scored() -> None:
    def score(proposal_id: str) -> None:
        if proposal_id == "bad":
            raise InputRejected("it cannot be read", source="bad")
        if proposal_id == "worse":
            raise ZeroDivisionError("words of a proposal")
        if proposal_id == "gone":
            raise NotFound("deleted")

    line = BackgroundScoring(score)
    for proposal_id in ("bad", "worse", "gone", "good"):
        line.ask(proposal_id)
    line.finish()
    assert line.failure("bad") == "bad: it cannot be read"
    assert "words of a proposal" not in str(line.failure("worse"))
    assert line.failure("gone") is line.failure("good") is None


def test_whoever_asks_again_is_given_another_chance() -> None:
    attempts: list[str] = []

    def score(proposal_id: str) -> None:
        attempts.append(proposal_id)
        if len(attempts) == 1:
            raise InputRejected("not yet")

    line = BackgroundScoring(score)
    line.ask("a")
    line.finish()
    line.ask("a")
    line.finish()
    assert line.failure("a") is None


def test_a_full_line_before_the_encoder_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_PATIENCE_SECONDS", 0.001)
    attempts: list[str] = []

    def score(proposal_id: str) -> None:
        attempts.append(proposal_id)
        if len(attempts) < 3:
            raise RetryLater("others are before you")

    line = BackgroundScoring(score)
    line.ask("a")
    line.finish()
    assert len(attempts) == 3
