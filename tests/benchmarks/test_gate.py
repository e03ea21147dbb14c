"""The quality gate: what it measures, when it closes, and that it is open."""

import importlib.util
import json
from datetime import date
from types import ModuleType

import pytest

from matcher.bootstrap import Context
from matcher.services.beir import Benchmark
from tests.conftest import CHECKOUT

FOLDER = CHECKOUT / "benchmarks" / "quality"


@pytest.fixture(scope="module")
def gate() -> ModuleType:
    """Load the script, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("gate", FOLDER / "gate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def sets(gate: ModuleType) -> list[Benchmark]:
    return gate.sets()


def accepted(first: float, second: float) -> dict[str, dict[str, float]]:
    return {"notices": {"nDCG@10": first, "RR": 0.9}, "challenge": {"nDCG@10": second, "RR": 0.9}}


def test_every_proposal_is_judged_with_opportunities_that_exist(sets: list[Benchmark]) -> None:
    for benchmark in sets:
        known = {opportunity.opportunity_id for opportunity in benchmark.opportunities}
        assert benchmark.judgements.keys() == benchmark.proposals.keys()
        for grades in benchmark.judgements.values():
            assert grades.keys() <= known
            assert any(grades.values())


def test_the_challenge_is_short_proposals_and_every_priority_is_somebodys(sets: list[Benchmark]) -> None:
    _, challenge = sets
    assert (len(challenge.proposals), len(challenge.opportunities)) == (30, 26)
    assert all(120 <= len(proposal.text.split()) <= 250 for proposal in challenge.proposals.values())
    assert all(1 <= len(grades) <= 4 for grades in challenge.judgements.values())
    named = {priority for grades in challenge.judgements.values() for priority in grades}
    assert named == {opportunity.opportunity_id for opportunity in challenge.opportunities}


def test_the_gate_stays_open_within_the_allowance_and_for_every_gain(gate: ModuleType) -> None:
    assert gate.losses(accepted(0.8, 0.6), accepted(0.8, 0.6)) == []
    assert gate.losses(accepted(0.8, 0.6), accepted(0.9, 0.7)) == []
    assert gate.losses(accepted(0.8, 0.6), accepted(0.775, 0.607)) == []


def test_the_gate_closes_when_the_mean_falls_by_more_than_a_point(gate: ModuleType) -> None:
    assert gate.losses(accepted(0.8, 0.6), accepted(0.785, 0.59)) == [
        "nDCG@10 of the mean fell from 0.7000 to 0.6875, by more than 0.01"
    ]


def test_the_gate_closes_when_one_set_falls_by_more_than_three_points(gate: ModuleType) -> None:
    assert gate.losses(accepted(0.8, 0.6), accepted(0.84, 0.565)) == [
        "nDCG@10 of challenge fell from 0.6000 to 0.5650, by more than 0.03"
    ]


def test_the_gate_closes_when_the_sets_are_not_those_that_were_accepted(gate: ModuleType) -> None:
    (sentence,) = gate.losses({"notices": accepted(0.8, 0.6)["notices"]}, accepted(0.8, 0.6))
    assert "--accept" in sentence


def test_the_accepted_figures_say_what_they_are_of(gate: ModuleType, sets: list[Benchmark]) -> None:
    record = json.loads(gate.ACCEPTED.read_text(encoding="utf-8"))
    assert date.fromisoformat(record["accepted_on"])
    assert record["fingerprint"]
    assert record["sets"].keys() == {benchmark.name for benchmark in sets}


def test_every_set_is_ranked_and_measured(gate: ModuleType, house: Context) -> None:
    found = gate.figures(house.scorer)
    assert found.keys() == {"notices", "challenge"}
    # words alone find something, and far from everything
    assert all(0.1 < own["nDCG@10"] < 0.9 for own in found.values())


@pytest.mark.slow
def test_the_ranking_is_not_worse_than_what_was_accepted(gate: ModuleType) -> None:
    found, _ = gate.measure_now()
    record = json.loads(gate.ACCEPTED.read_text(encoding="utf-8"))
    assert gate.losses(record["sets"], found) == []
