"""Proposals: the list of those that are kept, the form that brings one, and how far its reading is."""

from pathlib import PurePosixPath
from typing import Any

from flask import Response, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from matcher.domain.proposal import Proposal
from matcher.errors import DocumentRejected
from matcher.services.personal_data import forget_proposal
from matcher.services.proposal_list import proposal_list
from matcher.services.reading import reading_of
from matcher.services.reading_room.room import ReadingRoom
from matcher.services.submit_proposal import keep_proposal
from matcher.web.house import current_house
from matcher.web.pages.frame import is_asked_by_script, page_room, show
from matcher.web.pages.queries import address_with, read_query
from matcher.web.rest.queries import PageQuery

room = page_room("proposal_pages")

_PASTED = "pasted text"


@room.get("/proposals")
def list_page() -> Response:
    """Show the proposals that are kept, and the form that brings another."""
    return _list_page()


@room.post("/proposals")
def bring() -> Answer:
    """Keep a proposal, and show how its reading goes on; one that cannot be read is shown with the reason."""
    house = current_house()
    try:
        saved = keep_proposal(house.store, _proposal(house.context.room))
    except DocumentRejected as refusal:
        return _list_page(422, refusal=str(refusal), text=request.form.get("text", ""))
    house.scoring.ask(saved.identifier)
    return redirect(url_for("proposal_pages.reading_page", proposal_id=saved.identifier), 303)


@room.get("/proposals/<proposal_id>/reading")
def reading_page(proposal_id: str) -> Answer:
    """Show how far the reading of a proposal is; once its matches are there, go on to them."""
    house = current_house()
    context, store = house.context, house.store
    stored = store.proposals.get(proposal_id)
    reading = reading_of(store, context.scorer, context.encoder, proposal_id)
    if reading.is_scored:
        return _to_matches(proposal_id)
    failure = house.scoring.failure(proposal_id)
    if failure is None:
        house.scoring.ask(proposal_id)  # whoever began it may be gone
    return show(
        "reading.html",
        twin=url_for("proposals.read_proposal", proposal_id=proposal_id),
        stored=stored,
        reading=reading,
        opportunities=len(context.catalogue.state().stored),
        failure=failure,
    )


@room.post("/proposals/<proposal_id>/reading")
def read_again(proposal_id: str) -> Answer:
    """Begin the reading of a proposal anew, after it failed."""
    house = current_house()
    house.scoring.ask(house.store.proposals.get(proposal_id).proposal_id)
    return redirect(url_for("proposal_pages.reading_page", proposal_id=proposal_id), 303)


@room.post("/proposals/<proposal_id>/delete")
def delete(proposal_id: str) -> Answer:
    """Delete a proposal with all that came of it."""
    house = current_house()
    forget_proposal(house.store, proposal_id, house.context.settings.outbox)
    return redirect(url_for("proposal_pages.list_page"), 303)


def _to_matches(proposal_id: str) -> Answer:
    """Send the browser on to the matches; a script that asked is told so in its own way."""
    address = url_for("match_pages.ranked_page", proposal_id=proposal_id)
    if not is_asked_by_script():
        return redirect(address, 303)
    response = make_response("", 200)
    response.headers["HX-Redirect"] = address
    return response


def _list_page(status: int = 200, **told: Any) -> Response:  # noqa: ANN401 — what the form shows again
    house = current_house()
    query = read_query(PageQuery)
    start = (query.page - 1) * query.page_size
    summaries, total = proposal_list(house.store, house.context.catalogue, house.day().day, start, query.page_size)
    form = {"refusal": None, "text": "", **told}
    return show(
        "proposals.html",
        twin=url_for("proposals.list_proposals"),
        status=status,
        summaries=summaries,
        first=address_with() if query.page > 1 else None,
        next=address_with(page=query.page + 1) if start + query.page_size < total else None,
        opportunities=len(house.context.catalogue.state().stored),
        **form,
    )


def _proposal(room: ReadingRoom) -> Proposal:
    """Read what the form brings: one file, or a text.

    Raises:
        DocumentRejected: It brings neither or both, or what cannot be read.
    """
    files = [file for file in request.files.getlist("file") if file.filename]
    text = request.form.get("text", "")
    if files and text.strip():
        raise DocumentRejected("you chose a file and pasted a text; send one of them, so that it is clear which counts")
    if len(files) > 1:
        raise DocumentRejected("you chose several files; send each proposal by itself")
    if files:
        return room.proposal(files[0].read(), PurePosixPath(files[0].filename or "").name)
    if not text.strip():
        raise DocumentRejected("choose a file, or paste the text of your proposal")
    return room.proposal(text.encode(), _PASTED)
