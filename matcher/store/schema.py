"""The tables. Documents are JSON text, times are `UtcTimestamp`; only vectors have a type of their own in PostgreSQL.

A change here needs a migration in `migrations/versions`; a test compares the two. Columns that are scanned without
their document lie in indexes that cover the query, so a scan never reads the documents.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
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
    false,
)

from matcher.store.half_vectors import HalfVectorBytes
from matcher.store.mail_schema import consents as consents
from matcher.store.mail_schema import digests as digests
from matcher.store.mail_schema import job_turns as job_turns
from matcher.store.mail_schema import mailed_opportunities as mailed_opportunities
from matcher.store.mail_schema import mails as mails
from matcher.store.mail_schema import reminders as reminders
from matcher.store.mail_schema import subscriptions as subscriptions
from matcher.store.mail_schema import suppressions as suppressions
from matcher.store.member_schema import members as members
from matcher.store.member_schema import sign_ins as sign_ins
from matcher.store.metadata import metadata as metadata
from matcher.store.timestamps import UtcTimestamp

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
    Column("vanished_at", UtcTimestamp),
    Index("ix_opportunities_staleness", "opportunity_id", "revision", "scored_revision", "scored_fingerprint"),
)

opportunity_revisions = Table(
    "opportunity_revisions",
    metadata,
    Column("opportunity_id", String, ForeignKey("opportunities.opportunity_id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("at", UtcTimestamp, nullable=False, index=True),
    Column("document", Text, nullable=False),
)

organizations = Table(
    "organizations",
    metadata,
    Column("organization_id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("created_at", UtcTimestamp, nullable=False),
)

api_keys = Table(
    # A revoked key stays. One goes with its organization; that there was one is then told by `generations`.
    "api_keys",
    metadata,
    Column("key_id", String, primary_key=True),
    Column(
        "organization_id",
        String,
        ForeignKey("organizations.organization_id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("name", String, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("created_at", UtcTimestamp, nullable=False),
    Column("last_used_at", UtcTimestamp),
    Column("revoked_at", UtcTimestamp),
    Column("may_erase", Boolean, nullable=False, server_default=false()),
)

kept_answers = Table(
    # Without a status, the call is still being carried out, or was broken off. What it creates has the identifier
    # `creates`, however often it is begun.
    "kept_answers",
    metadata,
    Column(
        "organization_id", String, ForeignKey("organizations.organization_id", ondelete="CASCADE"), primary_key=True
    ),
    Column("key", String, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("begun_at", UtcTimestamp, nullable=False, index=True),
    Column("status", Integer),
    Column("headers", Text),
    Column("body", LargeBinary),
    Column("creates", String),
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
    Column("organization_id", String, ForeignKey("organizations.organization_id", ondelete="CASCADE"), nullable=False),
    Column("source", String),
    Index(None, "organization_id", "source"),
    Index("ix_proposals_staleness", "proposal_id", "revision", "scored_revision", "scored_fingerprint"),
)

proposal_queries = Table(
    # What a proposal is compared by: its passages' vectors (float16, little-endian, one after the other), its terms'
    # buckets (uint32) and weights (float32). It follows from the proposal and the scorer, and spares reading the text.
    "proposal_queries",
    metadata,
    Column("proposal_id", String, ForeignKey("proposals.proposal_id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("vectors", LargeBinary, nullable=False),
    Column("buckets", LargeBinary, nullable=False),
    Column("weights", LargeBinary, nullable=False),
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

change_counters = Table(
    "change_counters",
    metadata,
    Column("slot", Integer, primary_key=True, autoincrement=False),
    Column("value", BigInteger, nullable=False),
)
"""How many transactions changed what answers are made of: the sum of the values.

