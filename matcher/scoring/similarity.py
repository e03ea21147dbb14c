"""Similarities of one proposal with many targets, in one matrix product.

A target is what a proposal is compared with: an opportunity as a whole, one of its priorities, or one element of a
priority. Its rows are the vectors of its texts; the targets of an index stand one behind the other in one matrix.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.scoring.terms import TermIndex, TermWeights

Floats = NDArray[np.float32]

SIMILARITIES = ("best_passages", "mean", "lexical")
"""The columns of `TargetIndex.similarities`: the mean over the three passages that come closest to a row of the target
(sums over the top blocks beat single ones: arXiv 2501.17039); the cosine of the mean vectors; the TF-IDF cosine of the
full texts."""

_BEST_PASSAGES = 3
_TARGETS_AT_ONCE = 4096
_LEAST_LENGTH = 1e-12


@dataclass(frozen=True, slots=True)
class Target:
    """One target: rows `start` to `end` of the matrix it stands in, and its terms."""

    start: int
    end: int
    terms: TermWeights

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a target needs at least one row, not rows {self.start} to {self.end}")


@dataclass(frozen=True, slots=True)
class Query:
    """A document to compare with targets: passage vectors (float32 [passages, dimensions], unit length) and terms."""

    vectors: Floats
    terms: TermWeights

    def __post_init__(self) -> None:
        if self.vectors.ndim != 2 or not len(self.vectors):
            raise ValueError(f"a query needs passage vectors [passages, dimensions], not {self.vectors.shape}")


class TargetIndex:
    """Targets that share one matrix of rows (float32 [rows, dimensions], unit length) and do not overlap in it.

    Raises:
        ValueError: The targets overlap, are out of order or reach beyond the rows.
    """

    def __init__(self, rows: Floats, targets: Sequence[Target]) -> None:
        self._starts = np.array([target.start for target in targets], dtype=np.int64)
        self._ends = np.array([target.end for target in targets], dtype=np.int64)
        if len(targets) and (self._ends[-1] > len(rows) or (self._starts[1:] < self._ends[:-1]).any()):
            raise ValueError(f"targets must follow one another within the {len(rows)} rows")
        self._rows = rows
        self._terms = TermIndex([target.terms for target in targets])
        blocks = range(0, len(targets), _TARGETS_AT_ONCE)
        lengths = [np.linalg.norm(self._sums(first, first + _TARGETS_AT_ONCE), axis=1) for first in blocks]
        self._lengths = np.concatenate([np.empty(0), *lengths]).astype(np.float32)

    def __len__(self) -> int:
        return len(self._starts)

    @cached_property
    def means(self) -> Floats:
        """The mean of each target's rows at unit length: float32 [targets, dimensions]."""
        return unit(self._sums(0, len(self)).astype(np.float32))

    def _sums(self, first: int, end: int) -> NDArray[np.float64]:
        """Return the sum of the rows of some targets: float64 [targets, dimensions]."""
        spans = zip(self._starts[first:end].tolist(), self._ends[first:end].tolist(), strict=True)
        sums = [self._rows[start:stop].sum(axis=0, dtype=np.float64) for start, stop in spans]
        return np.array(sums).reshape(len(sums), self._rows.shape[1])

    def similarities(self, query: Query, products: Floats) -> Floats:
        """Return how similar `query` is to each target: float32 [targets, 3], the columns as `SIMILARITIES` names them.

        Args:
            query: The document.
            products: Its passages against all rows of the matrix: float32 [passages, rows].
        """
        closest = _mean_of_highest(self.best(products))
        return np.stack([closest, self._means_alike(query, products), self.lexical(query)], axis=1).astype(np.float32)

    def _means_alike(self, query: Query, products: Floats) -> Floats:
        """Return the cosine of the mean vectors, which follows from the products: float32 [targets]."""
        if not len(self):
            return np.empty(0, dtype=np.float32)
        length = np.linalg.norm(query.vectors.mean(axis=0))
        sums = np.add.reduceat(products.mean(axis=0), self._bounds)[::2]
        return np.asarray(sums / np.maximum(self._lengths * length, _LEAST_LENGTH), dtype=np.float32)

    def lexical(self, query: Query) -> Floats:
        """Return the TF-IDF cosine of `query` with each target: float32 [targets]."""
        return self._terms.similarity(query.terms)

    def best(self, products: Floats) -> Floats:
        """Return the largest value in each target's stretch of columns: [n, rows] to [n, targets]."""
        if not len(self):
            return np.empty((len(products), 0), dtype=np.float32)
        if (self._ends - self._starts == 1).all():  # as with elements: there is nothing to choose from
            return np.asarray(products[:, self._starts], dtype=np.float32)
        return np.asarray(np.maximum.reduceat(products, self._bounds, axis=1)[:, ::2], dtype=np.float32)

    @cached_property
    def _bounds(self) -> NDArray[np.int64]:
        """Where the targets begin and end, one after the other: every second stretch between bounds is a target."""
        bounds = np.stack([self._starts, self._ends], axis=1).ravel()
        # reduceat takes no bound at the very end; it reduces up to there by itself
        return np.asarray(bounds[:-1] if bounds[-1] == len(self._rows) else bounds)


def _mean_of_highest(best: Floats) -> Floats:
    """Return the mean of the three highest values of each column: [n, targets] to [targets].

    One pass over the rows keeps the highest so far, in a quarter of the time that sorting takes.
    """
    if len(best) <= _BEST_PASSAGES:
        return np.asarray(np.sort(best, axis=0).mean(axis=0))
    highest = [np.full(best.shape[1], -np.inf, dtype=np.float32) for _ in range(_BEST_PASSAGES)]
    for row in best:
        rest = row
        for kept in highest:
            lower = np.minimum(kept, rest)
            np.maximum(kept, rest, out=kept)
            rest = lower
    return np.asarray(np.stack(highest[::-1]).mean(axis=0))


def unit(vectors: Floats) -> Floats:
    """Return the rows scaled to length one; rows of zeros stay as they are."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, _LEAST_LENGTH), dtype=np.float32)
