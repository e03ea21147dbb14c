"""The feeds of a proposal: addresses for a feed reader and a calendar, made and revoked by hand."""

from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from matcher.services.feeds import make_feed
from matcher.web.house import current_house
from matcher.web.pages.frame import page_room, show

room = page_room("feed_pages")

_UNNAMED = "Feed"
_LONGEST_NAME = 100


@room.get("/proposals/<proposal_id>/feeds")
def feeds_page(proposal_id: str) -> Response:
    """Show the feeds of a proposal; their addresses are shown only when they are made."""
    return _page(proposal_id)


@room.post("/proposals/<proposal_id>/feeds")
def create_feed(proposal_id: str) -> Response:
    """Make a feed, and show its addresses this once."""
    house = current_house()
    name = request.form.get("name", "").strip()[:_LONGEST_NAME] or _UNNAMED
    _, secret = make_feed(house.store, proposal_id, name)
    public = house.context.settings.public_url.rstrip("/")
    addresses = {
        "Feed reader": public + url_for("feeds.read_atom_feed", token=secret),
        "Calendar": public + url_for("feeds.read_calendar_feed", token=secret),
    }
    return _page(proposal_id, addresses=addresses)


@room.post("/proposals/<proposal_id>/feeds/<feed_id>/revoke")
def revoke_feed(proposal_id: str, feed_id: str) -> Answer:
    """Revoke a feed: nothing is found at its addresses any more."""
    current_house().store.feeds.remove(proposal_id, feed_id)
    return redirect(url_for("feed_pages.feeds_page", proposal_id=proposal_id), 303)


def _page(proposal_id: str, **told: Any) -> Response:  # noqa: ANN401 — what was just made
    store = current_house().store
    stored = store.proposals.get(proposal_id)
    return show(
        "feeds.html",
        twin=url_for("feeds.list_feeds", proposal_id=proposal_id),
        beside={"the proposal": url_for("proposals.read_proposal", proposal_id=proposal_id)},
        stored=stored,
        feeds=store.feeds.for_proposal(proposal_id),
        **{"addresses": {}, **told},
    )
