"""Similarities of one proposal with many targets, in one matrix product.

A target is what a proposal is compared with: an opportunity as a whole, one of its priorities, or one element of a
priority. Its rows are the vectors of its texts; the targets of an index stand one behind the other in one matrix.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.scoring.terms import TermIndex, TermWeights

Floats = NDArray[np.float32]

SIMILARITIES = ("best_passages", "mean", "lexical")
"""The columns of `TargetIndex.similarities`: the mean over the three passages that come closest to a row of the target
(sums over the top blocks beat single ones: arXiv 2501.17039); the cosine of the mean vectors; the TF-IDF cosine of the
full texts."""

_BEST_PASSAGES = 3


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

    Attributes:
        means: The mean of each target's rows at unit length: float32 [targets, dimensions].

    Raises:
        ValueError: The targets overlap, are out of order or reach beyond the rows.
    """

    def __init__(self, rows: Floats, targets: Sequence[Target]) -> None:
        self._starts = np.array([target.start for target in targets], dtype=np.int64)
        self._ends = np.array([target.end for target in targets], dtype=np.int64)
        if len(targets) and (self._ends[-1] > len(rows) or (self._starts[1:] < self._ends[:-1]).any()):
            raise ValueError(f"targets must follow one another within the {len(rows)} rows")
        self._terms = TermIndex([target.terms for target in targets])
        sums = np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0, dtype=np.float64)])
        self.means = unit((sums[self._ends] - sums[self._starts]).astype(np.float32))

    def __len__(self) -> int:
        return len(self._starts)

    def similarities(self, query: Query, products: Floats) -> Floats:
        """Return how similar `query` is to each target: float32 [targets, 3], the columns as `SIMILARITIES` names them.

        Args:
            query: The document.
            products: Its passages against all rows of the matrix: float32 [passages, rows].
        """
        mean = self.means @ unit(query.vectors.mean(axis=0, keepdims=True))[0]
        closest = np.sort(self.best(products), axis=0)[-_BEST_PASSAGES:].mean(axis=0)
        return np.stack([closest, mean, self.lexical(query)], axis=1).astype(np.float32)

    def lexical(self, query: Query) -> Floats:
        """Return the TF-IDF cosine of `query` with each target: float32 [targets]."""
        return self._terms.similarity(query.terms)

    def best(self, products: Floats) -> Floats:
        """Return the largest value in each target's stretch of columns: [n, rows] to [n, targets]."""
        if not len(self):
            return np.empty((len(products), 0), dtype=np.float32)
        bounds = np.stack([self._starts, self._ends], axis=1).ravel()
        # reduceat takes no bound at the very end; it reduces up to there by itself
        bounds = bounds[:-1] if bounds[-1] == products.shape[1] else bounds
        return np.asarray(np.maximum.reduceat(products, bounds, axis=1)[:, ::2], dtype=np.float32)


def unit(vectors: Floats) -> Floats:
    """Return the rows scaled to length one; rows of zeros stay as they are."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)
