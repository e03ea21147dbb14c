"""Feeds of the matches of a proposal, for programs that can show no key: the address is the secret."""

from datetime import date
from typing import Any

from flask import Response, url_for
from flask_openapi3.types import ResponseDict
from pydantic import BaseModel, Field

from matcher.domain.feed import Feed
from matcher.mail.calendar import calendar_of
from matcher.services.digest_items import digest_item
from matcher.services.feeds import feed_matches, feed_of, make_feed
from matcher.services.ranking import RankedMatch
from matcher.web.calls.access import open_to_all
from matcher.web.calls.errors import documented
from matcher.web.house import current_house
from matcher.web.rest import feedback_examples as examples
from matcher.web.rest.atom import atom_feed
from matcher.web.rest.description import section
from matcher.web.rest.feed_answers import FeedAnswer, FeedBody, FeedList, FeedMade
from matcher.web.rest.queries import ProposalPath

routes = section("feeds", "Matches and deadlines at addresses that are their own key, and can be revoked.")

ATOM = "application/atom+xml"
CALENDAR = "text/calendar"
LEAST_FIT = 0.4
"""Matches of the band `possible` and better are worth an entry."""


class FeedPath(ProposalPath):
    """Which feed of which proposal."""

    feed_id: str = Field(description="The identifier that the feed was given when it was made.")


class SecretPath(BaseModel):
    """The address of a feed."""

    token: str = Field(description="The secret in the address.")


def _document(media_type: str, example: str) -> ResponseDict:
    content = {"schema": {"type": "string"}, "example": example}
    return {200: {"description": "The document.", "content": {media_type: content}}}


@routes.post("/v1/proposals/<proposal_id>/feeds", responses={201: FeedMade, **documented(404, 413, 415, 422)})
def create_feed(path: ProposalPath, body: FeedBody) -> tuple[dict[str, Any], int]:
    """Make addresses at which the matches of a proposal, and their deadlines, can be read without a key.

    They are shown this once. Whoever has them can read titles and fits of the matches, and nothing of the proposal's
    text; delete the feed to revoke them.
    """
    house = current_house()
    feed, secret = make_feed(house.store, path.proposal_id, body.name)
    public = house.context.settings.public_url.rstrip("/")
    answer = FeedMade(
        **_told(feed),
        atom_url=public + url_for("feeds.read_atom_feed", token=secret),
        calendar_url=public + url_for("feeds.read_calendar_feed", token=secret),
    )
    return answer.model_dump(), 201


@routes.get("/v1/proposals/<proposal_id>/feeds", responses={200: FeedList, **documented(404)})
def list_feeds(path: ProposalPath) -> dict[str, Any]:
    """List the feeds of a proposal, oldest first, without their addresses."""
    store = current_house().store
    store.proposals.get(path.proposal_id)
    return {"feeds": [_told(feed) for feed in store.feeds.for_proposal(path.proposal_id)]}


@routes.delete("/v1/proposals/<proposal_id>/feeds/<feed_id>", responses={204: None, **documented(404)})
def delete_feed(path: FeedPath) -> tuple[str, int]:
    """Revoke a feed: nothing is found at its addresses any more."""
    current_house().store.feeds.remove(path.proposal_id, path.feed_id)
    return "", 204


@routes.get("/feeds/<token>/matches.atom", responses={**_document(ATOM, examples.ATOM), **documented(404)})
@open_to_all
def read_atom_feed(path: SecretPath) -> Response:
    """Return the matches that can be applied for and fit well enough, best fit first, as an Atom feed."""
    context = current_house().context
    feed = feed_of(context.store, path.token)
    title = f"Matches for {context.store.proposals.get(feed.proposal_id).proposal.title}"
    address = context.settings.public_url.rstrip("/") + url_for("feeds.read_atom_feed", token=path.token)
    document = atom_feed(feed.feed_id, title, address, _matches(feed), context.catalogue.state().stored)
    return Response(document, content_type=f"{ATOM}; charset=utf-8")


@routes.get("/feeds/<token>/deadlines.ics", responses={**_document(CALENDAR, examples.CALENDAR), **documented(404)})
@open_to_all
def read_calendar_feed(path: SecretPath) -> Response:
    """Return the deadlines of the same matches as a calendar that can be subscribed to."""
    context = current_house().context
    matches = _matches(feed_of(context.store, path.token))
    stored = context.catalogue.state().stored
    items = [
        digest_item(one.opportunity, stored[one.opportunity.opportunity_id].revision, one.match, one.as_of)
        for one in matches
    ]
    return Response(calendar_of(items, date.today()), content_type=f"{CALENDAR}; charset=utf-8")


def _matches(feed: Feed) -> tuple[RankedMatch, ...]:
    context = current_house().context
    return feed_matches(context.store, context.catalogue, feed, date.today(), LEAST_FIT)


def _told(feed: Feed) -> dict[str, Any]:
    return FeedAnswer(feed_id=feed.feed_id, name=feed.name, created_at=feed.created_at).model_dump()
