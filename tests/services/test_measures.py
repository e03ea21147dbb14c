"""Measures by query, and means with their intervals."""

import numpy as np
import pytest

from matcher.services.measures import estimate, per_query


def test_the_measures_fall_when_the_right_answer_comes_second() -> None:
    found = per_query({"q": [("wrong", 2.0), ("right", 1.0)]}, {"q": {"right": 1, "wrong": 0}})
    assert found["RR"] == {"q": pytest.approx(0.5)}
    assert found["nDCG@10"] == {"q": pytest.approx(1 / np.log2(3), abs=1e-6)}


def test_gain_is_binary() -> None:
    run = {"q": [("good", 2.0), ("better", 1.0)]}
    assert per_query(run, {"q": {"good": 1, "better": 3}})["nDCG@10"] == {"q": 1.0}


def test_recall_counts_what_was_found_within_its_depth() -> None:
    run = {"q": [(f"d{place:02}", -float(place)) for place in range(60)]}
    found = per_query(run, {"q": {"d05": 1, "d20": 1, "d55": 1, "absent": 1}})
    assert (found["R@10"]["q"], found["R@50"]["q"]) == (pytest.approx(0.25), pytest.approx(0.5))


def test_a_query_without_judgements_is_not_measured() -> None:
    assert all(values == {} for values in per_query({"q": [("a", 1.0)]}, {}).values())


def test_the_interval_is_wide_for_few_queries_and_narrow_for_many() -> None:
    few, many = estimate(np.array([0.0, 1.0] * 5)), estimate(np.array([0.0, 1.0] * 500))
    assert few.low < many.low < 0.5 < many.high < few.high
    assert many.high - many.low == pytest.approx(4 * 0.5 / 1000**0.5, abs=0.01)
    assert estimate(np.full(9, 0.3)).low == pytest.approx(0.3)


def test_the_mean_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no query"):
        estimate(np.array([]))
