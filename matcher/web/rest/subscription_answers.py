"""What the calls about subscriptions and digests take and answer."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from matcher.domain.subscription import EVERY_PART, ConsentEvent, DigestPart, SubscriptionState
from matcher.store.mail_records import MailState
from matcher.web.rest import subscription_examples as examples
from matcher.web.rest.answers import Answer, with_example
from matcher.web.rest.json_body import JsonBody


class SubscriptionWish(JsonBody):
    """What is mailed, and when."""

    proposal_id: str | None = Field(None, description="The proposal; null means all of your organization.")
    weekday: int = Field(0, ge=0, le=6, description="0 is Monday.")
    hour: int = Field(8, ge=0, le=23, description="A full hour, local to the time zone.")
    time_zone: Annotated[str, StringConstraints(max_length=100)] = Field(
        "UTC", description="An IANA name such as America/Los_Angeles."
    )
    minimum_fit: float = Field(0.4, ge=0, le=1, description="What fits less is counted, not shown.")
    parts: list[DigestPart] = Field(list(EVERY_PART), min_length=1, max_length=4, description="The parts of the mail.")
    mails_quiet_weeks: bool = Field(False, description="Mail also in a week in which nothing new fits.")
    wants_reminders: bool = Field(False, description="Mail also on the day on which work on an application must begin.")

    model_config = with_example(examples.WISH)


class SubscriptionBody(SubscriptionWish):
    """The same, and for whom."""

    email_address: Annotated[str, StringConstraints(min_length=3, max_length=320)]

    model_config = with_example(examples.BODY)


class ConsentAnswer(Answer):
    """One line of the record of consent."""

    event: ConsentEvent
    at: datetime
    means: str = Field(description="By what means, in words.")


class SubscriptionAnswer(Answer):
    """A subscription; it is mailed only while it is `confirmed`."""

    subscription_id: str
    email_address: str
    proposal_id: str | None = Field(description="The proposal; null means all of your organization.")
    state: SubscriptionState
    weekday: int
    hour: int
    time_zone: str
    minimum_fit: float
    parts: list[DigestPart]
    mails_quiet_weeks: bool
    wants_reminders: bool
    active_since: datetime | None = Field(description="When it was confirmed, or its last pause ended.")
    next_digest_at: datetime | None = Field(description="When its next digest is due; null unless it is confirmed.")
    consents: list[ConsentAnswer] = Field(description="What the reader agreed to, when, and by what means.")

    model_config = with_example(examples.SUBSCRIPTION)


class SubscriptionPage(Answer):
    """One page of subscriptions, the oldest first."""

    subscriptions: list[SubscriptionAnswer]
    page: int
    page_size: int
    total: int

    model_config = with_example(examples.SUBSCRIPTION_PAGE)


class PauseBody(JsonBody):
    """Whether a subscription rests."""

    is_paused: bool

    model_config = with_example(examples.PAUSE)


class PreviewAnswer(Answer):
    """What the digest of a subscription would say now, in both forms."""

    subject: str
    text: str
    html: str

    model_config = with_example(examples.PREVIEW)


class DecisionAnswer(Answer):
    """Why one match is in a digest or out of it: what it was judged by at that time."""

    opportunity_id: str
    title: str | None = Field(description="Null where the notice is gone.")
    revision: int
    fit: float | None = Field(description="Null where it was below the floor under which no match is kept.")
    eligibility: str | None = Field(description="Null where the fit alone decided.")
    is_shown: bool
    reason: str
    fingerprint: str | None = Field(description="The scorer.")


class DecisionsAnswer(Answer):
    """The decisions for one subscription, the best fit first."""

    subscription_id: str
    decisions: list[DecisionAnswer]


class DigestAnswer(Answer):
    """One digest, on its way or sent, with every decision that made it."""

    digest_id: str
    week: str
    email_address: str
    state: MailState
    message_id: str
    attempts: int
    reason: str | None
    created_at: datetime
    sent_at: datetime | None
    fingerprints: list[str]
    subscriptions: list[DecisionsAnswer]

    model_config = with_example(examples.DIGEST)


class BounceAnswer(Answer):
    """What came of a report: how many addresses are mailed no more, or were only delayed, or were none of yours."""

    suppressed: int
    passing: int
    unknown: int

    model_config = with_example(examples.BOUNCE)
