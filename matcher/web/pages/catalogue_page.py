"""The catalogue: a search in plain words, facets with counts, and the opportunities that are left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response

from matcher.domain.opportunity import Opportunity
from matcher.domain.vocabulary import OpportunityStatus
from matcher.services.facets import Choice, Facet, FacetChoices, facet_choices
from matcher.services.opportunity_filter import OpportunityOrder
from matcher.services.opportunity_listing import select_opportunities
from matcher.store.records import StoredOpportunity
from matcher.web.house import current_house
from matcher.web.pages.frame import page_room, show
from matcher.web.pages.queries import address_with, has_empty_fields, read_query
from matcher.web.rest.filters import OpportunitiesQuery
from matcher.web.searches import found_by_words

room = page_room("catalogue_pages")

_PARAMETERS = {
    Facet.STATUS: ("status", "Status"),
    Facet.CATEGORY: ("category", "What it is for"),
    Facet.APPLICANT_TYPE: ("applicant_type", "Who may apply"),
    Facet.AGENCY: ("agency", "Agency"),
}
_SHOWN_CHOICES = 6
_ORDERS = {
    OpportunityOrder.CLOSE_DATE: "next deadline",
    OpportunityOrder.AWARD_CEILING: "largest award",
    OpportunityOrder.CHANGED_AT: "latest change",
    OpportunityOrder.TITLE: "title",
}
_STATUS_TONES = {OpportunityStatus.POSTED: "good", OpportunityStatus.FORECASTED: "warn"}


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One facet as the form has it: the name of its parameter, its heading, and the choices that are shown first."""

    parameter: str
    heading: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """What the reader chose."""
        return tuple(choice for choice in (*self.first, *self.rest) if choice.is_chosen)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that holds, in words, and the address without it."""

    words: str
    address_without: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An opportunity in a list: what it is, where it stands on the day, and how relevant it is to a search."""

    opportunity: Opportunity
    status: OpportunityStatus
    tone: str
    relevance: float | None
    is_withdrawn: bool


def entry_of(stored: StoredOpportunity, as_of: date, relevance: float | None = None) -> Entry:
    """Return what a list shows of an opportunity."""
    status = stored.opportunity.status_on(as_of)
    return Entry(stored.opportunity, status, _STATUS_TONES.get(status, ""), relevance, stored.vanished_at is not None)


@room.get("/opportunities")
def show_catalogue() -> Response:
    """Show the opportunities that are asked for, and what else could be."""
    if has_empty_fields():
        return redirect(address_with(), 303)
    query = read_query(OpportunitiesQuery)
    house = current_house()
    context = house.context
    found = None if query.query is None else found_by_words(query.query)
    default_order = OpportunityOrder.CLOSE_DATE if found is None else None
    order = query.sort or default_order
    state = context.catalogue.state()
    day = house.day(query.as_of)
    wanted = query.opportunity_filter(house.store)
    listing = select_opportunities(state.candidates(order, day.day, found), wanted, day.day)
    shown = query.window_of(listing.opportunities, lambda entry: entry.opportunity.opportunity_id)
    facets = state.facets(wanted, day.day) if found is None else facet_choices(state.stored, wanted, day.day, found)
    groups = [_group(choices) for choices in facets]
    return show(
        "catalogue.html",
        twin=_twin(query, order),
        query=query,
        order=order,
        default_order=default_order,
        orders=_ORDERS,
        groups=groups,
        conditions=_conditions(query, groups),
        sources=[record.source.name for record in house.store.sources.all()],
        entries=[_entry(one, day.day, found) for one in shown.items],
        as_of=day.day,
        note=day.note,
        total=len(listing.opportunities),
        size=len(state.stored),
        silent=listing.silent,
        first=address_with() if query.after else None,
        next=address_with(after=shown.next) if shown.next else None,
    )


def _entry(stored: StoredOpportunity, as_of: date, found: Mapping[str, float] | None) -> Entry:
    relevance = None if found is None else found[stored.opportunity.opportunity_id]
    return entry_of(stored, as_of, relevance)


def _group(facet: FacetChoices) -> FacetGroup:
    parameter, heading = _PARAMETERS[facet.facet]
    first = tuple(one for place, one in enumerate(facet.choices) if place < _SHOWN_CHOICES or one.is_chosen)
    rest = tuple(one for one in facet.choices if one not in first)
    return FacetGroup(parameter, heading, first, rest)


def _conditions(query: OpportunitiesQuery, groups: list[FacetGroup]) -> list[Condition]:
    """Return every condition that holds, each with the way to be rid of it."""
    conditions = []
    if query.query is not None:
        conditions.append(Condition(f"about “{query.query}”", address_with(query=None)))
    for group in groups:
        for choice in group.chosen:
            others = tuple(other.value for other in group.chosen if other is not choice)
            conditions.append(Condition(choice.label, address_with(**{group.parameter: others})))
    for name, words in _plain_conditions(query):
        conditions.append(Condition(words, address_with(**{name: None})))
    return conditions


def _plain_conditions(query: OpportunitiesQuery) -> list[tuple[str, str]]:
    told = {
        "closes_after": query.closes_after and f"closes on {query.closes_after} or later",
        "closes_before": query.closes_before and f"closes by {query.closes_before}",
        "award_at_least": query.award_at_least is not None and f"awards from {query.award_at_least:,} {query.currency}",
        "award_at_most": query.award_at_most is not None and f"awards up to {query.award_at_most:,} {query.currency}",
        "changed_since": query.changed_since and f"changed since {query.changed_since:%Y-%m-%d %H:%M}",
        "opportunity_id": query.opportunity_id and f"only {', '.join(query.opportunity_id)}",
        "source": query.source and f"listed by {', '.join(query.source)}",
    }
    return [(name, words) for name, words in told.items() if words]


def _twin(query: OpportunitiesQuery, order: OpportunityOrder | None) -> str:
    """Return the address of the REST call that answers the same."""
    asked: dict[str, Any] = query.model_dump(mode="json", exclude_defaults=True)
    if order is not None:
        asked["sort"] = order
    return url_for("catalogue.list_opportunities", **asked)
