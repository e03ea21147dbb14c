"""Whether there is time to apply, and what that rests on."""

from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.evidence import Quote, Span
from matcher.domain.feasibility import Pace, feasibility, working_days_before, working_days_between
from matcher.domain.opportunity import (
    Eligibility,
    FundingRange,
    KeyDate,
    Opportunity,
    PartnerRequirement,
    SelectionCriterion,
)
from matcher.domain.vocabulary import ApplicantType, Basis

SUNDAY = date(2026, 11, 22)
DEADLINE = KeyDate("application", PartialDate(3, 15, 2027))
PLAIN = Opportunity("youth", "Youth", "Train young people.", key_dates=(DEADLINE,))


def tasks(opportunity: Opportunity) -> dict[str, int]:
    return {task.name: task.working_days for task in feasibility(opportunity, SUNDAY).tasks}


def test_the_day_to_start_lies_the_needed_working_days_before_the_deadline() -> None:
    found = feasibility(PLAIN, SUNDAY)
    assert (found.working_days_needed, found.start_by, found.pace) == (5, date(2027, 3, 8), Pace.IN_TIME)
    assert (found.days_left, found.working_days_left) == (113, 80)
    assert found.basis is Basis.INFERRED


def test_after_the_day_to_start_it_is_late_and_after_the_deadline_it_is_over() -> None:
    paces = [feasibility(PLAIN, date(2027, 3, day)).pace for day in (8, 9, 15, 16)]
    assert paces == [Pace.IN_TIME, Pace.LATE, Pace.LATE, Pace.OVER]


@pytest.mark.parametrize(
    "opportunity",
    [
        replace(PLAIN, key_dates=()),
        replace(PLAIN, key_dates=(KeyDate("application", PartialDate(3, 15)),)),
        replace(PLAIN, key_dates=(KeyDate("application", PartialDate(3, 15, 2020)),), is_rolling=True),
    ],
)
def test_without_a_dated_deadline_ahead_no_day_to_start_is_invented(opportunity: Opportunity) -> None:
    found = feasibility(opportunity, SUNDAY)
    assert (found.pace, found.start_by, found.days_left) == (Pace.NO_DEADLINE, None, None)


def test_the_longest_page_limit_that_the_notice_names_is_quoted_with_its_place() -> None:
    text = "The abstract is limited to 1 page. The narrative must not exceed 25 single-spaced pages."
    found = feasibility(replace(PLAIN, text=text), SUNDAY)
    [narrative] = [task for task in found.tasks if task.name == "narrative"]
    assert narrative.quote == Quote("not exceed 25 single-spaced pages", Span(54, 87))
    assert narrative.quote.span is not None
    assert narrative.quote.span.of(text) == narrative.quote.text
    assert narrative.working_days == 9


def test_without_a_page_limit_each_criterion_takes_a_day() -> None:
    criteria = tuple(SelectionCriterion(str(key), "Need", Quote("Need")) for key in range(4))
    assert tasks(replace(PLAIN, selection_criteria=criteria)) == {"application": 5, "narrative": 4}


def test_partners_and_a_share_of_the_cost_add_days() -> None:
    partners = (PartnerRequirement((ApplicantType.STATE_GOVERNMENTS,), Quote("with a state")),)
    asked = replace(
        PLAIN, eligibility=Eligibility(required_partners=partners), funding=FundingRange(is_cost_sharing=True)
    )
    assert tasks(asked) == {"application": 5, "partners": 5, "cost_share": 2}


def test_a_registration_runs_beside_the_work_and_counts_only_where_it_takes_longer() -> None:
    registered = replace(PLAIN, text="Applicants need a Unique Entity Identifier.")
    assert feasibility(registered, SUNDAY).working_days_needed == 10
    criteria = tuple(SelectionCriterion(str(key), "Need", Quote("Need")) for key in range(8))
    assert feasibility(replace(registered, selection_criteria=criteria), SUNDAY).working_days_needed == 13


def test_a_letter_of_intent_is_due_before_anything_else() -> None:
    intent = KeyDate("intent", PartialDate(12, 1, 2026))
    found = feasibility(replace(PLAIN, key_dates=(intent, DEADLINE)), SUNDAY)
    assert (found.intent_by, found.start_by) == (date(2026, 12, 1), date(2026, 12, 1))


def test_working_days_are_counted_from_monday_to_friday() -> None:
    monday, next_monday = date(2026, 11, 23), date(2026, 11, 30)
    assert working_days_before(next_monday, 5) == monday
    assert working_days_before(monday, 0) == monday
    assert working_days_between(monday, next_monday) == 5
    assert working_days_between(SUNDAY, monday) == 0
    assert working_days_between(monday, SUNDAY) == 0
