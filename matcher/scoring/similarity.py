"""Similarities of proposals with many targets, in one matrix product.

A target is what a proposal is compared with: an opportunity as a whole, one of its priorities, or one element of a
priority. Its rows are the vectors of its texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.scoring.products import Floats
from matcher.scoring.queries import Queries
from matcher.scoring.stretches import Stretches
from matcher.scoring.terms import TermIndex, TermWeights

SIMILARITIES = ("best_passages", "mean", "lexical")
"""What `TargetIndex.similarities` returns, in this order: the mean over the three passages that come closest to a row
of the target (sums over the top blocks beat single ones: arXiv 2501.17039); the cosine of the mean vectors; the TF-IDF
cosine of the full texts in units of what the query's stray by chance, to the power of 3/2."""

_LEAST_LENGTH = 1e-12
_MOST_OUTSTANDING = 0.6


@dataclass(frozen=True, slots=True)
class Target:
    """One target: rows `start` to `end` of the matrix it stands in, and its terms."""

    start: int
    end: int
    terms: TermWeights

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a target needs at least one row, not rows {self.start} to {self.end}")


class TargetIndex:
    """Targets that share one matrix of rows: float32 [rows, dimensions], unit length.

    Raises:
        ValueError: A target reaches beyond the rows.
    """

    def __init__(self, rows: Floats, targets: Sequence[Target]) -> None:
        if any(target.end > len(rows) for target in targets):
            raise ValueError(f"targets must lie within the {len(rows)} rows")
        self._rows = rows
        self._stretches = Stretches([target.start for target in targets], [target.end for target in targets])
        sums = self._stretches.reduced(np.add, rows.astype(np.float64))
        self._lengths = np.linalg.norm(sums, axis=1).astype(np.float32)[:, np.newaxis]
        self.terms = TermIndex([target.terms for target in targets])

    def similarities(self, queries: Queries) -> Floats:
        """Return how similar each query is to each target: float32 [3, targets, queries], as `SIMILARITIES` says."""
        passages, means = queries.products(self._rows)
        best = self._stretches.reduced_longest_first(np.maximum, passages)
        closest = self._stretches.in_order(queries.mean_of_best(best))
        sums = self._stretches.reduced(np.add, means)
        alike = sums / np.maximum(self._lengths * queries.lengths, _LEAST_LENGTH)
        lexical = _outstanding(self.terms.similarities(queries.terms) / queries.spreads)
        return np.stack([closest, alike, lexical]).astype(np.float32, copy=False)


def _outstanding(similarities: Floats) -> Floats:
    """Return similarities to the power of 3/2: many words in common say more than their sum, few say nearly nothing.

    From `_MOST_OUTSTANDING` on further ones say no more, so that a few words that are quoted do not make a fit.
    """
    return np.asarray(np.minimum(similarities * np.sqrt(similarities), np.float32(_MOST_OUTSTANDING)))


def unit(vectors: Floats) -> Floats:
    """Return the rows scaled to length one; rows of zeros stay as they are."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, _LEAST_LENGTH), dtype=np.float32)
