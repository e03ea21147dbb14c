"""Similarities of one proposal with many targets."""

import numpy as np
import pytest

from matcher.scoring.similarity import Query, Target, TargetIndex, unit
from matcher.scoring.terms import term_weights

ROWS = np.eye(4, dtype=np.float32)
TERMS = term_weights("")


def query(*vectors: list[float]) -> Query:
    return Query(unit(np.array(vectors, dtype=np.float32)), TERMS)


def test_the_best_pair_the_mean_and_the_terms_are_measured_for_each_target() -> None:
    index = TargetIndex(ROWS, [Target(0, 2, term_weights("garden")), Target(2, 4, TERMS)])
    passages = Query(np.array([[1, 0, 0, 0], [0, 0, 0.6, 0.8]], dtype=np.float32), term_weights("gardens"))
    found = index.similarities(passages, passages.vectors @ ROWS.T)
    assert found.shape == (2, 3)
    assert found[:, 0] == pytest.approx([0.5, 0.4])
    mean = unit(passages.vectors.mean(axis=0, keepdims=True))[0]
    assert found[:, 1] == pytest.approx([(mean[0] + mean[1]) / 2**0.5, (mean[2] + mean[3]) / 2**0.5])
    assert found[:, 2] == pytest.approx([1, 0])


def test_the_three_closest_passages_count_and_further_ones_do_not() -> None:
    index = TargetIndex(ROWS, [Target(0, 1, TERMS)])
    passages = query([1, 0, 0, 0], [0.8, 0.6, 0, 0], [0.6, 0.8, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0])
    found = index.similarities(passages, passages.vectors @ ROWS.T)
    assert found[0, 0] == pytest.approx((1 + 0.8 + 0.6) / 3, abs=1e-6)


def test_targets_may_leave_rows_out_between_them_and_at_the_end() -> None:
    index = TargetIndex(ROWS, [Target(0, 1, TERMS), Target(2, 3, TERMS)])
    assert index.best(np.array([[0.1, 0.9, 0.3, 0.9]], dtype=np.float32)).tolist() == [
        [pytest.approx(0.1), pytest.approx(0.3)]
    ]


def test_an_index_of_nothing_gives_nothing() -> None:
    one = query([1, 0, 0, 0])
    assert TargetIndex(ROWS, []).similarities(one, one.vectors @ ROWS.T).shape == (0, 3)


@pytest.mark.parametrize("targets", [[Target(0, 3, TERMS), Target(2, 4, TERMS)], [Target(3, 5, TERMS)]])
def test_targets_that_overlap_or_reach_too_far_are_refused(targets: list[Target]) -> None:
    with pytest.raises(ValueError, match="within the 4 rows"):
        TargetIndex(ROWS, targets)


def test_a_proposal_without_passages_is_refused_with_its_shape() -> None:
    with pytest.raises(ValueError, match=r"\(0, 4\)"):
        Query(np.empty((0, 4), dtype=np.float32), TERMS)
