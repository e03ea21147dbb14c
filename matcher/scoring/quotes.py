"""Which words of a proposal answer which words of a notice."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.evidence import Quote
from matcher.domain.match import Evidence
from matcher.domain.proposal import Passage
from matcher.scoring.layout import Row
from matcher.scoring.products import Floats
from matcher.scoring.terms import TermIndex, buckets_of, weights_of_documents

MOST_QUOTES = 3
_DECIMALS = 4
_LEAST_WORDS = 5
"""Shorter sentences name things but argue nothing."""


@dataclass(frozen=True, slots=True)
class Quotable:
    """The sentences of a proposal that can stand as a quote.

    `passages` holds, for each sentence, the number of the passage that it stands in: int64 [sentences].
    """

    sentences: tuple[Passage, ...]
    passages: NDArray[np.int64]
    terms: TermIndex


def quotable(sentences: Sequence[Passage], passages: Sequence[Passage]) -> Quotable:
    """Return the sentences that are long enough, each wording once, with the passage around each."""
    kept: dict[str, tuple[Passage, int]] = {}
    for sentence in sentences:
        around = _passage_around(sentence, passages)
        if around is not None and len(sentence.text.split()) >= _LEAST_WORDS:
            kept.setdefault(sentence.text, (sentence, around))
    return Quotable(
        tuple(sentence for sentence, _ in kept.values()),
        np.array([around for _, around in kept.values()], dtype=np.int64),
        TermIndex(weights_of_documents([buckets_of(text) for text in kept])),
    )


def _passage_around(sentence: Passage, passages: Sequence[Passage]) -> int | None:
    middle = (sentence.span.start + sentence.span.end) // 2
    return next(
        (number for number, passage in enumerate(passages) if passage.span.start <= middle < passage.span.end), None
    )


def strengths(
    quotable: Quotable, sentence_vectors: Floats, passage_vectors: Floats, rows: Sequence[Row], vectors: Floats
) -> Floats:
    """Return how well each sentence answers each row: float32 [sentences, rows].

    That is the mean of three cosines: the sentence's own, that of the passage around it, and that of the terms. A
    sentence alone is often too general, and its passage too long to quote.
    """
    passages = (passage_vectors @ vectors.T)[quotable.passages]
    terms = quotable.terms.similarities([row.terms for row in rows])
    return np.asarray((sentence_vectors @ vectors.T + passages + terms) / 3, dtype=np.float32)


def best_quotes(quotable: Quotable, strength: Floats, rows: Sequence[Row]) -> tuple[Evidence, ...]:
    """Return up to three pairs of a sentence and the row that it answers best, strongest first.

    Args:
        quotable: The sentences.
        strength: How well each answers each row: float32 [sentences, rows].
        rows: The rows of the notice that ask for something.
    """
    if not strength.size:
        return ()
    closest = strength.argmax(axis=1)
    strongest = strength[np.arange(len(strength)), closest]
    return tuple(
        Evidence(
            proposal=Quote(quotable.sentences[index].text, quotable.sentences[index].span),
            notice=rows[closest[index]].quote,
            similarity=round(float(strongest[index]), _DECIMALS),
            question=quotable.sentences[index].question,
        )
        for index in np.argsort(-strongest, kind="stable")[:MOST_QUOTES]
    )
