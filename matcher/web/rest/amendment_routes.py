"""Amendments: how an opportunity changed over time, and what that did to the matches of a proposal."""

from typing import Any

from matcher.domain.amendment import FieldChange, differences
from matcher.services.amendments import Amendment, amendments
from matcher.store.records import OpportunityRevision
from matcher.web.calls.errors import documented
from matcher.web.house import current_house
from matcher.web.rest.description import section
from matcher.web.rest.queries import OpportunityPath, PageQuery, ProposalPath
from matcher.web.rest.source_answers import MatchChangePage, RevisionPage

routes = section("amendments", "What changed in a notice, and what that did to a match.", "/v1")


@routes.get("/opportunities/<opportunity_id>/revisions", responses={200: RevisionPage, **documented(404, 422)})
def list_revisions(path: OpportunityPath, query: PageQuery) -> dict[str, Any]:
    """List the revisions of one opportunity with what each changed, latest first."""
    store = current_house().store
    stored = store.opportunities.get(path.opportunity_id)
    revisions = store.opportunities.revisions(path.opportunity_id)
    steps = list(zip([None, *revisions], revisions, strict=False))
    return {
        "opportunity_id": path.opportunity_id,
        "title": stored.opportunity.title,
        "revisions": [_revision(*step) for step in query.part_of(steps[::-1])],
        "page": query.page,
        "page_size": query.page_size,
        "total": len(steps),
    }


@routes.get("/proposals/<proposal_id>/changes", responses={200: MatchChangePage, **documented(404, 422)})
def list_changes(path: ProposalPath, query: PageQuery) -> dict[str, Any]:
    """List what amendments did to the matches of a stored proposal: fit and verdict before and after, latest first."""
    store = current_house().store
    proposal_id = store.proposals.get(path.proposal_id).proposal_id
    found = amendments(store, proposal_id=proposal_id)
    return {
        "proposal_id": proposal_id,
        "changes": [_match_change(amendment) for amendment in query.part_of(found)],
        "page": query.page,
        "page_size": query.page_size,
        "total": len(found),
    }


def _revision(before: OpportunityRevision | None, after: OpportunityRevision) -> dict[str, Any]:
    changes: tuple[FieldChange, ...] = ()
    if before is not None:
        changes = differences(before.opportunity, after.opportunity)
    return {"revision": after.revision, "at": after.at, "source": after.source, "changes": changes}


def _match_change(amendment: Amendment) -> dict[str, Any]:
    """Return an amendment with its one effect on the one proposal that was asked for."""
    [effect] = amendment.effects
    return {
        "opportunity_id": amendment.opportunity_id,
        "title": amendment.title,
        "revision": amendment.revision,
        "at": amendment.at,
        "source": amendment.source,
        "previous_revision": effect.previous_revision,
        "changes": effect.changes,
        "previous_fit": effect.previous_fit,
        "fit": effect.fit,
        "previous_verdict": effect.previous_verdict,
        "verdict": effect.verdict,
        "sentence": effect.sentence,
    }
