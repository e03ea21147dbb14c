"""Areas as sets of nested units, and how two of them lie to each other."""

from dataclasses import dataclass
from enum import StrEnum

Path = tuple[str, ...]
"""A unit from the outside in: nation (ISO 3166-1), state (ISO 3166-2), county, city. The empty path is the world.

A city whose county is not known has "" in its place.
"""
_COUNTY, _CITY = 3, 4
"""The lengths of the paths of counties and of cities."""


class Relation(StrEnum):
    """How one place lies to another one."""

    SAME = "same"
    INSIDE = "inside"
    CONTAINS = "contains"
    OVERLAPS = "overlaps"
    """A part of the one is, or may be, a part of the other."""
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Area:
    """A place with more or less sharp borders: `core` surely belongs to it, and nothing beyond `outer` does."""

    core: frozenset[Path]
    outer: frozenset[Path]

    @classmethod
    def exact(cls, *paths: Path) -> "Area":
        """Return the area that is made of whole units."""
        return cls(frozenset(paths), frozenset(paths))

    def part(self) -> "Area":
        """Return the area of some part of this one, as in "northern Ohio"."""
        return Area(frozenset(), self.outer)

    def surroundings(self) -> "Area":
        """Return this area with an unknown stretch around it, as in "Greater Boston"."""
        return Area(self.core, frozenset({()}))


ANYWHERE = Area(frozenset(), frozenset({()}))
"""Somewhere in the world: a name that others may bear too."""


def compare(one: Area, other: Area) -> Relation:
    """Return how the first area lies to the second; OUTSIDE only if no part of it can be inside."""
    is_inside, contains = _is_covered(one.outer, other.core), _is_covered(other.outer, one.core)
    if is_inside and contains:
        return Relation.SAME
    if is_inside:
        return Relation.INSIDE
    if contains:
        return Relation.CONTAINS
    if all(_are_apart(unit, another) for unit in one.outer for another in other.outer):
        return Relation.OUTSIDE
    return Relation.OVERLAPS


def _is_covered(units: frozenset[Path], cover: frozenset[Path]) -> bool:
    return all(any(unit[: len(whole)] == whole for whole in cover) for unit in units)


def _are_apart(one: Path, other: Path) -> bool:
    """Whether two units surely share nothing.

    A city may spread over several counties, and a neighborhood is listed beside its city, so that a city is apart
    only from cities of other counties and from other states.
    """
    depth = next((level for level, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if depth is None:
        return False
    if depth + 1 < _COUNTY:
        return True
    is_county_known = bool(one[_COUNTY - 1] and other[_COUNTY - 1])
    return depth + 1 == _COUNTY and len(one) == len(other) and is_county_known
