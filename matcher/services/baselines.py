"""What the product's ranking is measured against: the usual ways to rank, over the same texts.

The lexical ones see the stems that the product sees, the dense ones the same passages, encoded by the model as it was
published.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import Proposal
from matcher.errors import Unrecoverable
from matcher.scoring.catalogue import Encode
from matcher.scoring.terms import stems
from matcher.services.runs import best_first, tie_places
from matcher.text.passages import passages_of_text

Scores = NDArray[np.float64]

BM25, TF_IDF, ONE_VECTOR, BEST_PASSAGE, RANK_FUSION = "bm25", "tf-idf", "one-vector", "best-passage", "rank-fusion"
BASELINES = (BM25, TF_IDF, ONE_VECTOR, BEST_PASSAGE, RANK_FUSION)

_K1, _B = 1.2, 0.75
_FUSION_CONSTANT = 60


class Baselines:
    """All baselines over the opportunities of one benchmark; a `System` of `matcher.services.evaluate`.

    Args:
        opportunities: What is ranked.
        encode: The published model, untouched.

    Raises:
        Unrecoverable: A library that only baselines need is not installed.
    """

    def __init__(self, opportunities: Sequence[Opportunity], encode: Encode) -> None:
        words = [opportunity_stems(opportunity) for opportunity in opportunities]
        self._bm25 = Bm25(words)
        self._tf_idf = TfIdf(words)
        self._passages = PassageVectors(
            [_passages(_title(opportunity), opportunity.text) for opportunity in opportunities], encode
        )
        self._ties = tie_places([opportunity.opportunity_id for opportunity in opportunities])

    def scores(self, proposals: Sequence[Proposal]) -> dict[str, Scores]:
        """Return a matrix [proposals, opportunities] for each of `BASELINES`."""
        words = [proposal_stems(proposal) for proposal in proposals]
        bm25 = self._bm25.scores(words)
        one_vector, best_passage = self._passages.scores(
            [_passages(proposal.title, proposal.text) for proposal in proposals]
        )
        return {
            BM25: bm25,
            TF_IDF: self._tf_idf.scores(words),
            ONE_VECTOR: one_vector,
            BEST_PASSAGE: best_passage,
            RANK_FUSION: np.stack(
                [self._fused(lexical, dense) for lexical, dense in zip(bm25, one_vector, strict=True)]
            ),
        }

    def _fused(self, lexical: Scores, dense: Scores) -> Scores:
        found = best_first(lexical, self._ties)
        # BM25 finds only what shares a word with the query
        return reciprocal_ranks(found[lexical[found] > 0], len(found)) + reciprocal_ranks(
            best_first(dense, self._ties), len(found)
        )


class Bm25:
    """BM25 (Robertson and Zaragoza 2009) with k1 1.2 and b 0.75; each word of the query counts as often as it stands.

    Raises:
        Unrecoverable: bm25s is not installed.
    """

    def __init__(self, documents: Sequence[list[str]]) -> None:
        try:
            import bm25s
        except ModuleNotFoundError as error:
            raise Unrecoverable(
                "the baseline BM25 needs the library bm25s: install the extra `evaluate` (pip install '.[evaluate]')"
            ) from error
        self._size = len(documents)
        self._index: Any = bm25s.BM25(k1=_K1, b=_B) if any(documents) else None
        if self._index is not None:
            self._index.index(documents, show_progress=False)

    def scores(self, queries: Sequence[list[str]]) -> Scores:
        """Return how well each document's words answer those of each query: [queries, documents]."""
        return np.stack([self._score(words) for words in queries])

    def _score(self, words: list[str]) -> Scores:
        if self._index is None or not words:
            return np.zeros(self._size)
        return np.asarray(self._index.get_scores(words), dtype=np.float64)


class TfIdf:
    """Cosine of full-text TF-IDF vectors: sublinear term frequency, and the smoothed IDF of the documents at hand."""

    def __init__(self, documents: Sequence[list[str]]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._size = len(documents)
        # scikit-learn refuses an empty vocabulary
        self._vectorizer: Any = TfidfVectorizer(analyzer=list, sublinear_tf=True) if any(documents) else None
        self._documents: Any = None if self._vectorizer is None else self._vectorizer.fit_transform(documents)

    def scores(self, queries: Sequence[list[str]]) -> Scores:
        """Return the cosine of each query's words with those of each document: [queries, documents]."""
        if self._vectorizer is None:
            return np.zeros((len(queries), self._size))
        return np.asarray((self._vectorizer.transform(queries) @ self._documents.T).toarray(), dtype=np.float64)


class PassageVectors:
    """Documents as the vectors of their passages; each document needs at least one passage."""

    def __init__(self, documents: Sequence[Sequence[str]], encode: Encode) -> None:
        self._encode = encode
        self._rows, self._starts = self._encoded(documents)
        self._means = self._unit_means(self._rows, self._starts)

    def scores(self, documents: Sequence[Sequence[str]]) -> tuple[Scores, Scores]:
        """Return the cosine of the mean vectors, and that of the best pair of passages: each [texts, documents]."""
        rows, starts = self._encoded(documents)
        means = self._unit_means(rows, starts) @ self._means.T
        best = [
            np.maximum.reduceat((own @ self._rows.T).max(axis=0), self._starts) for own in np.split(rows, starts[1:])
        ]
        return means.astype(np.float64), np.stack(best).astype(np.float64)

    def _encoded(self, documents: Sequence[Sequence[str]]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return all passage vectors, float32 [passages, dimensions], and the first row of each document."""
        lengths = np.array([len(passages) for passages in documents], dtype=np.int64)
        return self._encode([text for passages in documents for text in passages]), np.cumsum(lengths) - lengths

    @staticmethod
    def _unit_means(rows: NDArray[np.float32], starts: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the direction of each document's mean vector; its length says nothing to a cosine."""
        sums = np.add.reduceat(rows, starts, axis=0)
        return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12), dtype=np.float32)


def reciprocal_ranks(found: NDArray[np.int64], size: int) -> Scores:
    """Return one system's share in reciprocal rank fusion with k = 60 (Cormack et al., SIGIR 2009): float64 [size].

    Args:
        found: The positions of what it found, best first.
        size: How many documents there are; what was not found gets 0.
    """
    shares = np.zeros(size)
    shares[found] = 1 / (_FUSION_CONSTANT + np.arange(1, len(found) + 1))
    return shares


def opportunity_stems(opportunity: Opportunity) -> list[str]:
    """Return the stems of an opportunity's title and text, as the lexical baselines see them."""
    return _words(_title(opportunity), opportunity.text)


def proposal_stems(proposal: Proposal) -> list[str]:
    """Return the stems of a proposal's title and text, as the lexical baselines see them."""
    return _words(proposal.title, proposal.text)


def _title(opportunity: Opportunity) -> str:
    """Return the title, or nothing where the identifier stands in for it."""
    return "" if opportunity.title == opportunity.opportunity_id else opportunity.title


def _words(title: str, text: str) -> list[str]:
    """Return the stems of a whole document; a title that is the whole text counts once."""
    return stems("\n".join(dict.fromkeys((title, text))))


def _passages(title: str, text: str) -> list[str]:
    """Return what one document is encoded as: its title and its passages, each once."""
    passages = (passage.text for passage in passages_of_text(text))
    return list(dict.fromkeys(part for part in (title, *passages) if part)) or [""]
