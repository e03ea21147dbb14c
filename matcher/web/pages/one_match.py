"""One match: both texts side by side with the evidence marked in place, and everything that bears on applying."""

from datetime import UTC, date, datetime
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from matcher.domain.feedback import MuteKind
from matcher.domain.opportunity import Opportunity
from matcher.domain.wording import conditions_words
from matcher.errors import NotFound
from matcher.services.amendments import Amendment, amendments
from matcher.services.match_documents import match_in_full
from matcher.services.preferences import preferences
from matcher.services.ranking import RankedMatch
from matcher.services.reading import is_scored, is_scored_at_once
from matcher.store.records import StoredProposal
from matcher.web.house import current_house
from matcher.web.pages.evidence import lay_out_evidence
from matcher.web.pages.frame import page_room, show
from matcher.web.pages.highlights import marked_sections
from matcher.web.pages.last_look import last_look, remember_look
from matcher.web.pages.match_cards import match_card
from matcher.web.pages.pictures.heat import heat_matrix
from matcher.web.pages.pictures.spread import fit_spread
from matcher.web.pages.queries import parsed
from matcher.web.pages.setting_aside import undo_of
from matcher.web.rest.queries import AsOfQuery
from matcher.web.searches import found_alike

room = page_room("one_match")

_OF_MATCH = "/proposals/<proposal_id>/matches/<opportunity_id>"
_MOST_ALIKE = 5


@room.get(_OF_MATCH)
def match_page(proposal_id: str, opportunity_id: str) -> Answer:
    """Show one match; what changed since this browser last looked at it is marked as new."""
    house = current_house()
    context, store = house.context, house.store
    stored = store.proposals.get(proposal_id)
    opportunity = store.opportunities.get(opportunity_id).opportunity
    query = parsed(AsOfQuery, request.args.to_dict(flat=False) if "as_of" in request.args else {})
    state = context.catalogue.state()
    day = house.day(query.as_of)
    ranked = _ranked(stored, opportunity, day.day)
    if ranked is None:
        return redirect(url_for("proposal_pages.reading_page", proposal_id=proposal_id), 303)
    evidence = lay_out_evidence(ranked.match, opportunity)
    ranking = house.ranking(proposal_id, day.day)
    looked_at = last_look()
    page = show(
        "match.html",
        twin=url_for("matches.read_match", proposal_id=proposal_id, opportunity_id=opportunity_id, **_asked(query)),
        beside={
            "the proposal": url_for("proposals.read_proposal", proposal_id=proposal_id),
            "the notice": url_for("catalogue.read_opportunity", opportunity_id=opportunity_id),
            "its revisions": url_for("amendments.list_revisions", opportunity_id=opportunity_id),
            "all matches": url_for("matches.list_matches", proposal_id=proposal_id),
        },
        stored=stored,
        opportunity=opportunity,
        note=day.note,
        card=match_card(ranked, is_calibrated=context.scorer.is_calibrated),
        evidence=evidence,
        sections=marked_sections(stored.proposal, evidence.marks),
        also_asked=conditions_words(opportunity.eligibility),
        changes=_changes(proposal_id, opportunity_id),
        looked_at=looked_at,
        matrix=heat_matrix(ranked.match.priorities),
        spread=fit_spread(ranking, len(state.stored), ranked.match.fit),
        agencies=_mutable(opportunity),
        undo=undo_of(store, ranked) if "undo" in request.args else None,
    )
    return remember_look(page, datetime.now(UTC))


@room.get(f"{_OF_MATCH}/counterfactuals")
def counterfactuals_page(proposal_id: str, opportunity_id: str) -> Response:
    """Show what would change a match most, where that takes longer than a page may."""
    house = current_house()
    stored = house.store.proposals.get(proposal_id)
    opportunity = house.store.opportunities.get(opportunity_id).opportunity
    day = house.day().day
    with house.encoding.turn():
        ranked = _in_full(stored, opportunity, day)
    return show(
        "counterfactuals.html",
        twin=url_for("matches.read_match", proposal_id=proposal_id, opportunity_id=opportunity_id),
        stored=stored,
        opportunity=opportunity,
        ranked=ranked,
    )


@room.get(f"{_OF_MATCH}/similar")
def similar_page(proposal_id: str, opportunity_id: str) -> Response:
    """Show the opportunities that are most like the one of a match, with the fit of the proposal to each."""
    house = current_house()
    stored = house.store.proposals.get(proposal_id)
    opportunity = house.store.opportunities.get(opportunity_id).opportunity
    day = house.day().day
    matched = {one.opportunity.opportunity_id: one for one in house.ranking(proposal_id, day).everything}
    return show(
        "similar_matches.html",
        twin=url_for("catalogue.list_similar", opportunity_id=opportunity_id),
        beside={
            "the notice": url_for("catalogue.read_opportunity", opportunity_id=opportunity_id),
            "all matches": url_for("matches.list_matches", proposal_id=proposal_id),
        },
        stored=stored,
        opportunity=opportunity,
        alike=[matched[name] for name in found_alike(opportunity_id) if name in matched][:_MOST_ALIKE],
    )


def _ranked(stored: StoredProposal, opportunity: Opportunity, as_of: date) -> RankedMatch | None:
    """Return the match with what would change it; without that where it takes too long to work out.

    None where the proposal is not read yet.

    Raises:
        NotFound: It takes too long, and the pair was not scored yet or is too weak to be kept.
    """
    house = current_house()
    context = house.context
    if is_scored_at_once(context.scorer, context.encoder, stored.proposal, opportunity):
        return _in_full(stored, opportunity, as_of)
    ranking = house.ranking(stored.proposal_id, as_of).everything
    kept = [one for one in ranking if one.opportunity.opportunity_id == opportunity.opportunity_id]
    for ranked in house.with_reasons(stored.proposal_id, kept):
        return ranked
    if not is_scored(house.store, context.scorer, stored.proposal_id):
        return None
    reason = "this pair is not scored yet, or fits too little to be kept; look again in a minute"
    raise NotFound(reason, source=opportunity.opportunity_id)


def _in_full(stored: StoredProposal, opportunity: Opportunity, as_of: date) -> RankedMatch:
    context = current_house().context
    told = preferences(current_house().store, context.catalogue.state().stored, stored.proposal_id)
    return match_in_full(context.scorer, stored.proposal, opportunity, as_of, told)


def _changes(proposal_id: str, opportunity_id: str) -> list[tuple[Amendment, str]]:
    """Return the amendments of the notice, latest first, each with what it did to this match (empty: nothing)."""
    found = []
    for amendment in amendments(current_house().store, opportunity_id=opportunity_id):
        effects = [effect.sentence for effect in amendment.effects if effect.proposal_id == proposal_id]
        found.append((amendment, "; ".join(effects)))
    return found


def _mutable(opportunity: Opportunity) -> list[tuple[str, str]]:
    """Return what of an opportunity can be muted besides itself: the value that a form sends, and its words."""
    agency = opportunity.agency_name or opportunity.agency_code
    own = [(f"{MuteKind.AGENCY}:{agency}", f"everything of {agency}")] if agency else []
    return own + [(f"{MuteKind.CATEGORY}:{one}", f"the category {one}") for one in opportunity.funding_categories]


def _asked(query: AsOfQuery) -> dict[str, Any]:
    return query.model_dump(mode="json", exclude_none=True)
