"""Opportunities laid out for scoring: every text once, in one matrix, with the targets that they form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from matcher.domain.evidence import Quote
from matcher.domain.opportunity import Opportunity, Priority
from matcher.domain.vocabulary import OVER
from matcher.scoring.combination import Combination
from matcher.scoring.eligibility.classes import EligibilityClasses
from matcher.scoring.similarity import Floats, Target, TargetIndex
from matcher.scoring.terms import TermWeights, term_weights
from matcher.text.asks import core_of
from matcher.text.passages import passages_of_text

Encode = Callable[[Sequence[str]], Floats]
"""Texts to unit vectors, float32 [texts, dimensions]: the `encode` of an encoder."""

_DAYS = 8
"""Of so many days a catalogue remembers what was over."""


@dataclass(frozen=True)
class Row:
    """One encoded text of an opportunity and the words of the notice that it stands for."""

    text: str
    quote: Quote

    @cached_property
    def terms(self) -> TermWeights:
        """The terms of the text, weighed once for all proposals."""
        return term_weights(self.text)


@dataclass(frozen=True, slots=True)
class PriorityLayout:
    """Where one priority stands among an opportunity's rows: its own texts first, then one row per element."""

    priority: Priority
    start: int
    elements_start: int
    end: int


@dataclass(frozen=True, slots=True)
class OpportunityLayout:
    """An opportunity and its rows: title and description up to `priorities_start`, then each priority."""

    opportunity: Opportunity
    rows: tuple[Row, ...]
    priorities: tuple[PriorityLayout, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """Targets of one kind over a whole catalogue, and where each opportunity's begin.

    `starts` has one entry per opportunity and one for the end: int [opportunities + 1].
    """

    index: TargetIndex
    starts: list[int]


class Catalogue:
    """Encoded opportunities, ready to be compared with any proposal.

    Attributes:
        layouts: One per opportunity, in the order given.
        offsets: The first row of each opportunity in `rows`, and one entry for the end.
        rows: All vectors: float32 [rows, dimensions].
        wholes: The opportunities as targets.
        priorities: The priorities of all opportunities as targets.
        elements: The elements of all priorities as targets.
        combination: How the fits of the parts make up those of the opportunities.
    """

    def __init__(self, opportunities: Sequence[Opportunity], encode: Encode) -> None:
        self._over: dict[date, NDArray[np.bool_]] = {}
        self.layouts = [lay_out(opportunity) for opportunity in opportunities]
        self.offsets = list(accumulate((len(layout.rows) for layout in self.layouts), initial=0))
        self.rows = encode([row.text for layout in self.layouts for row in layout.rows])
        self.combination = Combination(self.layouts)
        self.wholes = self._level(lambda layout: [(0, len(layout.rows))])
        self.priorities = self._level(lambda layout: [(part.start, part.end) for part in layout.priorities])
        self.elements = self._level(
            lambda layout: [
                (row, row + 1) for part in layout.priorities for row in range(part.elements_start, part.end)
            ]
        )

    def __len__(self) -> int:
        return len(self.layouts)

    @cached_property
    def eligibility(self) -> EligibilityClasses:
        """The opportunities as the rules of eligibility tell them apart."""
        return EligibilityClasses([layout.opportunity for layout in self.layouts])

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
        """Return whether the time to apply is known to be over, worked out once for each day: bool [opportunities]."""
        found = self._over.get(day)
        if found is None:
            found = np.array([layout.opportunity.status_on(day) in OVER for layout in self.layouts], dtype=bool)
            self._over = {**dict(list(self._over.items())[1 - _DAYS :]), day: found}
        return found

    def _level(self, stretches: Callable[[OpportunityLayout], list[tuple[int, int]]]) -> Level:
        targets: list[Target] = []
        starts = [0]
        for layout, offset in zip(self.layouts, self.offsets, strict=False):
            targets += [_target(layout, start, end, offset) for start, end in stretches(layout)]
            starts.append(len(targets))
        return Level(TargetIndex(self.rows, targets), starts)


def lay_out(opportunity: Opportunity) -> OpportunityLayout:
    """Return the texts of an opportunity that are worth encoding, each once, and where its priorities stand."""
    rows = [Row(opportunity.title, Quote(opportunity.title))]
    rows += _passages(Quote(opportunity.description))
    priorities = []
    for priority in opportunity.priorities:
        start = len(rows)
        rows += _passages(priority.quote) or [Row(priority.title, Quote(priority.title))]
        elements_start = len(rows)
        rows += [Row(core_of(element.quote.text), element.quote) for element in priority.elements]
        priorities.append(PriorityLayout(priority, start, elements_start, len(rows)))
    return OpportunityLayout(opportunity, tuple(rows), tuple(priorities))


def _passages(quote: Quote) -> list[Row]:
    passages = passages_of_text(quote.text)
    if len(passages) == 1:
        return [Row(passages[0].text, quote)]
    return [Row(passage.text, Quote(passage.text)) for passage in passages]


def _target(layout: OpportunityLayout, start: int, end: int, offset: int) -> Target:
    text = "\n".join(dict.fromkeys(row.text for row in layout.rows[start:end]))
    return Target(offset + start, offset + end, term_weights(text))
