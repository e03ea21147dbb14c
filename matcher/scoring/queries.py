"""Proposals laid side by side, so that one matrix product compares all of them with a catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.scoring.products import Floats, products
from matcher.scoring.terms import TermWeights, spread

BEST_PASSAGES = 3

Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Query:
    """A document to compare with targets: passage vectors (float32 [passages, dimensions], unit length) and terms."""

    vectors: Floats
    terms: TermWeights

    def __post_init__(self) -> None:
        if self.vectors.ndim != 2 or not len(self.vectors):
            raise ValueError(f"a query needs passage vectors [passages, dimensions], not {self.vectors.shape}")


class Queries:
    """Some queries, those with the most passages first.

    In that order the first passages of all queries, the second ones of those that have any and so on stand side by
    side, so that the best passages of all queries are found in a few steps over whole arrays.

    Attributes:
        terms: The terms of each.
        spreads: How far the lexical similarities of each stray by chance: float32 [queries].
        lengths: The length of each one's mean vector: float32 [queries].

    Raises:
        ValueError: There is no query.
    """

    def __init__(self, queries: Sequence[Query]) -> None:
        if not queries:
            raise ValueError("there is no query to compare")
        counts = np.array([len(query.vectors) for query in queries])
        order = np.argsort(-counts, kind="stable")
        ordered = [queries[place] for place in order]
        self._places = np.argsort(order, kind="stable")
        self._widths = [int((counts > number).sum()) for number in range(counts.max())]
        self._divisors = np.minimum(counts[order], BEST_PASSAGES).astype(np.float32)
        means = [query.vectors.mean(axis=0) for query in ordered]
        passages = [query.vectors[number] for number, width in enumerate(self._widths) for query in ordered[:width]]
        self._vectors = np.stack([*passages, *means]).astype(np.float32, copy=False)
        self.terms = [query.terms for query in ordered]
        self.spreads = np.array([spread(terms) for terms in self.terms], dtype=np.float32)
        self.lengths = np.linalg.norm(np.stack(means), axis=1)

    def __len__(self) -> int:
        return len(self.terms)

    def products(self, rows: Floats) -> tuple[Floats, Floats]:
        """Return the products of rows with all passages and with the mean vectors: each float32 [rows, n]."""
        found = products(rows, self._vectors)
        return found[:, : -len(self)], found[:, -len(self) :]

    def mean_of_best(self, passages: Floats) -> Floats:
        """Return the mean over each query's three best passages: [targets, passages] to [targets, queries]."""
        by_passage = np.ascontiguousarray(passages.T)  # so that each step runs along the memory
        highest = [np.full((len(self), len(passages)), -np.inf, dtype=np.float32) for _ in range(BEST_PASSAGES)]
        best, second, third = highest
        spare = np.empty_like(best)
        start = 0
        for width in self._widths:
            found = by_passage[start : start + width]
            lower = np.minimum(best[:width], found, out=spare[:width])
            np.maximum(best[:width], found, out=best[:width])
            np.maximum(third[:width], np.minimum(second[:width], lower), out=third[:width])
            np.maximum(second[:width], lower, out=second[:width])
            start += width
        for number, kept in enumerate(highest):  # those who have fewer passages go without
            kept[self._divisors <= number] = 0
        return np.asarray((third + second + best) / self._divisors[:, np.newaxis], dtype=np.float32).T

    def in_order(self, found: NDArray[Number]) -> NDArray[Number]:
        """Return the last axis, one place per query, in the order in which the queries were given."""
        return np.asarray(found[..., self._places])
