"""Who asked for which mail, when, and what they agreed to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from matcher.domain.organization import LOCAL
from matcher.domain.schedule import Schedule


class SubscriptionState(StrEnum):
    """Where a subscription stands; only a confirmed one is mailed."""

    PENDING = "pending"
    """Asked for, and not yet confirmed by the link in the mail."""
    CONFIRMED = "confirmed"
    PAUSED = "paused"
    UNSUBSCRIBED = "unsubscribed"


class DigestPart(StrEnum):
    """A part of the digest that its reader can do without."""

    NEW = "new"
    CHANGED = "changed"
    """Matches that an amended notice moved."""
    CLOSING = "closing"
    LEFT_OUT = "left_out"
    """What was not shown, and which sources were not reached."""


class ConsentEvent(StrEnum):
    """What happened to a reader's consent."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    PAUSED = "paused"
    RESUMED = "resumed"
    UNSUBSCRIBED = "unsubscribed"


@dataclass(frozen=True, slots=True)
class Consent:
    """One line of the record of consent: what happened, when, and by what means, in words."""

    event: ConsentEvent
    at: datetime
    means: str


EVERY_PART = tuple(DigestPart)


@dataclass(frozen=True, slots=True)
class Subscription:
    """Who is mailed about what, and when: one proposal, or (None) all of the organization.

    `weekday` 0 is Monday; `hour` is local to `time_zone` (IANA). `active_since` is the moment of the confirmation or of
    the end of the last pause; occasions before it are never mailed. A quiet week is mailed only if
    `mails_quiet_weeks`, reminders between digests only if `wants_reminders`.
    """

    subscription_id: str
    proposal_id: str | None
    email_address: str
    weekday: int = 0
    hour: int = 8
    time_zone: str = "UTC"
    minimum_fit: float = 0.4
    organization_id: str = LOCAL
    parts: tuple[DigestPart, ...] = EVERY_PART
    mails_quiet_weeks: bool = False
    wants_reminders: bool = False
    state: SubscriptionState = SubscriptionState.PENDING
    active_since: datetime | None = None

    @property
    def schedule(self) -> Schedule:
        """The time of the week at which its digest goes out."""
        return Schedule(self.weekday, self.hour, self.time_zone)
