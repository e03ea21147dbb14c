"""The texts of an opportunity that are worth encoding, and where its parts stand among them."""

from dataclasses import dataclass
from functools import cached_property

from matcher.domain.evidence import Quote
from matcher.domain.opportunity import Opportunity, Priority
from matcher.scoring.terms import TermWeights, term_weights
from matcher.text.asks import core_of
from matcher.text.passages import passages_of_text


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

    @property
    def element_rows(self) -> tuple[int, ...]:
        """The row of each element of each priority."""
        return tuple(row for part in self.priorities for row in range(part.elements_start, part.end))

    @property
    def targets(self) -> tuple[tuple[int, int], ...]:
        """Where what a proposal is compared with begins and ends: the whole, each priority, each element."""
        priorities = ((part.start, part.end) for part in self.priorities)
        return (0, len(self.rows)), *priorities, *((row, row + 1) for row in self.element_rows)


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
