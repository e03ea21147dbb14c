"""One opportunity: what its notice states, how that changed, what is like it, and the proposals that fit it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Response, url_for

from matcher.domain.amendment import FieldChange, field_label
from matcher.domain.feasibility import feasibility
from matcher.domain.match import Band, Match, band
from matcher.domain.opportunity import KeyDate, Opportunity
from matcher.domain.wording import closing_words
from matcher.services.amendments import MatchEffect, amendments
from matcher.services.explanations import explained
from matcher.services.reverse_matches import ReverseMatch, reverse_matches
from matcher.store.protocol import Store
from matcher.store.records import StoredOpportunity
from matcher.web.house import current_house
from matcher.web.pages.catalogue_page import entry_of
from matcher.web.pages.frame import SCRIPT_HEADER, is_asked_by_script, page_room, show
from matcher.web.pages.pictures.heat import heat_strip
from matcher.web.pages.pictures.picture import Picture
from matcher.web.pages.queries import address_with, read_query
from matcher.web.ranking_day import RankingDay
from matcher.web.rest.filters import ReverseMatchesQuery
from matcher.web.rest.queries import AsOfQuery
from matcher.web.searches import found_alike

room = page_room("opportunity_pages")

_MOST_ALIKE = 6
_SHOWN_TEXT = 30_000
"""Characters of a notice that a page shows; the JSON has all of them."""
_ARROW = " → "
_DATE_LABELS = {
    "post": "Posted",
    "open": "Opens",
    "intent": "Letters of intent",
    "award": "Awards",
    "archive": "Archived",
    "start": "Projects start",
    "end": "Projects end",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that an amendment changed: what a person calls it, and both values, or else what is told of them."""

    label: str
    before: str | None
    after: str | None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One revision in the history: the first, or an amendment with what it changed and did to stored proposals."""

    revision: int
    at: datetime
    source: str
    differences: tuple[Difference, ...]
    effects: tuple[MatchEffect, ...]


@dataclass(frozen=True, slots=True)
class FittingProposal:
    """A proposal that fits, with its whole match and the strip of the priorities that it addresses."""

    found: ReverseMatch
    match: Match
    strip: Picture


@room.get("/opportunities/<opportunity_id>")
def show_opportunity(opportunity_id: str) -> Response:
    """Show one opportunity in full."""
    house = current_house()
    stored = house.store.opportunities.get(opportunity_id)
    day = _day()
    return show(
        "opportunity.html",
        twin=url_for("catalogue.read_opportunity", opportunity_id=opportunity_id),
        beside={
            "its revisions": url_for("amendments.list_revisions", opportunity_id=opportunity_id),
            "the proposals that fit": url_for("matches.list_reverse_matches", opportunity_id=opportunity_id),
        },
        stored=stored,
        opportunity=stored.opportunity,
        entry=entry_of(stored, day.day),
        as_of=day.day,
        note=day.note,
        closes=closing_words(stored.opportunity, day.day),
        time=feasibility(stored.opportunity, day.day),
        dates=_dates(stored.opportunity),
        date_labels=_DATE_LABELS,
        listings=house.store.listings.under([opportunity_id]).get(opportunity_id, []),
        steps=_steps(house.store, stored),
        titles=house.store.proposals.titles(),
        fitting=sum(band(one.match.fit) is not Band.WEAK for one in reverse_matches(house.store, opportunity_id)),
        text=stored.opportunity.text[:_SHOWN_TEXT],
        is_cut=len(stored.opportunity.text) > _SHOWN_TEXT,
    )


@room.get("/opportunities/<opportunity_id>/similar")
def show_similar(opportunity_id: str) -> Response:
    """Show the opportunities that are most like one; a script that asks gets the list alone."""
    house = current_house()
    opportunity = house.store.opportunities.get(opportunity_id).opportunity
    day = _day()
    stored = house.context.catalogue.state().stored
    found = found_alike(opportunity_id).items()
    alike = [entry_of(stored[name], day.day, relevance) for name, relevance in found if name in stored]
    is_part = is_asked_by_script()
    response = show(
        "parts/alike.html" if is_part else "similar.html",
        twin=url_for("catalogue.list_similar", opportunity_id=opportunity_id),
        beside={"the notice": url_for("catalogue.read_opportunity", opportunity_id=opportunity_id)},
        opportunity=opportunity,
        entries=alike[:_MOST_ALIKE] if is_part else alike[: 2 * _MOST_ALIKE],
        level="h3" if is_part else "h2",
        as_of=day.day,
    )
    response.vary.add(SCRIPT_HEADER)
    return response


@room.get("/opportunities/<opportunity_id>/proposals")
def show_fitting_proposals(opportunity_id: str) -> Response:
    """Show which stored proposals fit, for those who give the money."""
    query = read_query(ReverseMatchesQuery)
    store = current_house().store
    opportunity = store.opportunities.get(opportunity_id).opportunity
    found = reverse_matches(store, opportunity_id, query.minimum_fit)
    shown = query.part_of(found)
    is_last = query.page * query.page_size >= len(found)
    asked: dict[str, Any] = query.model_dump(mode="json", exclude_defaults=True)
    return show(
        "fitting_proposals.html",
        twin=url_for("matches.list_reverse_matches", opportunity_id=opportunity_id, **asked),
        opportunity=opportunity,
        proposals=list(_fitting(shown, opportunity_id)),
        total=len(found),
        minimum_fit=query.minimum_fit,
        first=address_with() if query.page > 1 else None,
        next=None if is_last else address_with(page=query.page + 1),
    )


def _fitting(shown: Sequence[ReverseMatch], opportunity_id: str) -> Iterator[FittingProposal]:
    """Yield some proposals that fit, each with why; one whose match is gone meanwhile is left out."""
    house = current_house()
    for one in shown:
        found = explained(house.store, house.context.catalogue, one.proposal_id, [opportunity_id], house.encoding.turn)
        for match in found.values():
            yield FittingProposal(one, match, heat_strip(match.priorities))


def difference_of(change: FieldChange) -> Difference:
    """Return a change as two values where its sentence holds just two, else as what the sentence tells."""
    label = field_label(change.field)
    told = change.sentence.removeprefix(label).removeprefix(":").strip()
    before, arrow, after = told.partition(_ARROW)
    if arrow and _ARROW not in after:
        return Difference(label, before, after)
    return Difference(label, None, None, told)


def _steps(store: Store, stored: StoredOpportunity) -> list[Step]:
    """Return the history of an opportunity, the latest revision first."""
    name = stored.opportunity.opportunity_id
    amended = [
        Step(one.revision, one.at, one.source, tuple(map(difference_of, one.changes)), one.effects)
        for one in amendments(store, opportunity_id=name)
    ]
    first = store.opportunities.revisions(name)[:1]
    return amended + [Step(one.revision, one.at, one.source, (), ()) for one in first]


def _dates(opportunity: Opportunity) -> Sequence[KeyDate]:
    """Return the milestones in the order of the calendar, those without a year last."""
    return sorted(opportunity.key_dates, key=lambda key: (key.day.as_date() or date.max, key.day.month, key.day.day))


def _day() -> RankingDay:
    return current_house().day(read_query(AsOfQuery).as_of)
