"""Ranked opportunities: of a proposal that is sent along, and of one that is stored."""

from itertools import islice
from typing import Any

from flask import url_for

from matcher.domain.match import band
from matcher.services.match_documents import Matching, match_in_full
from matcher.services.match_selection import MatchFilter, in_groups, select
from matcher.services.preferences import preferences
from matcher.services.reverse_matches import ReverseMatch, reverse_matches
from matcher.services.views import feasibility_view, match_view, proposal_view, ranking_view
from matcher.web.calls.errors import documented
from matcher.web.calls.read_again import kept_until_a_change
from matcher.web.house import current_house
from matcher.web.rest.answers import MatchedProposal, MatchInFull, RankingPage
from matcher.web.rest.catalogue_answers import ReverseMatchAnswer, ReverseMatchPage
from matcher.web.rest.description import section
from matcher.web.rest.filters import MatchesQuery, ReverseMatchesQuery
from matcher.web.rest.queries import AsOfQuery, MatchPath, MatchQuery, OpportunityPath, ProposalPath
from matcher.web.rest.uploads import UPLOAD, uploaded_proposal

routes = section("matches", "Ranked opportunities, with reasons quoted from both sides.")


@routes.post("/v1/matches", responses={200: MatchedProposal, **documented(413, 415, 422)}, openapi_extensions=UPLOAD)
def match_without_storing(query: MatchQuery) -> dict[str, Any]:
    """Rank the catalogue for a proposal that is not stored.

    Nothing of the proposal is kept but the vectors of its passages, under a hash of their text.
    """
    house = current_house()
    proposal = uploaded_proposal()
    with house.encoding.turn():
        state, catalogue = house.context.catalogue.encoded()
        day = house.day(query.as_of)
        told = preferences(house.store, state.stored)
        matching = Matching(house.context.scorer, proposal, catalogue)
        ranking = matching.ranking(day.day, told)
        groups = MatchFilter(frozenset(query.include)).shown_groups
        shown = matching.with_reasons(islice(in_groups(ranking, groups), query.top))
    return {
        "proposal": proposal_view(proposal),
        "note": day.note,
        **ranking_view(ranking, shown, is_calibrated=house.context.scorer.is_calibrated),
    }


@routes.get("/v1/proposals/<proposal_id>/matches", responses={200: RankingPage, **documented(404, 422)})
@kept_until_a_change
def list_matches(path: ProposalPath, query: MatchesQuery) -> dict[str, Any]:
    """Return the ranked opportunities of a stored proposal, page by page."""
    house = current_house()
    context = house.context
    state = context.catalogue.state()
    day = house.day(query.as_of)
    ranking = house.ranking(path.proposal_id, day.day)
    selection = select(ranking, state.stored, query.match_filter(house.store), query.sort)
    shown = query.window_of(selection.matches, lambda ranked: ranked.opportunity.opportunity_id)
    return {
        "note": day.note,
        "next": shown.next,
        "page": query.page,
        "page_size": query.page_size,
        "total": len(selection.matches),
        "not_stated": selection.silent,
        **ranking_view(
            ranking,
            house.with_reasons(path.proposal_id, shown.items),
            is_calibrated=context.scorer.is_calibrated,
        ),
    }


@routes.get("/v1/opportunities/<opportunity_id>/matches", responses={200: ReverseMatchPage, **documented(404, 422)})
def list_reverse_matches(path: OpportunityPath, query: ReverseMatchesQuery) -> dict[str, Any]:
    """Return which of your stored proposals fit an opportunity, best fit first."""
    store = current_house().store
    title = store.opportunities.get(path.opportunity_id).opportunity.title
    found = reverse_matches(store, path.opportunity_id, query.minimum_fit)
    return {
        "opportunity_id": path.opportunity_id,
        "title": title,
        "matches": [_reverse_match(one, path.opportunity_id) for one in query.part_of(found)],
        "page": query.page,
        "page_size": query.page_size,
        "total": len(found),
    }


@routes.get(
    "/v1/proposals/<proposal_id>/matches/<opportunity_id>", responses={200: MatchInFull, **documented(404, 422)}
)
def read_match(path: MatchPath, query: AsOfQuery) -> dict[str, Any]:
    """Return one match with what would change it most, and whether there is time to apply.

    Each change is made to a copy of the proposal, which is scored again: `counterfactuals` holds what came of it. The
    notice's own words stand in for an answer, so its figure is what a very close answer would reach.
    """
    house = current_house()
    context = house.context
    proposal = house.store.proposals.get(path.proposal_id).proposal
    opportunity = house.store.opportunities.get(path.opportunity_id).opportunity
    state = context.catalogue.state()
    day = house.day(query.as_of)
    told = preferences(house.store, state.stored, path.proposal_id)
    with house.encoding.turn():  # free while the vectors are kept; after a change of the model they are not
        ranked = match_in_full(context.scorer, proposal, opportunity, day.day, told)
    return {
        "as_of": day.day,
        "note": day.note,
        "is_calibrated": context.scorer.is_calibrated,
        "feasibility": feasibility_view(opportunity, day.day),
        **match_view(ranked, is_calibrated=context.scorer.is_calibrated),
    }


def _reverse_match(found: ReverseMatch, opportunity_id: str) -> dict[str, Any]:
    answer = ReverseMatchAnswer(
        proposal_id=found.proposal_id,
        title=found.proposal.title,
        organization=found.proposal.organization,
        fit=found.match.fit,
        band=band(found.match.fit),
        verdict=found.match.eligibility.verdict,
        feedback=found.feedback,
        match_url=url_for("matches.read_match", proposal_id=found.proposal_id, opportunity_id=opportunity_id),
    )
    return answer.model_dump(mode="json")
