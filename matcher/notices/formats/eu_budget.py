"""The money of a topic of the EU portal: what one grant may be, how many are expected, and the budget of the topic."""

import json
from collections.abc import Iterable, Iterator

from matcher.domain.opportunity import FundingRange
from matcher.notices.formats.mappings import Fields
from matcher.notices.formats.plain_values import whole_amount

_CURRENCY = "EUR"


def funding(least: object, most: object, grants: object, total: object) -> FundingRange:
    """Return the money in euro; two ends in the wrong order say nothing."""
    floor, ceiling = whole_amount(least), whole_amount(most)
    if floor and ceiling and floor > ceiling:
        floor = ceiling = None
    return FundingRange(
        award_floor=floor,
        award_ceiling=ceiling,
        estimated_total_program_funding=whole_amount(total),
        expected_number_of_awards=whole_amount(grants),
        currency=_CURRENCY,
    )


def budget_of(overview: object, identifier: str) -> FundingRange:
    """Return the money that `budgetOverview`, JSON within a string, has for one topic.

    It lists every topic of the call, so only the rows whose action begins with the identifier count. Where another
    topic shows the same budget by year, the topics share it, and what this one gets is not known.
    """
    rows = list(_rows(overview))
    own = [row for row in rows if _is_of(row, identifier)]
    if not own:
        return FundingRange(currency=_CURRENCY)
    grants = [whole_amount(row.get("expectedGrants")) for row in own]
    budgets = [row.get("budgetYearMap") for row in own]
    is_shared = any(row.get("budgetYearMap") in budgets for row in rows if not _is_of(row, identifier))
    return funding(
        min(_amounts(own, "minContribution"), default=None),
        max(_amounts(own, "maxContribution"), default=None),
        sum(number for number in grants if number) if all(grants) else None,
        None if is_shared else sum(amount for budget in budgets for amount in _by_year(budget)),
    )


def _rows(overview: object) -> Iterator[Fields]:
    try:
        values = json.loads(overview) if isinstance(overview, str) else overview
    except (ValueError, RecursionError):
        return
    by_action = values.get("budgetTopicActionMap") if isinstance(values, dict) else None
    for rows in by_action.values() if isinstance(by_action, dict) else ():
        yield from (row for row in (rows if isinstance(rows, list) else ()) if isinstance(row, dict))


def _is_of(row: Fields, identifier: str) -> bool:
    """Whether a row is about the topic: its action is "IDENTIFIER - kind of action"."""
    action = row.get("action")
    return isinstance(action, str) and (action == identifier or action.startswith(f"{identifier} "))


def _amounts(rows: Iterable[Fields], name: str) -> list[int]:
    return [amount for row in rows if (amount := whole_amount(row.get(name)))]


def _by_year(budget: object) -> list[int]:
    values = budget.values() if isinstance(budget, dict) else ()
    return [amount for value in values if (amount := whole_amount(value))]
