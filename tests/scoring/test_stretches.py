"""Stretches of rows, each reduced to one row."""

import numpy as np
import pytest

from matcher.scoring.stretches import Stretches

MATRIX = np.array([[1, 9], [5, 2], [5, 3], [4, 9], [0, 0]], dtype=np.float64)


def test_stretches_of_any_length_and_order_are_reduced_row_after_row() -> None:
    stretches = Stretches([2, 0, 1], [3, 4, 3])
    assert stretches.reduced(np.maximum, MATRIX).tolist() == [[5, 3], [5, 9], [5, 3]]
    assert stretches.reduced(np.add, MATRIX).tolist() == [[5, 3], [15, 23], [10, 5]]


def test_of_equal_values_the_first_is_the_highest() -> None:
    assert Stretches([0, 3], [4, 5]).places_of_highest(MATRIX).tolist() == [[1, 0], [3, 3]]


@pytest.mark.parametrize("columns", [0, 2])
def test_no_stretches_come_to_nothing(columns: int) -> None:
    assert Stretches([], []).reduced(np.add, MATRIX[:, :columns]).shape == (0, columns)
