"""The ranked matches of a proposal: cards, filters that keep their address, and what was set aside, with the reason."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from matcher.domain.feasibility import feasibility
from matcher.domain.match import Band, MatchHead, band
from matcher.services.match_selection import Group, Selection, select
from matcher.services.ranking import Ranking
from matcher.services.reading import is_scored
from matcher.web.house import current_house
from matcher.web.pages.frame import page_room, show
from matcher.web.pages.match_cards import match_cards
from matcher.web.pages.pictures.spread import fit_spread
from matcher.web.pages.pictures.timeline import Due, deadline_timeline
from matcher.web.pages.queries import address_with, has_empty_fields, parsed
from matcher.web.pages.setting_aside import Undo, undo_of
from matcher.web.rest.filters import MatchesQuery

room = page_room("match_pages")

PAGE_SIZE = 10
_DEADLINES = 12
_PLACE = ("page", "page_size", "after")
"""The parameters that say where in the list the reader stands."""
_OWN = ("undo",)
"""What our pages put into an address besides the parameters of the JSON twin."""


@dataclass(frozen=True, slots=True)
class Links:
    """Where a ranking goes on: its beginning and its next page (None: there is none), and all of it as files."""

    first: str | None
    next: str | None
    csv: str
    xlsx: str


@room.get("/proposals/<proposal_id>")
def ranked_page(proposal_id: str) -> Answer:
    """Show the ranked matches of a stored proposal."""
    house = current_house()
    context, store = house.context, house.store
    stored = store.proposals.get(proposal_id)
    is_fresh = is_scored(store, context.scorer, proposal_id)
    if not is_fresh and not store.matches.heads(proposal_id):
        return redirect(url_for("proposal_pages.reading_page", proposal_id=proposal_id), 303)
    if not is_fresh:
        house.scoring.ask(proposal_id)
    if has_empty_fields():
        return redirect(address_with(), 303)
    told = _arguments()
    query = parsed(MatchesQuery, {"page_size": [str(PAGE_SIZE)], **told})
    state = context.catalogue.state()
    day = house.day(query.as_of)
    ranking = house.ranking(proposal_id, day.day)
    selection = select(ranking, state.stored, query.match_filter(store), query.sort)
    window = query.window_of(selection.matches, lambda ranked: ranked.opportunity.opportunity_id)
    shown = house.with_reasons(proposal_id, window.items)
    return show(
        "matches.html",
        twin=url_for("matches.list_matches", proposal_id=proposal_id, **told),
        beside={"the proposal": url_for("proposals.read_proposal", proposal_id=proposal_id)},
        stored=stored,
        is_fresh=is_fresh,
        query=query,
        is_narrowed=bool(set(told) - {*_PLACE, "sort"}),
        note=day.note,
        ranking=ranking,
        opportunities=len(state.stored),
        selection=selection,
        cards=match_cards(shown, is_calibrated=context.scorer.is_calibrated),
        links=_links(proposal_id, told, window.next),
        bands=_band_words(selection),
        with_group=partial(_with_group, query.include),
        undo=_undo(ranking),
    )


@room.get("/proposals/<proposal_id>/overview")
def overview_page(proposal_id: str) -> Response:
    """Show the matches of a stored proposal as pictures: deadlines ahead, and how the fits are spread."""
    house = current_house()
    stored = house.store.proposals.get(proposal_id)
    state = house.context.catalogue.state()
    day = house.day()
    ranking = house.ranking(proposal_id, day.day)
    return show(
        "overview.html",
        twin=url_for("matches.list_matches", proposal_id=proposal_id),
        beside={"the proposal": url_for("proposals.read_proposal", proposal_id=proposal_id)},
        stored=stored,
        note=day.note,
        has_matches=bool(ranking.everything),
        spread=fit_spread(ranking, len(state.stored)),
        timeline=deadline_timeline(_dues(ranking, proposal_id), day.day),
    )


def _arguments() -> dict[str, Any]:
    """Return the parameters of the present address that the JSON twin knows as well."""
    return {name: values for name, values in request.args.to_dict(flat=False).items() if name not in _OWN}


def _band_words(selection: Selection[MatchHead]) -> list[str]:
    """Return how many of the matches are strong, possible and weak, best first; a band without any is left out."""
    counts = Counter(band(ranked.match.fit) for ranked in selection.matches)
    return [f"{counts[one]:,} {one.value}" for one in (Band.STRONG, Band.POSSIBLE, Band.WEAK) if counts[one]]


def _with_group(included: Sequence[Group], group: str, is_wanted: bool) -> str:
    """Return the present address with or without one of the groups that stand apart."""
    others = tuple(one for one in included if one.value != group)
    return address_with(undo=None, include=(*others, group) if is_wanted else others)


def _links(proposal_id: str, told: Mapping[str, Any], behind: str | None) -> Links:
    """Return where the list goes on; files hold all that was narrowed to, whatever part of it is shown."""
    kept = {name: values for name, values in told.items() if name not in _PLACE}
    is_begun = "page" in told or "after" in told
    return Links(
        first=address_with(undo=None) if is_begun else None,
        next=address_with(undo=None, after=behind) if behind else None,
        csv=url_for("exports.export_csv", proposal_id=proposal_id, **kept),
        xlsx=url_for("exports.export_xlsx", proposal_id=proposal_id, **kept),
    )


def _undo(ranking: Ranking[MatchHead]) -> Undo | None:
    """Return what was done a moment ago to the match that the address names, as it stands now."""
    named = request.args.get("undo")
    found = next((match for match in ranking.everything if match.opportunity.opportunity_id == named), None)
    return None if found is None else undo_of(current_house().store, found)


def _dues(ranking: Ranking[MatchHead], proposal_id: str) -> list[Due]:
    """Return the deadlines of the best matches that have one ahead."""
    found = []
    for ranked in ranking.ranked:
        work = feasibility(ranked.opportunity, ranking.as_of)
        if work.deadline is not None and band(ranked.match.fit) is not Band.WEAK:
            address = url_for(
                "one_match.match_page", proposal_id=proposal_id, opportunity_id=ranked.opportunity.opportunity_id
            )
            found.append(Due(ranked.opportunity.title, work.deadline, work.start_by, address))
    return found[:_DEADLINES]
