"""Similarities of one proposal with many targets."""

import numpy as np
import pytest

from matcher.scoring.queries import Queries, Query
from matcher.scoring.similarity import Target, TargetIndex, unit
from matcher.scoring.terms import spread, term_weights

ROWS = np.eye(4, dtype=np.float32)
TERMS = term_weights("")


def query(*vectors: list[float]) -> Query:
    return Query(unit(np.array(vectors, dtype=np.float32)), TERMS)


def test_the_best_pair_the_mean_and_the_terms_are_measured_for_each_target() -> None:
    target = term_weights("a garden at the old harbor where neighbors grow beans, squash, herbs and tomatoes together")
    index = TargetIndex(ROWS, [Target(0, 2, target), Target(2, 4, TERMS)])
    passages = Query(np.array([[1, 0, 0, 0], [0, 0, 0.6, 0.8]], dtype=np.float32), term_weights("gardens"))
    found = index.similarities(Queries([passages]))
    assert found.shape == (3, 2, 1)
    assert found[0, :, 0] == pytest.approx([0.5, 0.4])
    mean = unit(passages.vectors.mean(axis=0, keepdims=True))[0]
    assert found[1, :, 0] == pytest.approx([(mean[0] + mean[1]) / 2**0.5, (mean[2] + mean[3]) / 2**0.5])
    cosine = index.terms.similarities([passages.terms])[0, 0]
    assert found[2, :, 0] == pytest.approx([(cosine / spread(passages.terms)) ** 1.5, 0])


def test_the_same_cosine_of_words_counts_more_for_a_query_of_special_words() -> None:
    target = term_weights("almonds, gardens, orchards, rivers, harbors and mountains, each with a guide and a map")
    index = TargetIndex(ROWS, [Target(0, 1, target)])
    special, common = (
        Query(ROWS[:1], term_weights(words)) for words in ("almond growers", "gardens for people in the community")
    )
    cosines = index.terms.similarities([special.terms, common.terms])[0]
    queries = Queries([special, common])
    found = queries.in_order(index.similarities(queries))[2, 0]
    assert found[0] / found[1] > (cosines[0] / cosines[1]) ** 1.5


def test_a_few_words_that_are_all_of_a_target_count_no_more_than_much_agreement() -> None:
    words = term_weights("almond growers")
    index = TargetIndex(ROWS, [Target(0, 1, words), Target(0, 1, term_weights("almond growers and bees"))])
    found = index.similarities(Queries([Query(ROWS[:1], words)]))[2, :, 0]
    assert found[0] == found[1]


def test_the_three_closest_passages_count_and_further_ones_do_not() -> None:
    index = TargetIndex(ROWS, [Target(0, 1, TERMS)])
    passages = query([1, 0, 0, 0], [0.8, 0.6, 0, 0], [0.6, 0.8, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0])
    found = index.similarities(Queries([passages]))
    assert found[0, 0, 0] == pytest.approx((1 + 0.8 + 0.6) / 3, abs=1e-6)


def test_targets_may_leave_rows_out_and_come_in_any_order_and_length() -> None:
    index = TargetIndex(ROWS, [Target(3, 4, TERMS), Target(0, 3, TERMS), Target(1, 2, TERMS)])
    found = index.similarities(Queries([query([0.6, 0.8, 0, 0])]))
    assert found[0, :, 0] == pytest.approx([0, 0.8, 0.8])


def test_queries_of_different_lengths_are_compared_at_once_in_the_order_given() -> None:
    index = TargetIndex(ROWS, [Target(0, 1, TERMS)])
    queries = Queries([query([1, 0, 0, 0]), query([0.6, 0.8, 0, 0], [0, 1, 0, 0]), query(*[[0.8, 0.6, 0, 0]] * 4)])
    assert queries.in_order(index.similarities(queries))[0, 0] == pytest.approx([1, 0.3, 0.8])


def test_an_index_of_nothing_gives_nothing() -> None:
    assert TargetIndex(ROWS, []).similarities(Queries([query([1, 0, 0, 0])])).shape == (3, 0, 1)


def test_a_target_that_reaches_too_far_is_refused() -> None:
    with pytest.raises(ValueError, match="within the 4 rows"):
        TargetIndex(ROWS, [Target(3, 5, TERMS)])


def test_a_proposal_without_passages_is_refused_with_its_shape() -> None:
    with pytest.raises(ValueError, match=r"\(0, 4\)"):
        Query(np.empty((0, 4), dtype=np.float32), TERMS)


def test_no_query_is_no_comparison() -> None:
    with pytest.raises(ValueError, match="no query"):
        Queries([])
