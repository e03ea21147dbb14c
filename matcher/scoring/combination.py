"""One number for each opportunity from its whole text, its priorities and what they ask for."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.domain.vocabulary import PriorityKind
from matcher.scoring.layout import OpportunityLayout
from matcher.scoring.stretches import Stretches

Numbers = NDArray[np.float64]


class Combination:
    """How the parts of some opportunities make up their wholes.

    Where a notice states no priority, its whole text decides. Otherwise it is the middle of the whole and the priority
    that fits best: one of several goals is enough. An absolute priority must be met in every part (34 CFR
    75.105(c)(3)), so what falls short on its elements counts against it, and nothing makes up for it.
    """

    def __init__(self, layouts: Sequence[OpportunityLayout]) -> None:
        parts = [part.priority for layout in layouts for part in layout.priorities]
        ends = np.cumsum([0, *(len(layout.priorities) for layout in layouts)])
        self._stating = np.flatnonzero([_states(layout) for layout in layouts])
        self._stated = Stretches(ends[:-1][self._stating], ends[1:][self._stating])
        counts = np.array([len(part.elements) for part in parts], np.int64)
        is_binding = [bool(part.elements) and part.kind is PriorityKind.ABSOLUTE for part in parts]
        self._binding = np.flatnonzero(is_binding)
        ends = np.cumsum(counts)[self._binding]
        self._asked = Stretches(ends - counts[self._binding], ends)

    def log_odds(self, wholes: Numbers, priorities: Numbers, elements: Numbers) -> Numbers:
        """Return the log-odds of each opportunity: float64 [opportunities, queries].

        Args:
            wholes: The log-odds of their whole texts.
            priorities: Those of the priorities of all of them, in order.
            elements: Those of the elements of all priorities, in order.
        """
        found = wholes.copy()
        if len(self._stated):
            best = self._stated.places_of_highest(priorities)
            fits = np.take_along_axis(priorities, best, axis=0)
            shortfalls = np.take_along_axis(self._shortfalls(priorities, elements), best, axis=0)
            found[self._stating] = (wholes[self._stating] + fits) / 2 + shortfalls
        return found

    def _shortfalls(self, priorities: Numbers, elements: Numbers) -> Numbers:
        """Return by how much each priority falls short on its elements on average, zero or less."""
        found = np.zeros(priorities.shape)
        if len(self._asked):
            sums = self._asked.reduced(np.add, np.minimum(elements, 0))
            found[self._binding] = sums / self._asked.lengths[:, np.newaxis]
        return found


def _states(layout: OpportunityLayout) -> bool:
    """Whether a notice states priorities; a purpose alone is the whole notice in short."""
    kinds = [part.priority.kind for part in layout.priorities]
    return bool(kinds) and kinds != [PriorityKind.PURPOSE]
