"""Which opportunities are wanted, and in which order; a notice that is silent on what is asked is counted, not lost."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from matcher.domain.opportunity import FundingRange, Opportunity
from matcher.domain.vocabulary import OpportunityStatus
from matcher.store.protocol import Store
from matcher.store.records import StoredOpportunity

Judgement = bool | None
"""Whether an opportunity is wanted; None where its notice does not say what that takes."""
OrderKey = Callable[[StoredOpportunity], Any]

_LAST = date.max


class OpportunityOrder(StrEnum):
    """What a list is sorted by; ties go by identifier, and what is not stated stands last."""

    CLOSE_DATE = "close_date"
    """The next deadline first."""
    AWARD_CEILING = "award_ceiling"
    """The largest award first."""
    CHANGED_AT = "changed_at"
    """What came or changed last first."""
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class OpportunityFilter:
    """Conditions that must all hold; None and empty ask for nothing.

    Amounts are whole units of `currency`; amounts in another one cannot be compared and count as not stated.
    `award_at_least` asks that an award can be as large, `award_at_most` that it can be as small. An agency is meant by
    its code or by words of its name, a category by its name. `only` names the opportunities that some condition was
    looked up for already.
    """

    statuses: frozenset[OpportunityStatus] = frozenset()
    closes_after: date | None = None
    closes_before: date | None = None
    award_at_least: int | None = None
    award_at_most: int | None = None
    currency: str = "USD"
    agencies: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    changed_since: datetime | None = None
    only: frozenset[str] | None = None

    def judge(self, stored: StoredOpportunity, as_of: date) -> Judgement:
        """Return whether every condition holds on the day; None if none fails but some cannot be told."""
        judgements = list(self._judgements(stored, as_of))
        if False in judgements:
            return False
        return None if None in judgements else True

    def _judgements(self, stored: StoredOpportunity, as_of: date) -> Iterator[Judgement]:
        opportunity = stored.opportunity
        if self.only is not None:
            yield opportunity.opportunity_id in self.only
        if self.statuses:
            yield opportunity.status_on(as_of) in self.statuses
        if self.changed_since is not None:
            yield stored.changed_at >= self.changed_since
        if self.closes_after is not None:
            yield _closes(opportunity, as_of, self.closes_after, date.max)
        if self.closes_before is not None:
            yield _closes(opportunity, as_of, date.min, self.closes_before)
        if self.award_at_least is not None:
            yield self._can_be_as_large(opportunity.funding, self.award_at_least)
        if self.award_at_most is not None:
            yield self._can_be_as_small(opportunity.funding, self.award_at_most)
        if self.agencies:
            yield _is_of_agency(opportunity, self.agencies)
        if self.categories:
            yield _is_of_category(opportunity, self.categories)

    def _can_be_as_large(self, funding: FundingRange, amount: int) -> Judgement:
        ceiling = highest_award(funding)
        return None if ceiling is None or funding.currency != self.currency else ceiling >= amount

    def _can_be_as_small(self, funding: FundingRange, amount: int) -> Judgement:
        if funding.currency != self.currency:
            return None
        floors = [floor for floor in (funding.award_floor, *(tier.award_floor for tier in funding.tiers)) if floor]
        if floors:
            return min(floors) <= amount
        ceiling = highest_award(funding)
        return True if ceiling is not None and ceiling <= amount else None


def listed_by(store: Store, source_names: tuple[str, ...]) -> frozenset[str] | None:
    """Return the opportunities that one of these sources lists now; None if no source is named."""
    return store.listings.listed_by(source_names) if source_names else None


def order_key(order: OpportunityOrder, as_of: date) -> OrderKey:
    """Return the sorting key of an order on one day; deadlines that are over stand after those ahead."""
    keys: dict[OpportunityOrder, OrderKey] = {
        OpportunityOrder.CLOSE_DATE: lambda stored: _deadline_key(stored.opportunity, as_of),
        OpportunityOrder.AWARD_CEILING: lambda stored: -(highest_award(stored.opportunity.funding) or 0),
        OpportunityOrder.CHANGED_AT: lambda stored: -stored.changed_at.timestamp(),
        OpportunityOrder.TITLE: lambda stored: stored.opportunity.title.casefold(),
    }
    key = keys[order]
    return lambda stored: (key(stored), stored.opportunity.opportunity_id)


def highest_award(funding: FundingRange) -> int | None:
    """Return the most that one award may be, over all tiers; None if it is not stated."""
    ceilings = (funding.award_ceiling, *(tier.award_ceiling for tier in funding.tiers))
    return max((ceiling for ceiling in ceilings if ceiling is not None), default=None)


def _deadline_key(opportunity: Opportunity, as_of: date) -> tuple[bool, date]:
    day = _deadline(opportunity, as_of)
    return (True, _LAST) if day is None else (day < as_of, day)


def _deadline(opportunity: Opportunity, as_of: date) -> date | None:
    close = opportunity.close_date(as_of)
    return close.day.as_date() if close else None


def _closes(opportunity: Opportunity, as_of: date, first: date, last: date) -> Judgement:
    """Judge whether the deadline lies in a range; one that takes applications at any time lies at the end of time."""
    day = _deadline(opportunity, as_of)
    if opportunity.is_rolling and (day is None or day < as_of):
        return last == _LAST
    return None if day is None else first <= day <= last


def _is_of_agency(opportunity: Opportunity, agencies: tuple[str, ...]) -> Judgement:
    code, name = _words(opportunity.agency_code or ""), _words(opportunity.agency_name or "")
    if not code and not name:
        return None
    wanted = [words for agency in agencies if (words := _words(agency))]
    return any(words == code or f" {words} " in f" {name} " for words in wanted)


def _is_of_category(opportunity: Opportunity, categories: tuple[str, ...]) -> Judgement:
    if not opportunity.funding_categories:
        return None
    own = {category.casefold() for category in opportunity.funding_categories}
    return any(wanted.casefold() in own for wanted in categories)


def _words(text: str) -> str:
    return " ".join(text.casefold().split())
