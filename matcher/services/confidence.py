"""How sure a fit is, apart from how high it is: what it rests on, by rules of ours (`docs/scoring.md`)."""

from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.match import Match
from matcher.domain.opportunity import Opportunity
from matcher.domain.vocabulary import PriorityKind

_FEWEST_WORDS = 60
"""A shorter notice says too little of what the money is for."""


class Level(StrEnum):
    """How much weight the number of a fit bears."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure a fit is, and why, as a clause."""

    level: Level
    because: str


def confidence(match: Match, opportunity: Opportunity, *, is_calibrated: bool) -> Confidence:
    """Return how sure the fit of a match is.

    Curves for priorities were fitted to judged pairs, those for whole notices could only be made cautious; and with
    another model than the bundled one fits keep their order alone.
    """
    if not is_calibrated:
        return Confidence(Level.LOW, "this model is not calibrated, so that fits give an order alone")
    if _words(opportunity) < _FEWEST_WORDS:
        return Confidence(Level.LOW, "the notice says little of what the money is for")
    stated = [found for found in match.priorities if found.kind is not PriorityKind.PURPOSE]
    if not stated:
        return Confidence(Level.MEDIUM, "the notice states no priority, so that its whole text decides")
    if not any(found.is_addressed for found in stated):
        return Confidence(Level.MEDIUM, "no stated priority is addressed, so that the whole text decides")
    return Confidence(Level.HIGH, "it rests on stated priorities and your words for them")


def _words(opportunity: Opportunity) -> int:
    """Count what the scorer reads of a notice."""
    asked = [priority.quote.text for priority in opportunity.priorities]
    asked += [element.quote.text for priority in opportunity.priorities for element in priority.elements]
    return sum(len(text.split()) for text in (opportunity.title, opportunity.description, *asked))
