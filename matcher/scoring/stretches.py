"""Stretches of rows, each reduced to one row."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Stretches:
    """Stretches of rows of a matrix, none of them empty.

    The first rows of all stretches are taken together, then the second ones of those that have any, and so on: a tenth
    of what `ufunc.reduceat` takes, which begins anew at each stretch, for stretches are short and many.

    Args:
        starts: The first row of each: int64 [stretches].
        ends: The row after its last: int64 [stretches].
    """

    def __init__(self, starts: Sequence[int] | NDArray[np.int64], ends: Sequence[int] | NDArray[np.int64]) -> None:
        self.starts = np.asarray(starts, dtype=np.int64)
        self.lengths = np.asarray(ends, dtype=np.int64) - self.starts
        order = np.argsort(-self.lengths, kind="stable")
        self._places = np.argsort(order, kind="stable")
        self._firsts = self.starts[order]
        longest = int(self.lengths.max(initial=0))
        self._reaching = np.searchsorted(-self.lengths[order], -np.arange(longest), side="left").tolist()

    def __len__(self) -> int:
        return len(self.starts)

    def reduced(self, ufunc: np.ufunc, matrix: NDArray[Any]) -> NDArray[Any]:
        """Return each stretch reduced by `ufunc`, row after row: [rows, n] to [stretches, n]."""
        return self.in_order(self.reduced_longest_first(ufunc, matrix))

    def reduced_longest_first(self, ufunc: np.ufunc, matrix: NDArray[Any]) -> NDArray[Any]:
        """Return the same, the longest stretch first; `in_order` puts what is made of it in order."""
        found = matrix[self._firsts]
        for row, count in enumerate(self._reaching[1:], start=1):
            ufunc(found[:count], matrix[self._firsts[:count] + row], out=found[:count])
        return found

    def in_order(self, reduced: NDArray[Any]) -> NDArray[Any]:
        """Return the rows of what was reduced in the order of the stretches."""
        return np.asarray(reduced[self._places])

    def places_of_highest(self, matrix: NDArray[Any]) -> NDArray[np.int64]:
        """Return the row of the highest value of each stretch and column, of equals the first: int64 [stretches, n]."""
        highest = matrix[self._firsts]
        places = np.repeat(self._firsts[:, np.newaxis], matrix.shape[1], axis=1)
        for row, count in enumerate(self._reaching[1:], start=1):
            here = self._firsts[:count] + row
            is_higher = matrix[here] > highest[:count]
            np.maximum(highest[:count], matrix[here], out=highest[:count])
            np.copyto(places[:count], here[:, np.newaxis], where=is_higher)
        return self.in_order(places)
