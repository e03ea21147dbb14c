"""Thirty faults of every kind in every journey: nothing is lost, nothing is doubled, and each error explains itself."""

from pathlib import Path
from random import Random

from tests.faults.journeys import World, lay_in
from tests.faults.trials import Trials
from tests.faults.verdicts import Fault, Problem, Wrong

SEED, FAULTS = 9, 30


def test_faults_of_every_kind_lose_and_double_nothing(tmp_path: Path) -> None:
    lay_in(tmp_path / "stock")
    trials = Trials(tmp_path / "stock", tmp_path)
    verdicts = [trials.run(fault) for fault in trials.faults(Random(SEED), FAULTS)]  # noqa: S311
    assert [verdict.line for verdict in verdicts if verdict.problems] == []
    assert {verdict.fault.kind for verdict in verdicts} >= {"killed", "disk full", "read-only", "busy"}
    assert {verdict.ended for verdict in verdicts} >= {"it was killed", "it said why it stopped"}


def test_a_journey_that_is_not_made_again_after_a_kill_is_seen_as_lost(tmp_path: Path) -> None:
    class Forgetful(Trials):
        def _again(self, world: World, journey: str) -> None:
            """Leave what was broken off as it is."""

    lay_in(tmp_path / "stock")
    (*_, last) = Forgetful(tmp_path / "stock", tmp_path).run(Fault("killed", "digest", at=2)).problems
    assert last == Problem(Wrong.LOST, "cy@example.org got no mail")
