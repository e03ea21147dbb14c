"""The tables of subscriptions, mails and turns of jobs; `matcher.store.schema` has the others, and the rules."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from matcher.store.metadata import metadata
from matcher.store.timestamps import UtcTimestamp

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("subscription_id", String, primary_key=True),
    Column("organization_id", String, ForeignKey("organizations.organization_id", ondelete="CASCADE"), nullable=False),
    Column("proposal_id", String, ForeignKey("proposals.proposal_id", ondelete="CASCADE"), index=True),
    Column("email_address", String, nullable=False, index=True),
    Column("weekday", Integer, nullable=False),
    Column("hour", Integer, nullable=False),
    Column("time_zone", String, nullable=False),
    Column("minimum_fit", Double, nullable=False),
    Column("parts", Text, nullable=False),
    Column("mails_quiet_weeks", Boolean, nullable=False),
    Column("wants_reminders", Boolean, nullable=False),
    Column("state", String, nullable=False),
    Column("active_since", UtcTimestamp),
    Column("created_at", UtcTimestamp, nullable=False),
    Index("ix_subscriptions_schedule", "state", "time_zone", "weekday", "hour", "organization_id", "email_address"),
    Index(None, "organization_id", "email_address"),
)

consents = Table(
    # No foreign key: what somebody agreed to, and took back, is told even after the subscription is gone.
    "consents",
    metadata,
    Column("consent_id", Integer, primary_key=True),
    Column("subscription_id", String, nullable=False, index=True),
    Column("email_address", String, nullable=False, index=True),
    Column("event", String, nullable=False),
    Column("at", UtcTimestamp, nullable=False),
    Column("means", String, nullable=False),
)

suppressions = Table(
    "suppressions",
    metadata,
    Column("email_address", String, primary_key=True),
    Column("cause", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", UtcTimestamp, nullable=False),
)

mails = Table(
    # One row for each mail to one person: a period is an ISO week, a day, or the identifier of what must be confirmed.
    "mails",
    metadata,
    Column("mail_id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("organization_id", String, ForeignKey("organizations.organization_id", ondelete="CASCADE"), nullable=False),
    Column("email_address", String, nullable=False),
    Column("period", String, nullable=False),
    Column("message_id", String, nullable=False, unique=True),
    Column("state", String, nullable=False),
    Column("content", Text),
    Column("attempts", Integer, nullable=False),
    Column("reason", Text),
    Column("created_at", UtcTimestamp, nullable=False),
    Column("due_at", UtcTimestamp, nullable=False),
    Column("leased_until", UtcTimestamp),
    Column("holder", String),
    Column("sent_at", UtcTimestamp),
    UniqueConstraint("kind", "organization_id", "email_address", "period"),
    Index("ix_mails_open", "state", "due_at"),
    Index(None, "email_address", "state"),
)

digests = Table(
    # What a mail says to one subscription: `shown` counts as mailed once the mail is sent, `decisions` says why.
    "digests",
    metadata,
    Column(
        "subscription_id", String, ForeignKey("subscriptions.subscription_id", ondelete="CASCADE"), primary_key=True
    ),
    Column("week", String, primary_key=True),
    Column("mail_id", String, ForeignKey("mails.mail_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("shown", Text, nullable=False),
    Column("decisions", LargeBinary),
)

mailed_opportunities = Table(
    # No foreign key to opportunities: a notice that is gone must not undo the record of a mail that went out.
    # What a digest of the whole organization told of one proposal is still new for another. `revision` is
    # the notice's when it was last shown; it is unknown for mails of the first version.
    "mailed_opportunities",
    metadata,
    Column(
        "subscription_id",
        String,
        ForeignKey("subscriptions.subscription_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("proposal_id", String, primary_key=True),
    Column("opportunity_id", String, primary_key=True),
    Column("revision", Integer),
    Column("mailed_at", UtcTimestamp, nullable=False),
)

reminders = Table(
    # One reminder for each deadline that a subscription was told of.
    "reminders",
    metadata,
    Column(
        "subscription_id",
        String,
        ForeignKey("subscriptions.subscription_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("opportunity_id", String, primary_key=True),
    Column("deadline", Date, primary_key=True),
    Column("mail_id", String, ForeignKey("mails.mail_id", ondelete="CASCADE"), nullable=False),
)

job_turns = Table(
    # When each job may run next, how often it failed in a row, and who runs it now.
    "job_turns",
    metadata,
    Column("name", String, primary_key=True),
    Column("due_at", UtcTimestamp, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("error", Text),
    Column("leased_until", UtcTimestamp),
    Column("holder", String),
)
