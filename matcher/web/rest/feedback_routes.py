"""What an organization says of its matches, and what it does not want to see again."""

from typing import Any

from flask import url_for
from pydantic import BaseModel, Field

from matcher.services.feedback import give_feedback, mute
from matcher.web.calls.errors import documented
from matcher.web.house import current_house
from matcher.web.rest.description import section
from matcher.web.rest.feedback_answers import (
    FeedbackAnswer,
    FeedbackBody,
    FeedbackPage,
    MuteAnswer,
    MuteBody,
    MutePage,
)
from matcher.web.rest.queries import MatchPath, PageQuery

routes = section("feedback", "What your organization says of its matches, and what it mutes.", "/v1")

_OF_MATCH = "/proposals/<proposal_id>/matches/<opportunity_id>/feedback"


class MutePath(BaseModel):
    """Which mute."""

    mute_id: str = Field(description="The identifier that the mute was given when it was made.")


@routes.put(_OF_MATCH, responses={200: FeedbackAnswer, **documented(404, 413, 415, 422)})
def put_feedback(path: MatchPath, body: FeedbackBody) -> dict[str, Any]:
    """Say what a match is to you, in the place of what was said before.

    `not_for_us` sets the match aside for good; `relevant`, `applied` and `awarded` move others like it up a little in
    the rankings of your organization, and `not_for_us` moves them down. Fits do not change.
    """
    feedback = give_feedback(current_house().store, path.proposal_id, path.opportunity_id, body.kind)
    return FeedbackAnswer.model_validate(feedback, from_attributes=True).model_dump()


@routes.delete(_OF_MATCH, responses={204: None, **documented(404)})
def delete_feedback(path: MatchPath) -> tuple[str, int]:
    """Take back what was said of a match; what followed from it is undone."""
    current_house().store.feedback.remove(path.proposal_id, path.opportunity_id)
    return "", 204


@routes.get("/feedback", responses={200: FeedbackPage, **documented(422)})
def list_feedback(query: PageQuery) -> dict[str, Any]:
    """List everything that your organization said of its matches, latest first."""
    found = current_house().store.feedback.all()
    return {"feedback": query.part_of(found), "page": query.page, "page_size": query.page_size, "total": len(found)}


@routes.post("/mutes", responses={201: MuteAnswer, **documented(404, 413, 415, 422)})
def create_mute(body: MuteBody) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Stop seeing a notice, an agency or a category, in every ranking and digest, until the mute is lifted.

    What is muted is set aside, not deleted: `include=muted` shows it. A second mute of the same is the first one.
    """
    made = mute(current_house().store, body.kind, body.value)
    answer = MuteAnswer.model_validate(made, from_attributes=True).model_dump()
    return answer, 201, {"Location": url_for("feedback.read_mute", mute_id=made.mute_id)}


@routes.get("/mutes", responses={200: MutePage, **documented(422)})
def list_mutes(query: PageQuery) -> dict[str, Any]:
    """List the mutes that hold, latest first."""
    found = current_house().store.mutes.all()
    return {"mutes": query.part_of(found), "page": query.page, "page_size": query.page_size, "total": len(found)}


@routes.get("/mutes/<mute_id>", responses={200: MuteAnswer, **documented(404)})
def read_mute(path: MutePath) -> dict[str, Any]:
    """Return one mute."""
    return MuteAnswer.model_validate(current_house().store.mutes.get(path.mute_id), from_attributes=True).model_dump()


@routes.delete("/mutes/<mute_id>", responses={204: None, **documented(404)})
def delete_mute(path: MutePath) -> tuple[str, int]:
    """Lift a mute; what it hid is seen again."""
    current_house().store.mutes.remove(path.mute_id)
    return "", 204
