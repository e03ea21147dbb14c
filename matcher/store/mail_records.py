"""What the store gives back of mails and of the people who get them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from matcher.domain.digest import Decision


class MailKind(StrEnum):
    """What a mail is for."""

    DIGEST = "digest"
    REMINDER = "reminder"
    CONFIRMATION = "confirmation"
    SIGN_IN = "sign_in"


class MailState(StrEnum):
    """How far a mail has come; from SENT on nothing happens to it any more."""

    CREATED = "created"
    """Its period is taken; what it says is not written yet."""
    READY = "ready"
    SENT = "sent"
    QUIET = "quiet"
    """There was nothing to tell, so there is no mail."""
    REFUSED = "refused"
    """It will never be taken for this recipient."""
    SUPERSEDED = "superseded"
    """A later period came before it could be sent; what it showed does not count as seen."""
    CANCELLED = "cancelled"
    """Its reader unsubscribed first."""


class SuppressionCause(StrEnum):
    """Why an address is mailed no more."""

    REFUSED = "refused"
    """A server refused the recipient for good."""
    BOUNCED = "bounced"
    COMPLAINED = "complained"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person of one organization; the address is in lower case."""

    organization_id: str
    email_address: str


@dataclass(frozen=True, slots=True)
class Period:
    """What one mail of a kind to one person stands for; `key` is an ISO week, a day or an identifier."""

    kind: MailKind
    recipient: Recipient
    key: str


@dataclass(frozen=True, slots=True)
class MailRow:
    """A mail on its way; `content` is JSON as its writer gave it, None before it is written.

    `attempts` counts how often somebody took it to send it, so one that crashed half-way is counted. `reason` tells of
    the last failure. Until `leased_until` nobody but `holder` may send it.
    """

    mail_id: str
    kind: MailKind
    organization_id: str
    email_address: str
    period: str
    message_id: str
    state: MailState
    content: str | None
    attempts: int
    reason: str | None
    created_at: datetime
    due_at: datetime
    leased_until: datetime | None
    holder: str | None
    sent_at: datetime | None

    @property
    def recipient(self) -> Recipient:
        """Whom it goes to."""
        return Recipient(self.organization_id, self.email_address)


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice that a digest shows for a proposal, at a revision."""

    proposal_id: str
    opportunity_id: str
    revision: int


@dataclass(frozen=True, slots=True)
class Mailed:
    """When a notice was last shown, and at which revision (None: by the first version, which did not keep it)."""

    revision: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class DigestPage:
    """What a mail says to one subscription: what it shows, and why everything is in it or out of it."""

    subscription_id: str
    week: str
    shown: tuple[Shown, ...]
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenMail:
    """A mail whose content is decided; None: there is nothing to tell."""

    mail_id: str
    content: str | None
    pages: tuple[DigestPage, ...] = ()


@dataclass(frozen=True, slots=True)
class Reminded:
    """One deadline that a subscription is reminded of."""

    subscription_id: str
    opportunity_id: str
    deadline: date


@dataclass(frozen=True, slots=True)
class Suppression:
    """An address that is mailed no more."""

    email_address: str
    cause: SuppressionCause
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class JobTurn:
    """When a job may run next; `failures` counts those in a row, `error` is the last one's."""

    name: str
    due_at: datetime
    failures: int
    error: str | None
    leased_until: datetime | None
    holder: str | None
