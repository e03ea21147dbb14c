"""The tables. Documents are JSON text, times are `UtcTimestamp`, vectors are bytes: nothing that one engine only has.

A change here needs a migration in `migrations/versions`; a test compares the two. Columns that are scanned without
their document lie in indexes that cover the query, so a scan never reads the documents.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from matcher.store.timestamps import UtcTimestamp

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

opportunities = Table(
    "opportunities",
    metadata,
    Column("opportunity_id", String, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("scored_revision", Integer),
    Column("scored_fingerprint", String),
    Column("created_at", UtcTimestamp, nullable=False),
    Column("changed_at", UtcTimestamp, nullable=False),
    Column("source", String, nullable=False),
    Column("document", Text, nullable=False),
    Index("ix_opportunities_staleness", "opportunity_id", "revision", "scored_revision", "scored_fingerprint"),
)

proposals = Table(
    "proposals",
    metadata,
    Column("proposal_id", String, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("scored_revision", Integer),
    Column("scored_fingerprint", String),
    Column("created_at", UtcTimestamp, nullable=False),
    Column("changed_at", UtcTimestamp, nullable=False),
    Column("document", Text, nullable=False),
    Index("ix_proposals_staleness", "proposal_id", "revision", "scored_revision", "scored_fingerprint"),
)

deleted_proposals = Table(
    # The last revision of each proposal that is gone: if its identifier comes back, the count goes on, so that a result
    # computed from the old one can never pass for a result of the new one.
    "deleted_proposals",
    metadata,
    Column("proposal_id", String, primary_key=True),
    Column("revision", Integer, nullable=False),
)

generations = Table(
    "generations",
    metadata,
    Column("table_name", String, primary_key=True),
    Column("value", Integer, nullable=False),
)

rejections = Table(
    "rejections",
    metadata,
    Column("rejection_id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("line", Integer),
    Column("reason", Text, nullable=False),
    Column("at", UtcTimestamp, nullable=False),
    Index(None, "source"),
)

matches = Table(
    "matches",
    metadata,
    Column("proposal_id", String, ForeignKey("proposals.proposal_id", ondelete="CASCADE"), primary_key=True),
    Column("opportunity_id", String, ForeignKey("opportunities.opportunity_id", ondelete="CASCADE"), primary_key=True),
    Column("proposal_revision", Integer, nullable=False),
    Column("opportunity_revision", Integer, nullable=False),
    Column("fit", Double, CheckConstraint("fit >= 0 AND fit <= 1", name="fit_in_unit_interval"), nullable=False),
    Column("scored_at", UtcTimestamp, nullable=False),
    Column("document", Text, nullable=False),
    Index(None, "proposal_id", "fit"),
    Index(None, "opportunity_id", "fit"),
)

vectors = Table(
    # An ordinary rowid table: as WITHOUT ROWID, 24,000 vectors took 113 MB instead of 21 MB.
    "vectors",
    metadata,
    Column("model_id", String, primary_key=True),
    Column("text_hash", String, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("subscription_id", String, primary_key=True),
    Column("proposal_id", String, ForeignKey("proposals.proposal_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("email_address", String, nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("hour", Integer, nullable=False),
    Column("time_zone", String, nullable=False),
    Column("minimum_fit", Double, nullable=False),
)

digests = Table(
    "digests",
    metadata,
    Column("digest_id", String, primary_key=True),
    Column("subscription_id", String, ForeignKey("subscriptions.subscription_id", ondelete="CASCADE"), nullable=False),
    Column("week", String, nullable=False),
    Column("message_id", String, nullable=False),
    Column("content", Text, nullable=False),
    Column("opportunity_ids", Text, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("reason", Text),
    Column("is_permanent", Boolean, nullable=False),
    Column("created_at", UtcTimestamp, nullable=False),
    Column("attempted_at", UtcTimestamp),
    Column("leased_until", UtcTimestamp),
    Column("sent_at", UtcTimestamp),
    UniqueConstraint("subscription_id", "week"),
)

mailed_opportunities = Table(
    # No foreign key to opportunities: a notice that is gone must not undo the record of a mail that went out.
    "mailed_opportunities",
    metadata,
    Column(
        "subscription_id",
        String,
        ForeignKey("subscriptions.subscription_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("opportunity_id", String, primary_key=True),
    Column("mailed_at", UtcTimestamp, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("job_id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("started_at", UtcTimestamp, nullable=False),
    Column("finished_at", UtcTimestamp),
    Column("outcome", String),
    Column("counts", Text, nullable=False),
    Column("error", Text),
)
