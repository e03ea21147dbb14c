"""Which opportunities are wanted, and in which order; a notice that is silent on what is asked is counted, not lost."""

import re
from collections.abc import Callable, Mapping
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
Condition = Callable[[StoredOpportunity], Judgement]
OrderKey = Callable[[StoredOpportunity], Any]

_LAST = date.max
_BETWEEN = re.compile(r"[,;:/()]")
"""What notices put between a department and its office."""
_EVERYBODY = frozenset(ApplicantType)
_NOTHING: frozenset[str] = frozenset()


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
class Conditions:
    """What must all hold of an opportunity on one day: a judgement for each condition, by the field that states it."""

    by_field: Mapping[str, Condition]

    def judge(self, stored: StoredOpportunity) -> Judgement:
        """Return whether every condition holds; None if none fails but some cannot be told."""
        found: Judgement = True
        for condition in self.by_field.values():
            judgement = condition(stored)
            if judgement is False:
                return False
            if judgement is None:
                found = None
        return found

    def unmet(self, stored: StoredOpportunity) -> frozenset[str]:
        """Return the conditions that do not hold or cannot be told; empty if the opportunity is wanted."""
        if not self.by_field:
            return _NOTHING
        return frozenset([field for field, condition in self.by_field.items() if condition(stored) is not True])


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

    def on(self, as_of: date) -> Conditions:
        """Return what is asked, made ready to be asked of many opportunities on one day."""
        asked: dict[str, Condition] = {}
        if (only := self.only) is not None:
            asked["only"] = lambda stored: stored.opportunity.opportunity_id in only
        if (since := self.changed_since) is not None:
            asked["changed_since"] = lambda stored: stored.changed_at >= since
        if self.statuses:
            asked["statuses"] = lambda stored: stored.opportunity.status_on(as_of) in self.statuses
        if (first := self.closes_after) is not None:
            asked["closes_after"] = lambda stored: _closes(stored.opportunity, as_of, first, date.max)
        if (last := self.closes_before) is not None:
            asked["closes_before"] = lambda stored: _closes(stored.opportunity, as_of, date.min, last)
        if (least := self.award_at_least) is not None:
            asked["award_at_least"] = lambda stored: self._can_be_as_large(stored.opportunity.funding, least)
        if (most := self.award_at_most) is not None:
            asked["award_at_most"] = lambda stored: self._can_be_as_small(stored.opportunity.funding, most)
        return Conditions({**asked, **self._on_kinds()})

    def _on_kinds(self) -> dict[str, Condition]:
        asked: dict[str, Condition] = {}
        if self.agencies:
            asked["agencies"] = lambda stored: is_of_agency(
                stored.opportunity.agency_code, stored.opportunity.agency_name, self.agencies
            )
        if self.categories:
            asked["categories"] = lambda stored: _is_of_category(stored.opportunity, self.categories)
        if self.applicant_types:
            asked["applicant_types"] = lambda stored: _is_open_to(stored.opportunity.eligibility, self.applicant_types)
        return asked

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

    def by_close_date(stored: StoredOpportunity) -> tuple[bool, int, str]:
        opportunity = stored.opportunity
        day = opportunity.deadline(as_of) or _LAST
        return day < as_of or day == _LAST, day.toordinal(), opportunity.opportunity_id

    keys: dict[OpportunityOrder, OrderKey] = {
        OpportunityOrder.CLOSE_DATE: by_close_date,
        OpportunityOrder.AWARD_CEILING: lambda stored: (
            -(highest_award(stored.opportunity.funding) or 0),
            stored.opportunity.opportunity_id,
        ),
        OpportunityOrder.CHANGED_AT: lambda stored: (-stored.changed_at.timestamp(), stored.opportunity.opportunity_id),
        OpportunityOrder.TITLE: lambda stored: (stored.opportunity.title.casefold(), stored.opportunity.opportunity_id),
    }
    return keys[order]


def highest_award(funding: FundingRange) -> int | None:
    """Return the most that one award may be, over all tiers; None if it is not stated."""
    if not funding.tiers:
        return funding.award_ceiling
    ceilings = (funding.award_ceiling, *(tier.award_ceiling for tier in funding.tiers))
    return max((ceiling for ceiling in ceilings if ceiling is not None), default=None)


def _closes(opportunity: Opportunity, as_of: date, first: date, last: date) -> Judgement:
    """Judge whether the deadline lies in a range; one that takes applications at any time lies at the end of time."""
    day = opportunity.deadline(as_of)
    if opportunity.is_rolling and (day is None or day < as_of):
        return last == _LAST
    return None if day is None else first <= day <= last


def open_to(eligibility: Eligibility) -> frozenset[ApplicantType]:
    """Return who may apply without a doubt; empty if the notice does not say."""
    named = frozenset(eligibility.applicant_types)
    open_types = _EVERYBODY if ApplicantType.UNRESTRICTED in named else named
    return open_types.difference(eligibility.excluded_types) if eligibility.excluded_types else open_types


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
