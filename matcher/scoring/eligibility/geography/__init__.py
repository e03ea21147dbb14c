"""Nested places: cities in counties in states in nations, told apart and compared by their names."""

from matcher.scoring.eligibility.geography.areas import Relation
from matcher.scoring.eligibility.geography.nesting import relation

__all__ = ["Relation", "relation"]
