"""Notices and proposals of any number, made of the words of the examples, and vectors without a model."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np

from matcher.domain.dates import PartialDate
from matcher.domain.evidence import Quote
from matcher.domain.opportunity import (
    APPLICATION,
    Eligibility,
    FundingRange,
    KeyDate,
    Opportunity,
    Priority,
    PriorityElement,
)
from matcher.domain.proposal import Proposal
from matcher.domain.vocabulary import ApplicantType, PriorityKind
from matcher.proposals.reader import read_proposal
from matcher.scoring.products import Floats
from matcher.text.documents import read_document

DAY = date(2026, 11, 22)
DIMENSIONS = 384
VECTORS_PER_NOTICE = 4
"""Title, description, one priority, and its element."""

_PLACES = ("California", "Texas", "Ohio", "Los Angeles", "New York", "Oregon", "Maine", "Iowa")
_SEEDS = Path(__file__).parents[2] / "seeds" / "proposals"
_WORDS, _SENTENCE = 1_500, 20


class Synthetic:
    """Unit vectors, the next ones of a seeded generator whatever the text; an encoder that costs next to nothing."""

    model_id = "synthetic"
    dimensions = DIMENSIONS

    def __init__(self) -> None:
        self._generator = np.random.default_rng(1)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return float32 [texts, dimensions]."""
        vectors = self._generator.standard_normal((len(texts), DIMENSIONS), dtype=np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def notices(count: int, first: int = 0) -> Iterator[Opportunity]:
    """Yield notices of the length of a short real one, each with conditions and dates of its own."""
    draw = random.Random(first)  # noqa: S311 - any words will do
    types = [kind for kind in ApplicantType if kind is not ApplicantType.UNRESTRICTED]

    def some(number: int) -> str:
        start = draw.randrange(len(_words()) - number)
        return " ".join(_words()[start : start + number])

    for number in range(first, first + count):
        asked = PriorityElement("1", Quote(some(12)))
        kind = draw.choice((PriorityKind.ABSOLUTE, PriorityKind.GOAL))
        closes = DAY + timedelta(days=draw.randrange(-100, 300))
        yield Opportunity(
            opportunity_id=f"notice-{number}",
            title=some(9),
            text="",
            description=some(90),
            priorities=(Priority("1", kind, some(6), Quote(some(45)), (asked,)),),
            eligibility=Eligibility(
                applicant_types=tuple(draw.sample(types, 3)),
                places=(draw.choice(_PLACES),) if draw.random() < 0.3 else (),
                note=Quote(some(20)),
            ),
            funding=FundingRange(
                award_floor=draw.choice((None, 1_000, 5_000, 25_000)),
                award_ceiling=draw.randrange(30, 5_000) * 1_000,
                is_cost_sharing=draw.choice((None, True, False)),
            ),
            key_dates=(KeyDate(APPLICATION, PartialDate.of(closes)),),
        )


def proposal(number: int) -> Proposal:
    """Return a proposal of 1,500 words: those of the examples, in sentences that no other number has."""
    words = list(_words())
    random.Random(number).shuffle(words)  # noqa: S311 - any order will do
    sentences = [" ".join(words[start : start + _SENTENCE]) + "." for start in range(0, _WORDS, _SENTENCE)]
    text = f"# Proposal {number}\n\n## What will you do?\n\n" + " ".join(sentences)
    return read_proposal(read_document(text.encode(), f"{number}.md"))


@cache
def _words() -> tuple[str, ...]:
    files = sorted(_SEEDS.glob("*.txt"))
    return tuple(" ".join(file.read_text(encoding="utf-8") for file in files).replace(".", "").split())
