"""The conditions and orders of the protocol, as tests and keys on what is stored."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from matcher.domain.match import MatchHead
from matcher.domain.opportunity import FundingRange, Opportunity
from matcher.store.records import StoredOpportunity
from matcher.web.common_grants.opportunity import OppStatusOptions
from matcher.web.common_grants.search_body import (
    AllOperators,
    ArrayOperators,
    DateRangeFilter,
    DefaultFilter,
    MoneyRangeFilter,
    OppFilters,
    OppSortBy,
    OppSorting,
    RangeOperators,
    SortOrder,
    StringArrayFilter,
    finite,
)
from matcher.web.common_grants.translation import status_of

PROPOSAL_ID = "proposalId"
MATCH_SCORE = "matchScore"
AGENCY = "agency"
RELEVANCE = "relevance"

_COMPARED: dict[AllOperators, Callable[[float, float], bool]] = {
    AllOperators.GT: lambda fit, bound: fit > bound,
    AllOperators.GTE: lambda fit, bound: fit >= bound,
    AllOperators.LT: lambda fit, bound: fit < bound,
    AllOperators.LTE: lambda fit, bound: fit <= bound,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One opportunity of a search: its match and its relevance where a proposal or words were given."""

    stored: StoredOpportunity
    match: MatchHead | None
    relevance: float | None

    @property
    def opportunity(self) -> Opportunity:
        """The opportunity."""
        return self.stored.opportunity

    @property
    def funding(self) -> FundingRange:
        """What there is to give."""
        return self.stored.opportunity.funding


Condition = Callable[[Candidate], bool]


def conditions(filters: OppFilters, as_of: date) -> Iterator[Condition]:
    """Yield the conditions that the protocol itself has."""
    if filters.status is not None:
        yield _status_condition(filters.status, as_of)
    if filters.close_date_range is not None:
        yield _deadline_condition(filters.close_date_range, as_of)
    amounts: tuple[tuple[MoneyRangeFilter | None, Callable[[FundingRange], int | None]], ...] = (
        (filters.total_funding_available_range, lambda funding: funding.estimated_total_program_funding),
        (filters.min_award_amount_range, lambda funding: funding.award_floor),
        (filters.max_award_amount_range, lambda funding: funding.award_ceiling),
    )
    for asked, amount_of in amounts:
        if asked is not None:
            yield _money_condition(asked, amount_of)


def custom_conditions(asked: Mapping[str, DefaultFilter], errors: list[str]) -> Iterator[Condition]:
    """Yield the conditions that are ours, and add to `errors` what cannot be asked; `proposalId` is not among them."""
    for name, one in asked.items():
        condition = None
        if name == MATCH_SCORE and PROPOSAL_ID in asked:
            condition = _score_condition(one)
        elif name == AGENCY:
            condition = _agency_condition(one)
        if condition is not None:
            yield condition
        elif name == MATCH_SCORE and PROPOSAL_ID not in asked:
            errors.append(f"customFilters.{name} was passed over: it needs customFilters.{PROPOSAL_ID} beside it")
        elif name in (MATCH_SCORE, AGENCY):
            errors.append(f"customFilters.{name} was passed over: it cannot be asked with this operator and value")
        elif name != PROPOSAL_ID:
            errors.append(f"customFilters.{name} was passed over: there is no such filter here")


def unknown_statuses(asked: StringArrayFilter | None) -> list[str]:
    """Return the statuses of a filter that the protocol does not have; nothing stands there."""
    return [] if asked is None else [value for value in asked.value if value not in list(OppStatusOptions)]


def in_order(found: Iterable[Candidate], sorting: OppSorting, as_of: date) -> list[Candidate]:
    """Return the candidates sorted as asked, ties by identifier, those without the value last in both directions."""
    by_identifier = sorted(found, key=lambda one: one.opportunity.opportunity_id)
    key = _sort_key(sorting, as_of)
    valued = [(value, one) for one in by_identifier if (value := key(one)) is not None]
    valued.sort(key=lambda entry: entry[0], reverse=sorting.sort_order is SortOrder.DESC)
    return [*(one for _, one in valued), *(one for one in by_identifier if key(one) is None)]


def _sort_key(sorting: OppSorting, as_of: date) -> Callable[[Candidate], Any]:
    if sorting.sort_by is OppSortBy.CUSTOM:
        if sorting.custom_sort_by == MATCH_SCORE:
            return lambda one: None if one.match is None else one.match.fit
        return lambda one: one.relevance
    keys: dict[OppSortBy, Callable[[Candidate], Any]] = {
        OppSortBy.LAST_MODIFIED_AT: lambda one: one.stored.changed_at,
        OppSortBy.CREATED_AT: lambda one: one.stored.first_seen_at,
        OppSortBy.TITLE: lambda one: one.opportunity.title.casefold(),
        OppSortBy.STATUS: lambda one: status_of(one.opportunity, as_of).value,
        OppSortBy.CLOSE_DATE: lambda one: one.opportunity.deadline(as_of),
        OppSortBy.MAX_AWARD: lambda one: one.funding.award_ceiling,
        OppSortBy.MIN_AWARD: lambda one: one.funding.award_floor,
        OppSortBy.TOTAL: lambda one: one.funding.estimated_total_program_funding,
        OppSortBy.AWARD_COUNT: lambda one: one.funding.expected_number_of_awards,
    }
    return keys[sorting.sort_by]


def _status_condition(asked: StringArrayFilter, as_of: date) -> Condition:
    is_in = asked.operator is ArrayOperators.IN
    return lambda one: (status_of(one.opportunity, as_of).value in asked.value) is is_in


def _deadline_condition(asked: DateRangeFilter, as_of: date) -> Condition:
    first, last = asked.value.days
    is_between = asked.operator is RangeOperators.BETWEEN

    def holds(one: Candidate) -> bool:
        day = one.opportunity.deadline(as_of)
        return day is not None and (first <= day <= last) is is_between

    return holds


def _money_condition(asked: MoneyRangeFilter, amount_of: Callable[[FundingRange], int | None]) -> Condition:
    least, most = asked.value.min, asked.value.max
    is_between = asked.operator is RangeOperators.BETWEEN

    def holds(one: Candidate) -> bool:
        amount = amount_of(one.funding)
        if amount is None or {least.currency, most.currency} != {one.funding.currency}:
            return False
        return (least.number <= Decimal(amount) <= most.number) is is_between

    return holds


def _score_condition(asked: DefaultFilter) -> Condition | None:
    bound, compare = finite(asked.value), _COMPARED.get(asked.operator)
    if bound is None or compare is None:
        return None
    return lambda one: one.match is not None and compare(one.match.fit, bound)


def _agency_condition(asked: DefaultFilter) -> Condition | None:
    values = asked.value if isinstance(asked.value, list) else [asked.value]
    if not all(isinstance(value, str) for value in values):
        return None
    wanted = {value.casefold() for value in values}
    if asked.operator in (AllOperators.EQ, AllOperators.IN):
        return lambda one: bool(wanted & _agency_names(one.opportunity))
    if asked.operator in (AllOperators.NEQ, AllOperators.NOT_IN):
        return lambda one: not wanted & _agency_names(one.opportunity)
    if asked.operator is AllOperators.LIKE:
        return lambda one: any(value in name for value in wanted for name in _agency_names(one.opportunity))
    return None


def _agency_names(opportunity: Opportunity) -> set[str]:
    return {name.casefold() for name in (opportunity.agency_name, opportunity.agency_code) if name}
