"""Some hundred opportunities laid out as arrays: small enough to stay in the processor's caches while it is scored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from matcher.domain.vocabulary import OVER
from matcher.scoring.combination import Combination
from matcher.scoring.eligibility.classes import EligibilityClasses, TermNumbers
from matcher.scoring.layout import OpportunityLayout
from matcher.scoring.products import Floats
from matcher.scoring.queries import Queries
from matcher.scoring.similarity import Target, TargetIndex
from matcher.scoring.terms import TermWeights

_DAYS = 8
"""Of so many days a block remembers what was over."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An opportunity ready to stand in a block.

    `vectors` are those of its rows: float32 [rows, dimensions]. `terms` are those of its targets, in their order.
    """

    layout: OpportunityLayout
    vectors: Floats
    terms: tuple[TermWeights, ...]


class Block:
    """Neighbours in a catalogue; nothing about a block changes.

    Attributes:
        layouts: One per opportunity, in the order given.
        rows: The vectors of all of them: float32 [rows, dimensions].
        offsets: The first row of each opportunity, and one entry for the end.
        priority_starts: The number of the first priority of each opportunity, and one entry for the end.
        element_starts: The number of the first element of each opportunity, and one entry for the end.
        combination: How the fits of the parts make up those of the opportunities.
        eligibility: The opportunities as the rules of eligibility tell them apart.

    Raises:
        ValueError: There is no entry.
    """

    def __init__(self, entries: Sequence[Entry], numbers: TermNumbers) -> None:
        if not entries:
            raise ValueError("a block needs at least one entry")
        self._over: dict[date, NDArray[np.bool_]] = {}
        self.layouts = [entry.layout for entry in entries]
        self.offsets = _starts(len(layout.rows) for layout in self.layouts)
        self.priority_starts = _starts(len(layout.priorities) for layout in self.layouts)
        self.element_starts = _starts(len(layout.element_rows) for layout in self.layouts)
        self.rows = np.concatenate([entry.vectors for entry in entries])
        self._targets = _by_level(self.layouts)
        self._index = TargetIndex(self.rows, self._spread(entries))
        self.combination = Combination(self.layouts)
        self.eligibility = EligibilityClasses([layout.opportunity for layout in self.layouts], numbers)

    def __len__(self) -> int:
        return len(self.layouts)

    def vectors(self, member: int) -> Floats:
        """Return the vectors of the rows of one opportunity: float32 [rows, dimensions]."""
        return self.rows[self.offsets[member] : self.offsets[member + 1]]

    def similarities(self, queries: Queries) -> tuple[Floats, Floats, Floats]:
        """Return how similar opportunities, priorities and elements are: each float32 [3, targets, queries]."""
        found = self._index.similarities(queries)
        priorities = len(self)
        elements = priorities + self.priority_starts[-1]
        return found[:, :priorities], found[:, priorities:elements], found[:, elements:]

    def over_on(self, day: date) -> NDArray[np.bool_]:
        """Return whether the time to apply is known to be over, worked out once for each day: bool [opportunities]."""
        found = self._over.get(day)
        if found is None:
            found = np.array([layout.opportunity.status_on(day) in OVER for layout in self.layouts], dtype=bool)
            self._over = {**dict(list(self._over.items())[1 - _DAYS :]), day: found}
        return found

    def entries(self) -> list[Entry]:
        """Return what the block was made of."""
        terms: list[dict[int, TermWeights]] = [{} for _ in self.layouts]
        for number, (member, target) in enumerate(self._targets):
            terms[member][target] = self._index.terms.document(number)
        return [
            Entry(layout, self.vectors(member), tuple(terms[member][target] for target in range(len(layout.targets))))
            for member, layout in enumerate(self.layouts)
        ]

    def _spread(self, entries: Sequence[Entry]) -> list[Target]:
        """Return all targets, where they stand among the rows of the block."""
        stretches = [layout.targets for layout in self.layouts]
        return [
            Target(
                self.offsets[member] + stretches[member][target][0],
                self.offsets[member] + stretches[member][target][1],
                entries[member].terms[target],
            )
            for member, target in self._targets
        ]


def _starts(lengths: Iterable[int]) -> list[int]:
    return list(accumulate(lengths, initial=0))


def _by_level(layouts: Sequence[OpportunityLayout]) -> list[tuple[int, int]]:
    """Return (opportunity, number among its targets) of all wholes, then of all priorities, then of all elements."""
    wholes = [(member, 0) for member in range(len(layouts))]
    priorities = [
        (member, 1 + number) for member, layout in enumerate(layouts) for number in range(len(layout.priorities))
    ]
    elements = [
        (member, target)
        for member, layout in enumerate(layouts)
        for target in range(1 + len(layout.priorities), len(layout.targets))
    ]
    return [*wholes, *priorities, *elements]
