"""The lexical half of the score: TF-IDF over full texts, as sparse unit vectors.

Full-text TF-IDF cosine is the lexical partner that holds for whole documents as queries (Stelmakh et al., arXiv
2303.16750). The inverse document frequencies come from a fixed background, never from the documents at hand, so that a
fit depends on its pair alone.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, pairwise
from math import sqrt

import numpy as np
import Stemmer
from numpy.typing import NDArray

BUCKETS = 1 << 20
"""Terms are hashed into this many buckets; at 60,000 known stems one in twenty shares its bucket."""

RARITY = 0.85
"""The product of two texts' weights holds the inverse document frequency twice. At 0.5 it would count once, as in BM25
(Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"), which is better for short texts and lets long
ones match by common words."""

LEAST_SPREAD = 0.3
"""One proposal in a hundred spreads less; a search for one rare word would outweigh every other sign without it."""

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’](?=\w))*")
_KEPT_WORDS = 1 << 17
_FREQUENCIES = "document_frequencies.npz"


@dataclass(frozen=True, slots=True)
class TermWeights:
    """A sparse vector of unit length: sorted bucket numbers (uint32 [n]) and their weights (float32 [n])."""

    buckets: NDArray[np.uint32]
    weights: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.buckets.shape != self.weights.shape:
            raise ValueError(f"{self.buckets.shape[0]} buckets and {self.weights.shape[0]} weights do not pair up")


@dataclass(frozen=True, slots=True)
class DocumentFrequencies:
    """How many of `documents` background documents hold each bucket's terms: int32 [BUCKETS]."""

    counts: NDArray[np.int32]
    documents: int

    def rarity(self, buckets: NDArray[np.uint32]) -> NDArray[np.float64]:
        """Return the smoothed inverse document frequency of each bucket to the power of `RARITY`, at least 1."""
        return np.asarray((np.log((1 + self.documents) / (1 + self.counts[buckets])) + 1) ** RARITY)

    def shares(self, buckets: NDArray[np.uint32]) -> NDArray[np.float64]:
        """Return in which share of the background each bucket occurs, never none and never all."""
        return np.asarray((0.5 + self.counts[buckets]) / (1 + self.documents))


def lexical_identity() -> list[str | int | float]:
    """Return what two lexical similarities must share to be comparable: function words, stemmer, weights."""
    return [*sorted(_function_words()), Stemmer.version(), BUCKETS, RARITY, LEAST_SPREAD]


def stems(text: str) -> list[str]:
    """Return the stems of a text's words in order, without function words and numbers."""
    words = [word for word in _WORD.findall(text.lower()) if len(word) > 1 and word not in _function_words()]
    return list(_stemmer().stemWords(words))


def buckets_of(text: str) -> list[int]:
    """Return the bucket of each of a text's terms, in the order of the text."""
    return list(chain.from_iterable(map(_buckets, text.lower().split())))


@lru_cache(maxsize=_KEPT_WORDS)
def _buckets(letters: str) -> tuple[int, ...]:
    """Return the buckets of what stands between white space: often one word, and the same again and again."""
    words = [word for word in _WORD.findall(letters) if len(word) > 1 and word not in _function_words()]
    return tuple(zlib.crc32(stem.encode()) % BUCKETS for stem in _stemmer().stemWords(words))


def term_weights(text: str) -> TermWeights:
    """Return the text's TF-IDF vector: sublinear term frequency times rarity, unit length (empty if no words)."""
    return weights_of_documents([buckets_of(text)])[0]


def weights_of_documents(documents: Sequence[Sequence[int]]) -> list[TermWeights]:
    """Return the same for many documents at once, each given by the buckets of its terms.

    Each is what it would be alone, to the last bit, at a fraction of the cost: most texts are short.
    """
    lengths = np.array([len(document) for document in documents], dtype=np.int64)
    firsts = np.arange(len(documents) + 1) * BUCKETS
    occurring = np.fromiter(chain.from_iterable(documents), dtype=np.int64, count=int(lengths.sum()))
    keys, counts = np.unique(occurring + np.repeat(firsts[:-1], lengths), return_counts=True)
    buckets = (keys % BUCKETS).astype(np.uint32)
    weights = (1 + np.log(counts.astype(np.float64))) * document_frequencies().rarity(buckets)
    bounds = np.searchsorted(keys, firsts).tolist()
    return [TermWeights(buckets[start:end], _unit(weights[start:end])) for start, end in pairwise(bounds)]


def _unit(weights: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(weights / (sqrt(weights @ weights) or 1.0), dtype=np.float32)


def spread(text: TermWeights) -> float:
    """Return how far the similarities of a text stray among texts that have nothing to do with it.

    A term of weight w and rarity r that occurs in a share p of the background adds w² r² p (1 - p) to the variance of
    the product with a background text, before that text is scaled to unit length. Short texts of special words spread
    least: what they share by chance with any other text is little, so the same cosine says more.
    """
    background = document_frequencies()
    shares, rarity = background.shares(text.buckets), background.rarity(text.buckets)
    variance = (text.weights.astype(np.float64) * rarity) ** 2 @ (shares * (1 - shares))
    return max(float(np.sqrt(variance)), LEAST_SPREAD)


class TermIndex:
    """Many documents' terms as one sparse matrix, so that texts are compared with all of them in one pass."""

    def __init__(self, documents: Sequence[TermWeights]) -> None:
        from scipy.sparse import csr_array  # which takes longer to import than all of numpy, so doors open without it

        lengths = [len(document.buckets) for document in documents]
        buckets = np.concatenate([np.empty(0, np.uint32), *(document.buckets for document in documents)])
        weights = np.concatenate([np.empty(0, np.float32), *(document.weights for document in documents)])
        self._vocabulary, columns = np.unique(buckets, return_inverse=True)
        bounds = np.cumsum([0, *lengths], dtype=np.int32)
        shape = (len(documents), len(self._vocabulary))
        self._matrix = csr_array((weights, columns.astype(np.int32), bounds), shape=shape)

    def document(self, number: int) -> TermWeights:
        """Return the terms of one of the documents."""
        own = slice(self._matrix.indptr[number], self._matrix.indptr[number + 1])
        return TermWeights(self._vocabulary[self._matrix.indices[own]], self._matrix.data[own])

    def similarities(self, texts: Sequence[TermWeights]) -> NDArray[np.float32]:
        """Return the cosine of each document with each text: float32 [documents, texts]; 0 where one has no words."""
        weights = np.zeros((len(self._vocabulary), len(texts)), dtype=np.float32)
        if not weights.size:
            return np.zeros((self._matrix.shape[0], len(texts)), dtype=np.float32)
        for column, text in enumerate(texts):
            places = np.searchsorted(self._vocabulary, text.buckets).clip(max=len(self._vocabulary) - 1)
            shared = self._vocabulary[places] == text.buckets
            weights[places[shared], column] = text.weights[shared]
        return np.asarray(self._matrix @ weights)


@cache
def document_frequencies() -> DocumentFrequencies:
    """Return the background that the package carries; `docs/scoring.md` says what it was counted on."""
    with (files("matcher.scoring") / "data" / _FREQUENCIES).open("rb") as file, np.load(file) as stored:
        counts = np.zeros(BUCKETS, dtype=np.int32)
        counts[stored["buckets"]] = stored["counts"]
        return DocumentFrequencies(counts, int(stored["documents"]))


@cache
def _stemmer() -> "Stemmer.Stemmer":
    return Stemmer.Stemmer("english")


@cache
def _function_words() -> frozenset[str]:
    text = (files("matcher.scoring") / "data" / "function_words.txt").read_text(encoding="utf-8")
    return frozenset(text.split())
