"""How the catalogue divides: by status, funding category, who may apply and agency, with a count for each choice."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain

from matcher.domain.opportunity import Opportunity
from matcher.domain.vocabulary import ApplicantType, OpportunityStatus
from matcher.services.opportunity_filter import OpportunityFilter, is_of_agency, open_to
from matcher.store.records import StoredOpportunity

_MOST_AGENCIES = 12


class Facet(StrEnum):
    """What the catalogue is divided by; the values are the fields of `OpportunityFilter` that choose."""

    STATUS = "statuses"
    CATEGORY = "categories"
    APPLICANT_TYPE = "applicant_types"
    AGENCY = "agencies"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, in words, and how many opportunities it would show beside all other conditions."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FacetChoices:
    """The values of one facet: those of the most opportunities first, statuses in the order of a life."""

    facet: Facet
    choices: tuple[Choice, ...]


def facet_choices(
    stored: Mapping[str, StoredOpportunity],
    wanted: OpportunityFilter,
    as_of: date,
    found: Iterable[str] | None = None,
) -> tuple[FacetChoices, ...]:
    """Return what can be chosen, and how much each choice would leave.

    The counts of a facet heed every condition but its own, so that a second choice of it can be judged.

    Args:
        stored: The catalogue, by identifier.
        wanted: The conditions.
        as_of: The day.
        found: Where something was searched for: what was found; all else is left out.
    """
    entries = stored.values() if found is None else [stored[name] for name in found if name in stored]
    conditions = wanted.on(as_of)
    by_unmet: dict[frozenset[str], list[Opportunity]] = {}
    for entry in entries:
        by_unmet.setdefault(conditions.unmet(entry), []).append(entry.opportunity)
    left = {
        facet: [one for unmet, group in by_unmet.items() if unmet <= {facet.value} for one in group] for facet in Facet
    }
    return (
        FacetChoices(Facet.STATUS, _statuses(left[Facet.STATUS], wanted, as_of)),
        FacetChoices(Facet.CATEGORY, _categories(left[Facet.CATEGORY], wanted)),
        FacetChoices(Facet.APPLICANT_TYPE, _applicant_types(left[Facet.APPLICANT_TYPE], wanted)),
        FacetChoices(Facet.AGENCY, _agencies(left[Facet.AGENCY], wanted)),
    )


def category_words(category: str) -> str:
    """Return a funding category as it is spoken: "food and nutrition"."""
    return category.replace("_", " ")


def _statuses(opportunities: Iterable[Opportunity], wanted: OpportunityFilter, as_of: date) -> tuple[Choice, ...]:
    counts = Counter(opportunity.status_on(as_of) for opportunity in opportunities)
    shown = [status for status in OpportunityStatus if counts[status] or status in wanted.statuses]
    return tuple(Choice(one.value, one.value, counts[one], one in wanted.statuses) for one in shown)


def _categories(opportunities: Iterable[Opportunity], wanted: OpportunityFilter) -> tuple[Choice, ...]:
    counts = Counter(chain.from_iterable({name.casefold() for name in one.funding_categories} for one in opportunities))
    chosen = [category.casefold() for category in wanted.categories]
    return _by_count(
        Choice(name, category_words(name), counts[name], name in chosen) for name in dict.fromkeys((*counts, *chosen))
    )


def _applicant_types(opportunities: Iterable[Opportunity], wanted: OpportunityFilter) -> tuple[Choice, ...]:
    counts = Counter(chain.from_iterable(open_to(one.eligibility) for one in opportunities))
    shown = [kind for kind in ApplicantType if counts[kind] or kind in wanted.applicant_types]
    return _by_count(
        Choice(kind.value, kind.label, counts[kind], kind in wanted.applicant_types)
        for kind in shown
        if kind is not ApplicantType.UNRESTRICTED
    )


def _agencies(opportunities: Iterable[Opportunity], wanted: OpportunityFilter) -> tuple[Choice, ...]:
    """Return the departments with the most opportunities; notices write "Department, Office"."""
    agencies = Counter((one.agency_code, one.agency_name) for one in opportunities)
    departments: Counter[str] = Counter()
    for (_, name), count in agencies.items():
        if name:
            departments[name.partition(",")[0].strip()] += count
    names = dict.fromkeys((*wanted.agencies, *(name for name, _ in departments.most_common(_MOST_AGENCIES))))
    return _by_count(
        Choice(
            name,
            name,
            sum(count for (code, own), count in agencies.items() if is_of_agency(code, own, (name,))),
            name in wanted.agencies,
        )
        for name in names
    )


def _by_count(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda choice: (-choice.count, choice.label)))
