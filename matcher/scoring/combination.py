"""One number for each opportunity from its whole text, its priorities and what they ask for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matcher.domain.vocabulary import PriorityKind

if TYPE_CHECKING:
    from matcher.scoring.catalogue import OpportunityLayout

Numbers = NDArray[np.float64]


class Combination:
    """How the parts of some opportunities make up their wholes.

    Where a notice states no priority, its whole text decides. Otherwise it is the middle of the whole and the priority
    that fits best: one of several goals is enough. An absolute priority must be met in every part (34 CFR
    75.105(c)(3)), so what falls short on its elements counts against it, and nothing makes up for it.
    """

    def __init__(self, layouts: Sequence["OpportunityLayout"]) -> None:
        parts = [part.priority for layout in layouts for part in layout.priorities]
        counts = np.array([len(layout.priorities) for layout in layouts], np.int64)
        states = np.array([_states(layout) for layout in layouts], bool)
        self._stating = np.flatnonzero(states)
        self._stated = np.flatnonzero(np.repeat(states, counts))
        self._owners = np.repeat(np.arange(len(self._stating)), counts[states])
        self._firsts = np.cumsum(counts[states]) - counts[states]
        self._elements = np.cumsum([0, *(len(part.elements) for part in parts)])
        self._binds = np.array([bool(part.elements) and part.kind is PriorityKind.ABSOLUTE for part in parts], bool)

    def log_odds(self, wholes: Numbers, priorities: Numbers, elements: Numbers) -> Numbers:
        """Return the log-odds of each opportunity: float64 [opportunities].

        Args:
            wholes: The log-odds of their whole texts.
            priorities: Those of the priorities of all of them, in order.
            elements: Those of the elements of all priorities, in order.
        """
        found = wholes.copy()
        best = self._best(priorities)
        found[self._stating] = (wholes[self._stating] + priorities[best]) / 2
        binding = self._binds[best]
        found[self._stating[binding]] += self._shortfalls(best[binding], elements)
        return found

    def _best(self, priorities: Numbers) -> NDArray[np.int64]:
        """Return the number of the best priority of each opportunity that states any; of equals the first."""
        if not len(self._stating):
            return np.empty(0, np.int64)
        stated = priorities[self._stated]
        best = np.flatnonzero(stated == np.maximum.reduceat(stated, self._firsts)[self._owners])
        _, firsts = np.unique(self._owners[best], return_index=True)
        return np.asarray(self._stated[best[firsts]], np.int64)

    def _shortfalls(self, priorities: NDArray[np.int64], elements: Numbers) -> Numbers:
        """Return by how much each of some priorities falls short on its elements on average, zero or less."""
        if not len(priorities):
            return np.empty(0)
        starts, ends = self._elements[priorities], self._elements[priorities + 1]
        short = np.append(np.minimum(elements, 0), 0.0)  # so that a stretch may end where the elements end
        sums = np.add.reduceat(short, np.stack([starts, ends], axis=1).ravel())[::2]
        return np.asarray(sums / (ends - starts), np.float64)


def _states(layout: "OpportunityLayout") -> bool:
    """Whether a notice states priorities; a purpose alone is the whole notice in short."""
    kinds = [part.priority.kind for part in layout.priorities]
    return bool(kinds) and kinds != [PriorityKind.PURPOSE]
