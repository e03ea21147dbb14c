"""One number per opportunity from its whole text, its priorities and what they ask for."""

import numpy as np
from numpy.typing import NDArray

from matcher.domain.vocabulary import PriorityKind
from matcher.scoring.catalogue import OpportunityLayout


def combined(
    layout: OpportunityLayout, whole: float, priorities: NDArray[np.float64], elements: NDArray[np.float64]
) -> float:
    """Return the log-odds of one opportunity.

    Where a notice states no priority, its whole text decides. Otherwise it is the middle of the whole and the priority
    that fits best: one of several goals is enough. An absolute priority must be met in every part (34 CFR
    75.105(c)(3)), so what falls short on its elements counts against it, and nothing makes up for it.

    Args:
        layout: The opportunity.
        whole: The log-odds of its whole text.
        priorities: Those of its priorities.
        elements: Those of the elements of all its priorities, in order.
    """
    stated = [part.priority.kind for part in layout.priorities]
    if not stated or stated == [PriorityKind.PURPOSE]:
        return whole
    best = int(priorities.argmax())
    middle = (whole + float(priorities[best])) / 2
    if stated[best] is not PriorityKind.ABSOLUTE or not layout.priorities[best].priority.elements:
        return middle
    first = sum(len(part.priority.elements) for part in layout.priorities[:best])
    own = elements[first : first + len(layout.priorities[best].priority.elements)]
    return middle + float(np.minimum(own, 0).mean())
