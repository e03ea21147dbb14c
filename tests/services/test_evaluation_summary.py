"""What several evaluations say together."""

import json

import numpy as np
import pytest

from matcher.services.evaluate import Evaluation, Measured
from matcher.services.evaluation_summary import as_json, best_baseline, means, ratio_to_one_vector
from matcher.services.measures import MEASURES


def evaluation(name: str, **values: list[float]) -> Evaluation:
    """Return an evaluation whose systems have the same values on every measure."""
    systems = tuple(
        Measured(system.replace("_", "-"), {measure: np.array(own) for measure in MEASURES})
        for system, own in values.items()
    )
    judged = len(next(iter(values.values())))
    return Evaluation(name, proposals=9, judged=judged, opportunities=5, systems=systems)


ONE = evaluation("one", matcher=[0.8, 0.6], one_vector=[0.4, 0.4], bm25=[0.3, 0.5])
OTHER = evaluation("other", matcher=[0.5] * 10, one_vector=[0.2] * 10, bm25=[0.6] * 10)
UNJUDGED = evaluation("unjudged", matcher=[], one_vector=[], bm25=[])


def test_each_benchmark_counts_the_same_and_those_without_judgements_do_not() -> None:
    found = means([ONE, OTHER, UNJUDGED])
    assert {system: own["nDCG@10"] for system, own in found.items()} == {
        "matcher": pytest.approx(0.6), "one-vector": pytest.approx(0.3), "bm25": pytest.approx(0.5)
    }  # fmt: skip


def test_the_ratio_is_that_of_the_means() -> None:
    assert ratio_to_one_vector(means([ONE, OTHER])) == {name: pytest.approx(2.0) for name in MEASURES}
    assert ratio_to_one_vector(means([evaluation("alone", matcher=[0.5])])) is None
    assert ratio_to_one_vector(means([evaluation("zero", matcher=[0.5], one_vector=[0.0])])) == {}


def test_the_best_baseline_is_the_one_with_the_best_mean_and_the_difference_may_be_negative() -> None:
    lead = best_baseline(OTHER)
    assert lead is not None
    assert lead.baseline == "bm25"
    found = lead.differences["nDCG@10"]
    assert (found.mean, found.low, found.high) == (pytest.approx(-0.1), pytest.approx(-0.1), pytest.approx(-0.1))


def test_a_difference_is_paired_so_that_easy_and_hard_queries_do_not_blur_it() -> None:
    easy_and_hard = [0.1, 0.9] * 20
    ahead = [value + 0.05 for value in easy_and_hard]
    lead = best_baseline(evaluation("paired", matcher=ahead, bm25=easy_and_hard))
    assert lead is not None
    assert lead.differences["RR"].low == pytest.approx(0.05)


def test_there_is_no_best_baseline_without_baselines_or_judgements() -> None:
    assert best_baseline(evaluation("alone", matcher=[0.5])) is None
    assert best_baseline(UNJUDGED) is None


def test_the_json_holds_every_figure() -> None:
    found = json.loads(json.dumps(as_json([ONE, UNJUDGED], "1-abc")))
    assert found["fingerprint"] == "1-abc"
    one, unjudged = found["benchmarks"]
    assert one["measures"]["RR"].keys() == {"mean", "low", "high"}
    assert one["baselines"].keys() == {"one-vector", "bm25"}
    assert one["best_baseline"]["baseline"] == "one-vector"
    assert (unjudged["judged"], unjudged["measures"], unjudged["best_baseline"]) == (0, {}, None)
    assert found["means"]["matcher"]["RR"] == pytest.approx(0.7)
    assert found["ratio_to_one_vector"]["RR"] == pytest.approx(0.7 / 0.4)
