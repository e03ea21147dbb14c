"""What the calls about feedback and mutes take and answer."""

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from matcher.domain.feedback import FeedbackKind, MuteKind
from matcher.web.rest import feedback_examples as examples
from matcher.web.rest.answers import Answer, with_example
from matcher.web.rest.json_body import JsonBody


class FeedbackBody(JsonBody):
    """What is said of a match."""

    kind: FeedbackKind

    model_config = with_example(examples.FEEDBACK_BODY)


class FeedbackAnswer(Answer):
    """What was last said of one match."""

    proposal_id: str
    opportunity_id: str
    kind: FeedbackKind
    at: datetime

    model_config = with_example(examples.FEEDBACK)


class FeedbackPage(Answer):
    """One page of everything that was said, latest first."""

    feedback: list[FeedbackAnswer]
    page: int
    page_size: int
    total: int

    model_config = with_example(examples.FEEDBACK_PAGE)


class MuteBody(JsonBody):
    """What is not to be seen: a notice by its identifier, an agency by its code or whole name, or a category."""

    kind: MuteKind
    value: Annotated[str, StringConstraints(min_length=1, max_length=300)]

    model_config = with_example(examples.MUTE_BODY)


class MuteAnswer(Answer):
    """What is not seen in any ranking or digest of your organization until the mute is lifted."""

    mute_id: str
    kind: MuteKind
    value: str
    at: datetime

    model_config = with_example(examples.MUTE)


class MutePage(Answer):
    """One page of the mutes that hold, latest first."""

    mutes: list[MuteAnswer]
    page: int
    page_size: int
    total: int

    model_config = with_example(examples.MUTE_PAGE)
