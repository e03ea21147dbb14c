"""Proposals that are kept."""

from typing import Any

from flask import url_for

from matcher.services.personal_data import forget_proposal
from matcher.services.revise_proposal import revise_proposal
from matcher.services.submit_proposal import submit_as_new
from matcher.services.views import proposal_view
from matcher.store.records import StoredProposal
from matcher.web.calls.errors import documented
from matcher.web.calls.idempotency import identifier_to_create, repeatable
from matcher.web.calls.read_again import kept_until_a_change
from matcher.web.house import current_house
from matcher.web.rest.answers import ProposalPage, StoredProposalAnswer, StoredProposalInFull
from matcher.web.rest.description import section
from matcher.web.rest.queries import CursorQuery, ProposalPath
from matcher.web.rest.uploads import UPLOAD, uploaded_proposal

routes = section("proposals", "Proposals that are kept and scored again when notices change.", "/v1/proposals")


@routes.post(
    "",
    responses={201: StoredProposalAnswer, **documented(413, 415, 422)},
    openapi_extensions=UPLOAD,
)
@repeatable
def create_proposal() -> tuple[dict[str, Any], int, dict[str, str]]:
    """Store a proposal and score it against the catalogue.

    Each call makes a proposal of its own, also for a file of the same name.
    """
    house = current_house()
    proposal = uploaded_proposal()
    with house.encoding.turn():
        proposal_id = submit_as_new(house.store, house.context.rescorer, proposal, identifier_to_create())
    answer = _answer(house.store.proposals.get(proposal_id))
    location = url_for("proposals.read_proposal", proposal_id=proposal_id)
    return answer, 201, {"Location": location}


@routes.get("", responses={200: ProposalPage, **documented(422)})
@kept_until_a_change
def list_proposals(query: CursorQuery) -> dict[str, Any]:
    """List the stored proposals, by identifier."""
    proposals = current_house().store.proposals
    stored = list(proposals.ids_and_revisions())
    shown = query.window_of(stored, str)
    return {
        "proposals": [_answer(proposals.get(proposal_id)) for proposal_id in shown.items],
        "next": shown.next,
        "page": query.page,
        "page_size": query.page_size,
        "total": len(stored),
    }


@routes.get("/<proposal_id>", responses={200: StoredProposalInFull, **documented(404)})
@kept_until_a_change
def read_proposal(path: ProposalPath) -> dict[str, Any]:
    """Return what was read of a proposal, with its text."""
    stored = current_house().store.proposals.get(path.proposal_id)
    return {**_answer(stored), "text": stored.proposal.text}


@routes.put(
    "/<proposal_id>",
    responses={200: StoredProposalAnswer, **documented(404, 413, 415, 422)},
    openapi_extensions=UPLOAD,
)
def update_proposal(path: ProposalPath) -> dict[str, Any]:
    """Put a new text in the place of a proposal and score it; the identifier stays, the revision grows by one.

    Equal content changes nothing.
    """
    house = current_house()
    house.store.proposals.get(path.proposal_id)
    proposal = uploaded_proposal()
    with house.encoding.turn():
        revise_proposal(house.store, house.context.rescorer, path.proposal_id, proposal)
    return _answer(house.store.proposals.get(path.proposal_id))


@routes.delete("/<proposal_id>", responses={204: None, **documented(404)})
def delete_proposal(path: ProposalPath) -> tuple[str, int]:
    """Delete a proposal with all that came of it, at once.

    Its matches, feeds and subscriptions go with it, and what digests and mails keep of its words, also those that speak
    of other proposals. Mails that wait to be sent are written anew without it.
    """
    house = current_house()
    forget_proposal(house.store, path.proposal_id, house.context.settings.outbox)
    return "", 204


def _answer(stored: StoredProposal) -> dict[str, Any]:
    return {
        "proposal_id": stored.proposal_id,
        "revision": stored.revision,
        "created_at": stored.created_at,
        "changed_at": stored.changed_at,
        "matches_url": url_for("matches.list_matches", proposal_id=stored.proposal_id),
        **proposal_view(stored.proposal),
    }
