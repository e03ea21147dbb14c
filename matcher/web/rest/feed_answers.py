"""What the calls about feeds take and answer."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from matcher.web.rest import feedback_examples as examples
from matcher.web.rest.answers import Answer, with_example
from matcher.web.rest.json_body import JsonBody


class FeedBody(JsonBody):
    """A new feed."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=100)] = Field(
        description="What will read it, so that a person can tell one feed from another."
    )

    model_config = with_example(examples.FEED_BODY)


class FeedAnswer(Answer):
    """A feed; its addresses were shown when it was made, and cannot be shown again."""

    feed_id: str
    name: str
    created_at: datetime


class FeedMade(FeedAnswer):
    """A feed with its addresses, which are shown this once: whoever has one needs no key."""

    atom_url: str = Field(description="The matches as an Atom feed.")
    calendar_url: str = Field(description="Their deadlines as a calendar (RFC 5545).")

    model_config = with_example(examples.FEED_MADE)


class FeedList(Answer):
    """The feeds of a proposal, oldest first."""

    feeds: list[FeedAnswer]

    model_config = with_example(examples.FEED_LIST)
