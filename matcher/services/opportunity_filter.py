"""Which opportunities are wanted, and in which order; a notice that is silent on what is asked is counted, not lost."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from matcher.domain.opportunity import Eligibility, FundingRange, Opportunity
from matcher.domain.vocabulary import ApplicantType, OpportunityStatus
from matcher.store.protocol import Store
from matcher.store.records import StoredOpportunity

Judgement = bool | None
"""Whether an opportunity is wanted; None where its notice does not say what that takes."""
OrderKey = Callable[[StoredOpportunity], Any]

_LAST = date.max
_BETWEEN = re.compile(r"[,;:/()]")
"""What notices put between a department and its office."""
_EVERYBODY = frozenset(ApplicantType)


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
    its code or by words of its name, a category by its name. One of `applicant_types` must be among those that may
    apply. `only` names the opportunities that some condition was looked up for already.
    """

    statuses: frozenset[OpportunityStatus] = frozenset()
    closes_after: date | None = None
    closes_before: date | None = None
    award_at_least: int | None = None
    award_at_most: int | None = None
    currency: str = "USD"
    agencies: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    applicant_types: frozenset[ApplicantType] = frozenset()
    changed_since: datetime | None = None
    only: frozenset[str] | None = None

    def judge(self, stored: StoredOpportunity, as_of: date) -> Judgement:
        """Return whether every condition holds on the day; None if none fails but some cannot be told."""
        judgements = [judgement for _, judgement in self._judgements(stored, as_of)]
        if False in judgements:
            return False
        return None if None in judgements else True

    def unmet(self, stored: StoredOpportunity, as_of: date) -> frozenset[str]:
        """Return the conditions, by field, that do not hold on the day or cannot be told; empty if it is wanted."""
        return frozenset(field for field, judgement in self._judgements(stored, as_of) if judgement is not True)

    def _judgements(self, stored: StoredOpportunity, as_of: date) -> Iterator[tuple[str, Judgement]]:
        opportunity = stored.opportunity
        if self.only is not None:
            yield "only", opportunity.opportunity_id in self.only
        if self.changed_since is not None:
            yield "changed_since", stored.changed_at >= self.changed_since
        if self.statuses:
            yield "statuses", opportunity.status_on(as_of) in self.statuses
        if self.closes_after is not None or self.closes_before is not None:
            yield from self._on_dates(opportunity, as_of)
        if self.award_at_least is not None or self.award_at_most is not None:
            yield from self._on_awards(opportunity.funding)
        if self.agencies or self.categories or self.applicant_types:
            yield from self._on_kinds(opportunity)

    def _on_dates(self, opportunity: Opportunity, as_of: date) -> Iterator[tuple[str, Judgement]]:
        if self.closes_after is not None:
            yield "closes_after", _closes(opportunity, as_of, self.closes_after, date.max)
        if self.closes_before is not None:
            yield "closes_before", _closes(opportunity, as_of, date.min, self.closes_before)

    def _on_awards(self, funding: FundingRange) -> Iterator[tuple[str, Judgement]]:
        if self.award_at_least is not None:
            yield "award_at_least", self._can_be_as_large(funding, self.award_at_least)
        if self.award_at_most is not None:
            yield "award_at_most", self._can_be_as_small(funding, self.award_at_most)

    def _on_kinds(self, opportunity: Opportunity) -> Iterator[tuple[str, Judgement]]:
        if self.agencies:
            yield "agencies", is_of_agency(opportunity.agency_code, opportunity.agency_name, self.agencies)
        if self.categories:
            yield "categories", _is_of_category(opportunity, self.categories)
        if self.applicant_types:
            yield "applicant_types", _is_open_to(opportunity.eligibility, self.applicant_types)

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


def open_to(eligibility: Eligibility) -> frozenset[ApplicantType]:
    """Return who may apply without a doubt; empty if the notice does not say."""
    named = frozenset(eligibility.applicant_types)
    return (_EVERYBODY if ApplicantType.UNRESTRICTED in named else named) - frozenset(eligibility.excluded_types)


def is_of_agency(code: str | None, name: str | None, agencies: tuple[str, ...]) -> Judgement:
    """Return whether one of `agencies` means the agency with this code and name; None if neither is known."""
    code, name = _words(code or ""), _words(name or "")
    if not code and not name:
        return None
    wanted = [words for agency in agencies if (words := _words(agency))]
    return any(words == code or f" {words} " in f" {name} " for words in wanted)


def _is_of_category(opportunity: Opportunity, categories: tuple[str, ...]) -> Judgement:
    if not opportunity.funding_categories:
        return None
    own = {category.casefold() for category in opportunity.funding_categories}
    return any(wanted.casefold() in own for wanted in categories)


def _is_open_to(eligibility: Eligibility, wanted: frozenset[ApplicantType]) -> Judgement:
    """Judge whether one of the wanted types may apply; one that is both named and refused is in doubt."""
    if wanted & open_to(eligibility):
        return True
    refused = frozenset(eligibility.excluded_types)
    if not eligibility.applicant_types:
        return None if wanted - refused else False
    return None if wanted & refused & frozenset(eligibility.applicant_types) else False


def _words(text: str) -> str:
    return " ".join(_BETWEEN.sub(" ", text.casefold()).split())