Each adds one to a counter as its last statement, so it holds that row for no longer than its commit takes, and waits
for nothing meanwhile. A reader sees as many as it sees changes of.
"""

sources = Table(
    "sources",
    metadata,
    Column("name", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("address", String, nullable=False),
    Column("interval_seconds", Integer),
    Column("delay_seconds", Double, nullable=False),
    Column("is_enabled", Boolean, nullable=False),
    Column("is_complete", Boolean, nullable=False),
    Column("keeps_closed", Boolean, nullable=False),
    Column("fetch_state", Text),
    Column("interface", String),
    Column("query", Text),
)

source_runs = Table(
    # A run without `finished_at` is under way, or its process died; a later run of its source tells the two apart.
    "source_runs",
    metadata,
    Column("run_id", Integer, primary_key=True),
    Column("source_name", String, ForeignKey("sources.name", ondelete="CASCADE"), nullable=False),
    Column("started_at", UtcTimestamp, nullable=False),
    Column("finished_at", UtcTimestamp),
    Column("outcome", String),
    Column("is_unmodified", Boolean, nullable=False),
    Column("records", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("dropped", Integer, nullable=False),
    Column("dropped_by_reason", Text, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("joined", Integer, nullable=False),
    Column("vanished", Integer, nullable=False),
    Column("returned", Integer, nullable=False),
    Column("error", Text),
    CheckConstraint("records = new + changed + unchanged + dropped + rejected", name="adds_up"),
    Index(None, "source_name", "run_id"),
)

listings = Table(
    # One record of one source, and the entry of the catalogue that it stands under. `number_key` and `title_key` find
    # what may be the same notice elsewhere; `stated_id` is the identifier that the record itself gives.
    "listings",
    metadata,
    Column("source_name", String, ForeignKey("sources.name", ondelete="CASCADE"), primary_key=True),
    Column("record_key", String, primary_key=True),
    Column("occurrence", Integer, primary_key=True),
    Column(
        "opportunity_id",
        String,
        ForeignKey("opportunities.opportunity_id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("stated_id", String, nullable=False, index=True),
    Column("joined_by", String, nullable=False),
    Column("joined_because", Text, nullable=False),
    Column("place", String, nullable=False),
    Column("number_key", String, index=True),
    Column("title_key", String, index=True),
    Column("content_hash", String(64), nullable=False),
    Column("first_seen_at", UtcTimestamp, nullable=False),
    Column("changed_at", UtcTimestamp, nullable=False),
    Column("vanished_at", UtcTimestamp),
    Column("document", Text, nullable=False),
)

readings = Table(
    # What spares reading a record again, by a digest of how it is written and of what read it.
    "readings",
    metadata,
    Column("source_name", String, ForeignKey("sources.name", ondelete="CASCADE"), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("content_hash", String(64), nullable=False),
    Column("over_on", Date),
    Column("over_because", String),
)

rejections = Table(
    "rejections",
    metadata,
    Column("rejection_id", Integer, primary_key=True),
    Column("source_name", String, ForeignKey("sources.name", ondelete="CASCADE"), nullable=False, index=True),
    Column("source", String, nullable=False),
    Column("line", Integer),
    Column("reason", Text, nullable=False),
    Column("at", UtcTimestamp, nullable=False),
    Column("first_run_id", Integer, nullable=False),
    Column("last_run_id", Integer, nullable=False),
    Index(None, "source"),
)

matches = Table(
    # `eligibility` and `priorities` are JSON; the latter, which quotes both texts, is null until somebody asks why.
    "matches",
    metadata,
    Column("proposal_id", String, ForeignKey("proposals.proposal_id", ondelete="CASCADE"), primary_key=True),
    Column("opportunity_id", String, ForeignKey("opportunities.opportunity_id", ondelete="CASCADE"), primary_key=True),
    Column("proposal_revision", Integer, nullable=False),
    Column("opportunity_revision", Integer, nullable=False),
    Column("fit", Double, CheckConstraint("fit >= 0 AND fit <= 1", name="fit_in_unit_interval"), nullable=False),
    Column("verdict", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("scored_at", UtcTimestamp, nullable=False),
    Column("eligibility", Text, nullable=False),
    Column("priorities", Text),
    Index(None, "proposal_id", "fit", "opportunity_id", "verdict"),
    Index(None, "opportunity_id", "fit"),
)

match_changes = Table(
    # What a new revision of an opportunity did to a match that stood before; a null fit is one below the floor.
    "match_changes",
    metadata,
    Column("proposal_id", String, ForeignKey("proposals.proposal_id", ondelete="CASCADE"), primary_key=True),
    Column("opportunity_id", String, ForeignKey("opportunities.opportunity_id", ondelete="CASCADE"), primary_key=True),
    Column("opportunity_revision", Integer, primary_key=True),
    Column("previous_revision", Integer, nullable=False),
    Column("previous_fit", Double),
    Column("fit", Double),
    Column("previous_eligibility", Text),
    Column("eligibility", Text),
    Column("at", UtcTimestamp, nullable=False, index=True),
    Index(None, "opportunity_id", "opportunity_revision"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("proposal_id", String, ForeignKey("proposals.proposal_id", ondelete="CASCADE"), primary_key=True),
    Column("opportunity_id", String, ForeignKey("opportunities.opportunity_id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String, nullable=False),
    Column("at", UtcTimestamp, nullable=False),
)

mutes = Table(
    # No foreign key to what is muted: a mute holds for good, also for a notice that comes back under its identifier.
    "mutes",
    metadata,
    Column("mute_id", String, primary_key=True),
    Column("organization_id", String, ForeignKey("organizations.organization_id", ondelete="CASCADE"), nullable=False),
    Column("kind", String, nullable=False),
    Column("value", String, nullable=False),
    Column("at", UtcTimestamp, nullable=False),
    UniqueConstraint("organization_id", "kind", "value"),
)

feeds = Table(
    "feeds",
    metadata,
    Column("feed_id", String, primary_key=True),
    Column("proposal_id", String, ForeignKey("proposals.proposal_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("created_at", UtcTimestamp, nullable=False),
)

vectors = Table(
    # An ordinary rowid table: as WITHOUT ROWID, 24,000 vectors took 113 MB instead of 21 MB.
    "vectors",
    metadata,
    Column("model_id", String, primary_key=True),
    Column("text_hash", String, primary_key=True),
    Column("vector", HalfVectorBytes, nullable=False),
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
