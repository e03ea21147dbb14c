"""One number per opportunity from its whole text, its priorities and what they ask for."""

import numpy as np
import pytest

from matcher.domain.evidence import Quote
from matcher.domain.opportunity import Opportunity, Priority, PriorityElement
from matcher.domain.vocabulary import PriorityKind
from matcher.scoring.combination import Combination
from matcher.scoring.layout import lay_out


def notice(*kinds: PriorityKind, elements: int = 0) -> Opportunity:
    asked = tuple(PriorityElement(str(number), Quote(f"element {number}")) for number in range(elements))
    priorities = tuple(Priority(str(n), kind, "t", Quote(f"priority {n}"), asked) for n, kind in enumerate(kinds))
    return Opportunity("id", "Title", "text", priorities=priorities)


def score(opportunity: Opportunity, whole: float, priorities: list[float], elements: list[float]) -> float:
    levels = (np.reshape(values, (-1, 1)) for values in ([whole], priorities, elements))
    return float(Combination([lay_out(opportunity)]).log_odds(*levels)[0, 0])


def test_the_parts_of_one_opportunity_bear_on_no_other() -> None:
    notices = [
        notice(PriorityKind.GOAL, PriorityKind.ABSOLUTE, elements=1),
        notice(PriorityKind.PURPOSE, elements=2),
        notice(),
        notice(PriorityKind.ABSOLUTE, PriorityKind.ABSOLUTE, elements=2),
    ]
    wholes, priorities = [1.0, 2.0, 3.0, 4.0], [0.0, 2.0, 9.0, 5.0, 5.0]
    elements = [-9.0, -2.0, -9.0, -9.0, -1.0, -3.0, -9.0, -9.0]
    together = Combination([lay_out(one) for one in notices])
    levels = (np.reshape(values, (-1, 1)) for values in (wholes, priorities, elements))
    assert together.log_odds(*levels)[:, 0].tolist() == pytest.approx([1.5 - 2.0, 2.0, 3.0, 4.5 - 2.0])


def test_without_a_stated_priority_the_whole_text_decides() -> None:
    assert score(notice(), 1.5, [], []) == 1.5
    assert score(notice(PriorityKind.PURPOSE), 1.5, [-3.0], []) == 1.5


def test_one_of_several_goals_is_enough() -> None:
    assert score(notice(PriorityKind.GOAL, PriorityKind.GOAL), 1.0, [-2.0, 3.0], []) == 2.0


def test_what_falls_short_on_an_absolute_priority_counts_and_nothing_makes_up_for_it() -> None:
    absolute = notice(PriorityKind.ABSOLUTE, elements=2)
    assert score(absolute, 1.0, [1.0], [0.5, 2.0]) == 1.0
    assert score(absolute, 1.0, [1.0], [-1.0, 5.0]) == pytest.approx(0.5)


def test_the_elements_of_the_best_priority_count_and_no_others() -> None:
    two = notice(PriorityKind.ABSOLUTE, PriorityKind.ABSOLUTE, elements=1)
    assert score(two, 0.0, [-4.0, 2.0], [-9.0, -1.0]) == pytest.approx(0.0)


def test_goals_and_preferences_need_not_be_met_in_every_part() -> None:
    assert score(notice(PriorityKind.GOAL, elements=1), 1.0, [1.0], [-5.0]) == 1.0
    assert score(notice(PriorityKind.COMPETITIVE_PREFERENCE, elements=1), 1.0, [1.0], [-5.0]) == 1.0
