"""The numbers of a matrix product depend on their pair of vectors alone."""

import numpy as np
import pytest

from matcher.scoring.products import Floats, products


@pytest.fixture(scope="module")
def vectors() -> Floats:
    drawn = np.random.default_rng(1).standard_normal((900, 384), dtype=np.float32)
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


@pytest.mark.parametrize("count", [1, 2, 3, 12, 16, 33])
@pytest.mark.parametrize("rows", [1, 2, 17, 511, 800])
def test_few_rows_and_few_vectors_give_the_numbers_of_many(vectors: Floats, rows: int, count: int) -> None:
    everything = products(vectors, vectors[:100])
    assert (products(vectors[:rows], vectors[:count]) == everything[:rows, :count]).all()


def test_products_are_those_of_the_pairs(vectors: Floats) -> None:
    expected = vectors[:5].astype(np.float64) @ vectors[7:9].astype(np.float64).T
    assert products(vectors[:5], vectors[7:9]) == pytest.approx(expected, abs=1e-6)
