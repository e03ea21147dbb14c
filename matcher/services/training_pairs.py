"""Pairs of texts that belong together: what the encoder is adapted on.

Labelled pairs come from benchmarks (a passage of a proposal and the priority or notice that it was made for); others
need no label (a title and its text, two passages of one proposal). Whole notices can be held out, never single rows.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from random import Random

from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import Proposal
from matcher.services.beir import Benchmark
from matcher.text.passages import passages_of_sections, passages_of_text

_LEAST_WORDS = 12
"""Shorter passages say too little to stand for their document."""
_MOST_DOCUMENTS_KEPT = 10_000
"""Pairs of several kinds are drawn from the same documents, which are cut into passages once."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that belong together."""

    anchor: str
    positive: str


class Fold(StrEnum):
    """Which part of the opportunities is held out: the first share of them, or all but that share."""

    FIRST = "first"
    SECOND = "second"


def held_out(opportunity_id: str, share: float, fold: Fold = Fold.FIRST) -> bool:
    """Whether an opportunity is held out, decided by its identifier alone.

    Args:
        opportunity_id: Its hash says where it stands between 0 and 1.
        share: Where the first part ends.
        fold: The part that is held out; what one fold holds out, the other trains on.
    """
    number = int.from_bytes(hashlib.sha256(opportunity_id.encode()).digest()[:4])
    return (number < share * 2**32) == (fold is Fold.FIRST)


def labelled_pairs(
    benchmark: Benchmark, random: Random, *, is_allowed: Callable[[str], bool] = lambda _: True
) -> Iterator[Pair]:
    """Yield a random passage of each proposal with each opportunity that it was judged to fit.

    Args:
        benchmark: Proposals, opportunities and judgements.
        random: The source of chance.
        is_allowed: Whether an opportunity's identifier may be trained on.
    """
    opportunities = {opportunity.opportunity_id: opportunity for opportunity in benchmark.opportunities}
    for query_id, grades in benchmark.judgements.items():
        if query_id not in benchmark.proposals:
            continue
        passages = _passages(benchmark.proposals[query_id])
        for opportunity_id, grade in grades.items():
            if passages and grade > 0 and opportunity_id in opportunities and is_allowed(opportunity_id):
                yield Pair(random.choice(passages), _summary(opportunities[opportunity_id], random))


def title_pairs(benchmark: Benchmark, random: Random) -> Iterator[Pair]:
    """Yield the title of each opportunity with a random passage of its text, where the two differ."""
    for opportunity in benchmark.opportunities:
        passages = _stretches(opportunity.text)
        if passages and opportunity.title != opportunity.text and len(passages[0].split()) >= _LEAST_WORDS:
            yield Pair(opportunity.title, random.choice(passages))


def passage_pairs(benchmark: Benchmark, random: Random) -> Iterator[Pair]:
    """Yield two passages of each proposal that has as many."""
    for proposal in benchmark.proposals.values():
        passages = _passages(proposal)
        if len(passages) > 1:
            yield Pair(*random.sample(passages, 2))


@lru_cache(_MOST_DOCUMENTS_KEPT)
def _passages(proposal: Proposal) -> Sequence[str]:
    texts = [passage.text for passage in passages_of_sections(proposal.sections, proposal.text)]
    return [text for text in texts if len(text.split()) >= _LEAST_WORDS] or texts


@lru_cache(_MOST_DOCUMENTS_KEPT)
def _stretches(text: str) -> Sequence[str]:
    return [passage.text for passage in passages_of_text(text)]


def _summary(opportunity: Opportunity, random: Random) -> str:
    """Return one text that stands for an opportunity: its only statement, or its title with a random passage."""
    if opportunity.title == opportunity.text:
        return opportunity.title
    return f"{opportunity.title}. {random.choice(_stretches(opportunity.text))}"
