"""Opportunities laid out for scoring, in blocks, of which a change touches few."""

import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate, islice

import numpy as np
from numpy.typing import NDArray

from matcher.domain.opportunity import Opportunity
from matcher.scoring.block import Block, Entry
from matcher.scoring.eligibility.classes import EligibilityClasses, TermNumbers
from matcher.scoring.layout import OpportunityLayout, lay_out
from matcher.scoring.products import Floats
from matcher.scoring.terms import TermWeights, buckets_of, weights_of_documents

Encode = Callable[[Sequence[str]], Floats]
"""Texts to unit vectors, float32 [texts, dimensions]: the `encode` of an encoder."""

_BLOCK = 1024
"""Opportunities in a block on average."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an opportunity stands: its block, its number in it, and its priorities and elements in the catalogue."""

    block: Block
    member: int
    priorities: slice
    elements: slice

    @property
    def layout(self) -> OpportunityLayout:
        """The opportunity and its rows."""
        return self.block.layouts[self.member]

    @property
    def vectors(self) -> Floats:
        """The vectors of its rows: float32 [rows, dimensions]."""
        return self.block.vectors(self.member)


class Catalogue:
    """Encoded opportunities, ready to be compared with any proposal.

    Where blocks end is decided by the identifiers alone, so that most blocks of two catalogues that differ in little
    are the same; those are taken over, and of the others what did not change.

    Args:
        opportunities: In the order that all results have.
        encode: Gives the vectors of texts.
        before: An earlier catalogue of the same encoder. What is the same object here and there is taken from it.

    Attributes:
        layouts: One per opportunity, in the order given.
        blocks: The blocks, one after the other.
    """

    def __init__(self, opportunities: Sequence[Opportunity], encode: Encode, before: "Catalogue | None" = None) -> None:
        self._encode = encode
        self._numbers: TermNumbers = before._numbers if before else TermNumbers()
        kept = _by_first(before.blocks) if before else {}
        self.blocks: list[Block] = [self._block(stretch, kept, before) for stretch in _stretches(opportunities)]
        self.layouts = [layout for block in self.blocks for layout in block.layouts]
        self._starts = list(accumulate((len(block) for block in self.blocks), initial=0))
        self._priority_starts = list(accumulate((block.priority_starts[-1] for block in self.blocks), initial=0))
        self._element_starts = list(accumulate((block.element_starts[-1] for block in self.blocks), initial=0))

    def __len__(self) -> int:
        return len(self.layouts)

    def place(self, position: int) -> Place:
        """Return where the opportunity at `position` stands."""
        number = bisect_right(self._starts, position) - 1
        block, member = self.blocks[number], position - self._starts[number]
        return Place(
            block,
            member,
            _slice(self._priority_starts[number], block.priority_starts, member),
            _slice(self._element_starts[number], block.element_starts, member),
        )

    @property
    def row_count(self) -> int:
        """How many vectors there are."""
        return sum(block.offsets[-1] for block in self.blocks)

    @cached_property
    def eligibility(self) -> EligibilityClasses:
        """The opportunities as the rules of eligibility tell them apart."""
        return EligibilityClasses.joined([block.eligibility for block in self.blocks])

    @cached_property
    def positions(self) -> dict[str, int]:
        """The place of each opportunity by its identifier."""
        return {layout.opportunity.opportunity_id: position for position, layout in enumerate(self.layouts)}

    @cached_property
    def by_identifier(self) -> NDArray[np.int64]:
        """The place of each opportunity in the order of identifiers: int64 [opportunities]."""
        order = np.empty(len(self), dtype=np.int64)
        order[sorted(range(len(self)), key=lambda position: self.layouts[position].opportunity.opportunity_id)] = (
            np.arange(len(self))
        )
        return order

    def over_on(self, day: date) -> NDArray[np.bool_]:
        """Return whether the time to apply is known to be over: bool [opportunities]."""
        return np.concatenate([np.empty(0, dtype=bool), *(block.over_on(day) for block in self.blocks)])

    def _block(self, stretch: Sequence[Opportunity], kept: dict[int, Block], before: "Catalogue | None") -> Block:
        same = kept.get(id(stretch[0]))
        if same is not None and _holds(same, stretch):
            return same
        return Block(self._entries(stretch, before), self._numbers)

    def _entries(self, stretch: Sequence[Opportunity], before: "Catalogue | None") -> list[Entry]:
        """Return the opportunities ready to stand in a block; only what is new is laid out and encoded."""
        known = _known_entries(stretch, before) if before else {}
        layouts = [lay_out(opportunity) for opportunity in stretch if id(opportunity) not in known]
        terms = _terms(layouts)
        vectors = self._encode([row.text for layout in layouts for row in layout.rows])
        bounds = np.cumsum([len(layout.rows) for layout in layouts])[:-1]
        fresh = zip(layouts, np.split(vectors, bounds), strict=False)
        made = {
            id(layout.opportunity): Entry(layout, own, tuple(islice(terms, len(layout.targets))))
            for layout, own in fresh
        }
        return [known.get(id(opportunity)) or made[id(opportunity)] for opportunity in stretch]


def _by_first(blocks: Sequence[Block]) -> dict[int, Block]:
    return {id(block.layouts[0].opportunity): block for block in blocks}


def _slice(offset: int, starts: Sequence[int], member: int) -> slice:
    return slice(offset + starts[member], offset + starts[member + 1])


def _stretches(opportunities: Sequence[Opportunity]) -> Iterator[Sequence[Opportunity]]:
    """Yield neighbours; one identifier in about a thousand is the last of its stretch, wherever it stands."""
    start = 0
    for end, opportunity in enumerate(opportunities, start=1):
        if zlib.crc32(opportunity.opportunity_id.encode()) % _BLOCK == 0 or end == len(opportunities):
            yield opportunities[start:end]
            start = end


def _holds(block: Block, stretch: Sequence[Opportunity]) -> bool:
    return len(block) == len(stretch) and all(
        layout.opportunity is opportunity for layout, opportunity in zip(block.layouts, stretch, strict=True)
    )


def _known_entries(stretch: Sequence[Opportunity], before: Catalogue) -> dict[int, Entry]:
    """Return those of some opportunities that stand in an earlier catalogue, by object."""
    places = {before.positions.get(opportunity.opportunity_id) for opportunity in stretch} - {None}
    blocks = {id(block): block for block in (before.place(place).block for place in places if place is not None)}
    found = {id(entry.layout.opportunity): entry for block in blocks.values() for entry in block.entries()}
    wanted = {id(opportunity) for opportunity in stretch}
    return {key: entry for key, entry in found.items() if key in wanted}


def _terms(layouts: Sequence[OpportunityLayout]) -> Iterator[TermWeights]:
    """Yield the terms of every target of some opportunities; a text that stands in it twice counts once."""
    return iter(weights_of_documents([document for layout in layouts for document in _documents(layout)]))


def _documents(layout: OpportunityLayout) -> Iterator[list[int]]:
    buckets = {row.text: buckets_of(row.text) for row in layout.rows}
    for start, end in layout.targets:
        texts = dict.fromkeys(row.text for row in layout.rows[start:end])
        yield [bucket for text in texts for bucket in buckets[text]]
