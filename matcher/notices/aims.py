"""Everything that a prose notice wants the money to do, from its named priorities to its last wish."""

from matcher.domain.evidence import Quote
from matcher.domain.opportunity import Priority
from matcher.domain.vocabulary import PriorityKind
from matcher.notices.challenge import challenge_priorities
from matcher.notices.goals import program_goals
from matcher.notices.page import Page
from matcher.notices.preferences import preferences
from matcher.notices.priorities import stated_priorities
from matcher.notices.purpose import purpose_priority

_OPTIONAL = (PriorityKind.COMPETITIVE_PREFERENCE, PriorityKind.INVITATIONAL)
_GOALS_KEY = "2"


def named_priorities(page: Page) -> tuple[Priority, ...]:
    """Return the priorities that `page` states by name, or else the sections of a European topic."""
    return stated_priorities(page) or challenge_priorities(page)


def all_priorities(page: Page, named: tuple[Priority, ...]) -> tuple[Priority, ...]:
    """Return the `named` priorities with the preferences that sentences give.

    Where nothing that is named must be addressed, the purpose and the goals of the program stand before them.
    """
    required = () if any(priority.kind not in _OPTIONAL for priority in named) else _purposes(page)
    priorities = (*required, *named)
    return (*priorities, *preferences(page, priorities))


def _purposes(page: Page) -> tuple[Priority, ...]:
    purpose = purpose_priority(page)
    goals = program_goals(page, _GOALS_KEY)
    if purpose is None or goals is None or _overlap(purpose.quote, goals.quote):
        return () if purpose is None else (purpose,)
    return (purpose, goals)


def _overlap(one: Quote, other: Quote) -> bool:
    return bool(one.span and other.span and one.span.start < other.span.end and other.span.start < one.span.end)
