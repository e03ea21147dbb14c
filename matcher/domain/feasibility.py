"""Whether there is time to apply: the work that a notice asks for, against the working days that are left.

A notice does not say how long its application takes. So every figure here is inferred, names what it rests on, and
never enters a fit. The days a task is given are our own rule of thumb (`docs/api.md`); that of registering is what
SAM.gov tells applicants to expect.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from matcher.domain.evidence import Quote, Span
from matcher.domain.opportunity import Opportunity
from matcher.domain.vocabulary import Basis

INTENT = "intent"
"""The name of the milestone by which the intent to apply must be told."""

_ALWAYS_DAYS = 5
_PAGES_A_DAY = 3
_MOST_PAGE_DAYS = 20
_PARTNER_DAYS = 5
_COST_SHARE_DAYS = 2
_REGISTRATION_DAYS = 10
_LONGEST_PAGE_LIMIT = 300
_WEEKEND = (5, 6)

_PAGE_LIMIT = re.compile(
    r"(?:no more than|not (?:to )?exceed(?:ing)?|limit(?:ed)? (?:of|to)|up to|maximum of)\s+(?:[a-z]+ )?\(?(\d{1,3})\)?"
    r"[\s-]+(?:\w+[\s-]+){0,2}?pages?\b",
    re.IGNORECASE,
)
_REGISTRATION = re.compile(
    r"\bUnique Entity Identifier\b|\bSystem for Award Management\b|\bregist\w+ (?:in|with|at|on) SAM(?:\.gov)?\b",
    re.IGNORECASE,
)


class Pace(StrEnum):
    """How the work stands to the time that is left."""

    IN_TIME = "in_time"
    LATE = "late"
    """The day to start has passed: possible only with more people, or with parts that stand ready."""
    NO_DEADLINE = "no_deadline"
    """No deadline with a year is known, or applications are taken at any time."""
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of the work: how many working days it takes, why it is there, and the words that ask for it.

    What `runs_beside` the rest waits for others: it takes time but no work.
    """

    name: str
    working_days: int
    sentence: str
    quote: Quote | None = None
    runs_beside: bool = False


@dataclass(frozen=True, slots=True)
class Feasibility:
    """The time that is left against the time that is needed, on one day.

    `start_by` is the last day to start; never later than `intent_by`, the day by which the intent must be told.
    """

    pace: Pace
    deadline: date | None
    days_left: int | None
    working_days_left: int | None
    working_days_needed: int
    intent_by: date | None
    start_by: date | None
    tasks: tuple[Task, ...]
    basis: Basis = Basis.INFERRED


def feasibility(opportunity: Opportunity, as_of: date) -> Feasibility:
    """Return whether one person can still prepare an application on the day `as_of`; weekends are not worked."""
    tasks = tuple(_tasks(opportunity))
    work = sum(task.working_days for task in tasks if not task.runs_beside)
    needed = max([work, *(task.working_days for task in tasks)])
    deadline = opportunity.deadline(as_of)
    if deadline is None or (deadline < as_of and opportunity.is_rolling):
        return Feasibility(Pace.NO_DEADLINE, None, None, None, needed, None, None, tasks)
    if deadline < as_of:
        return Feasibility(Pace.OVER, deadline, None, None, needed, None, None, tasks)
    intent = _intent_by(opportunity, as_of, deadline)
    latest = working_days_before(deadline, needed)
    start = latest if intent is None else min(latest, intent)
    return Feasibility(
        pace=Pace.IN_TIME if start >= as_of else Pace.LATE,
        deadline=deadline,
        days_left=(deadline - as_of).days,
        working_days_left=working_days_between(as_of, deadline),
        working_days_needed=needed,
        intent_by=intent,
        start_by=start,
        tasks=tasks,
    )


def working_days_before(day: date, count: int) -> date:
    """Return the day from which on there are `count` working days before `day`, which is not one of them."""
    while count > 0:
        day -= timedelta(days=1)
        count -= day.weekday() not in _WEEKEND
    return day


def working_days_between(first: date, end: date) -> int:
    """Return how many working days there are from `first` on and before `end`."""
    weeks, rest = divmod(max((end - first).days, 0), 7)
    return weeks * 5 + sum((first + timedelta(days=day)).weekday() not in _WEEKEND for day in range(rest))


def _tasks(opportunity: Opportunity) -> Iterator[Task]:
    yield Task("application", _ALWAYS_DAYS, "Every application needs a plan, a budget, forms and a review.")
    yield from _narrative(opportunity)
    for partner in opportunity.eligibility.required_partners[:1]:
        yield Task("partners", _PARTNER_DAYS, "The notice asks for partners, who must agree in writing.", partner.quote)
    if opportunity.funding.is_cost_sharing:
        evidence = opportunity.funding.evidence_of("is_cost_sharing")
        sentence = "The notice asks for a share of the cost, which must be committed."
        yield Task("cost_share", _COST_SHARE_DAYS, sentence, evidence.quote if evidence else None)
    registration = _found(_REGISTRATION, opportunity.text)
    if registration is not None:
        sentence = "An applicant must be registered in SAM.gov, which can take ten business days; it runs beside."
        yield Task("registration", _REGISTRATION_DAYS, sentence, registration, runs_beside=True)


def _narrative(opportunity: Opportunity) -> Iterator[Task]:
    """Yield what there is to write: by the page limit where the notice states one, else by what it asks for."""
    limits = [found for found in _PAGE_LIMIT.finditer(opportunity.text) if 0 < int(found[1]) <= _LONGEST_PAGE_LIMIT]
    if limits:
        longest = max(limits, key=lambda found: int(found[1]))
        pages = int(longest[1])
        days = min(ceil(pages / _PAGES_A_DAY), _MOST_PAGE_DAYS)
        quote = Quote(longest[0], Span(*longest.span()))
        yield Task("narrative", days, f"The notice names a limit of {pages} pages.", quote)
        return
    criteria = len(opportunity.selection_criteria)
    asks = sum(max(len(priority.elements), 1) for priority in opportunity.priorities)
    sections = criteria or asks
    if sections:
        what = "selection criteria" if criteria else "things to address"
        days = min(sections, _MOST_PAGE_DAYS)
        yield Task("narrative", days, f"The notice lists {sections} {what}, a day each.")


def _intent_by(opportunity: Opportunity, as_of: date, deadline: date) -> date | None:
    """Return the first day by which the intent must be told that still lies ahead, and before the deadline."""
    days = (key.day.as_date() for key in opportunity.key_dates if key.name == INTENT)
    return min((day for day in days if day is not None and as_of <= day <= deadline), default=None)


def _found(pattern: re.Pattern[str], text: str) -> Quote | None:
    found = pattern.search(text)
    return None if found is None else Quote(found[0], Span(*found.span()))
