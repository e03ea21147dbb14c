"""How one place lies to another one, told by their names alone."""

from collections.abc import Sequence
from functools import lru_cache

from matcher.scoring.eligibility.geography.areas import Relation, compare
from matcher.scoring.eligibility.geography.readings import Reading, readings_of

_BEST_FIRST = (
    Relation.SAME,
    Relation.INSIDE,
    Relation.CONTAINS,
    Relation.OVERLAPS,
    Relation.UNKNOWN,
    Relation.OUTSIDE,
)
_FITS = frozenset({Relation.SAME, Relation.INSIDE})


@lru_cache(maxsize=4096)
def relation(place: str, other: str) -> Relation:
    """Return how `place` lies to `other`: INSIDE means that the whole of `place` is a part of `other`.

    Each may be a list ("Ohio and Indiana") or a part ("rural Ohio"). A name that several places bear lies inside if
    one that is likely meant does, and outside only if none that may be meant has a part inside. UNKNOWN is a name that
    names no known place, such as "rural areas".
    """
    ours, theirs = readings_of(place), readings_of(other)
    if not ours or not theirs:
        return Relation.UNKNOWN
    found = [min((_between(one, another) for another in theirs), key=_BEST_FIRST.index) for one in ours]
    kinds = set(found)
    if len(kinds) == 1:
        return _of_lists(found[0], ours, theirs)
    if kinds <= _FITS:
        return Relation.INSIDE
    if kinds & {Relation.SAME, Relation.CONTAINS} and len(theirs) == 1:
        return Relation.CONTAINS
    return Relation.UNKNOWN if kinds <= {Relation.OUTSIDE, Relation.UNKNOWN} else Relation.OVERLAPS


def _of_lists(each: Relation, ours: Sequence[Reading], theirs: Sequence[Reading]) -> Relation:
    """Return what holds for lists as a whole if it holds for each of our places and one of theirs."""
    if each is Relation.SAME and len(ours) < len(theirs):
        return Relation.INSIDE
    if each is Relation.CONTAINS and len(theirs) > 1:
        return Relation.OVERLAPS
    return each


def _between(one: Reading, other: Reading) -> Relation:
    likely = {compare(area, another) for area in one.likely for another in other.likely}
    for found in _BEST_FIRST[:3]:
        if found in likely:
            return found
    if all(compare(area, another) is Relation.OUTSIDE for area in one.possible for another in other.possible):
        return Relation.OUTSIDE
    return Relation.OVERLAPS if Relation.OVERLAPS in likely else Relation.UNKNOWN
