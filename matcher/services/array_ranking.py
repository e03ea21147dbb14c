"""The ranking of a whole catalogue at once: places are worked out as numbers, and a match is made when it is looked at.

The order and the groups are those of `matcher.services.ranking.rank`.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import overload

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import MatchHead
from matcher.domain.vocabulary import Verdict
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.eligibility import VERDICTS
from matcher.services.preferences import Preferences
from matcher.services.ranking import RankedMatch, Ranking, ranked_match

_INELIGIBLE = VERDICTS.index(Verdict.INELIGIBLE)


class _Group(Sequence[RankedMatch[MatchHead]]):
    """The matches at some positions of a catalogue, in order."""

    def __init__(self, positions: NDArray[np.int64], make: Callable[[int], RankedMatch[MatchHead]]) -> None:
        self._positions = positions
        self._make = make

    def __len__(self) -> int:
        return len(self._positions)

    @overload
    def __getitem__(self, wanted: int) -> RankedMatch[MatchHead]: ...

    @overload
    def __getitem__(self, wanted: slice) -> "_Group": ...

    def __getitem__(self, wanted: int | slice) -> "RankedMatch[MatchHead] | _Group":
        if isinstance(wanted, slice):
            return _Group(self._positions[wanted], self._make)
        return self._make(int(self._positions[wanted]))


def rank_catalogue(
    catalogue: Catalogue,
    fits: NDArray[np.float64],
    verdicts: NDArray[np.int8],
    as_of: date,
    preferences: Preferences | None = None,
) -> Ranking[MatchHead]:
    """Return every opportunity of a catalogue in its place as of one day.

    Args:
        catalogue: The opportunities.
        fits: The fit of each: float64 [opportunities].
        verdicts: The verdict on each, as its place in `VERDICTS`: int8 [opportunities].
        as_of: The day.
        preferences: What the organization said.
    """

    def make(position: int) -> RankedMatch[MatchHead]:
        opportunity = catalogue.layouts[position].opportunity
        head = MatchHead(opportunity.opportunity_id, float(fits[position]), VERDICTS[verdicts[position]])
        return ranked_match(opportunity, head, as_of, preferences)

    nudges, is_muted = _told(catalogue, preferences)
    order = np.lexsort((catalogue.by_identifier, -(fits + nudges)))
    is_closed, is_ineligible = catalogue.over_on(as_of), verdicts == _INELIGIBLE

    def group(belongs: NDArray[np.bool_]) -> _Group:
        return _Group(order[belongs[order]], make)

    return Ranking(
        as_of=as_of,
        ranked=group(~is_muted & ~is_closed & ~is_ineligible),
        closed=group(~is_muted & is_closed),
        ineligible=group(~is_muted & ~is_closed & is_ineligible),
        muted=group(is_muted),
        best_fit=float(fits.max(initial=0.0)),
    )


def _told(catalogue: Catalogue, preferences: Preferences | None) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return by how much the place of each opportunity is moved, and whether it is muted."""
    nudges, is_muted = np.zeros(len(catalogue)), np.zeros(len(catalogue), dtype=bool)
    if preferences is not None and preferences.is_telling:
        for position, layout in enumerate(catalogue.layouts):
            nudge = preferences.nudge(layout.opportunity)
            nudges[position] = nudge.amount if nudge else 0.0
            is_muted[position] = preferences.muted_because(layout.opportunity) is not None
    return nudges, is_muted
