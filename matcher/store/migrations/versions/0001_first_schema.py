"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001_first_schema"
down_revision = None
branch_labels = None
depends_on = None

_TIMESTAMP = sa.String(32)


def upgrade() -> None:
    _create_revisioned("opportunities", "opportunity_id", sa.Column("source", sa.String, nullable=False))
    _create_revisioned("proposals", "proposal_id")
    _create_deleted_proposals()
    _create_generations()
    _create_rejections()
    _create_matches()
    _create_vectors()
    _create_subscriptions()
    _create_digests()
    _create_mailed_opportunities()
    _create_jobs()


def _create_revisioned(table: str, key: str, *extra: sa.Column[str]) -> None:
    op.create_table(
        table,
        sa.Column(key, sa.String, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("scored_revision", sa.Integer),
        sa.Column("scored_fingerprint", sa.String),
        sa.Column("created_at", _TIMESTAMP, nullable=False),
        sa.Column("changed_at", _TIMESTAMP, nullable=False),
        *extra,
        sa.Column("document", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint(key, name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_staleness", table, [key, "revision", "scored_revision", "scored_fingerprint"])


def _create_deleted_proposals() -> None:
    op.create_table(
        "deleted_proposals",
        sa.Column("proposal_id", sa.String, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("proposal_id", name="pk_deleted_proposals"),
    )


def _create_generations() -> None:
    op.create_table(
        "generations",
        sa.Column("table_name", sa.String, nullable=False),
        sa.Column("value", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("table_name", name="pk_generations"),
    )


def _create_rejections() -> None:
    op.create_table(
        "rejections",
        sa.Column("rejection_id", sa.Integer, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("line", sa.Integer),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", _TIMESTAMP, nullable=False),
        sa.PrimaryKeyConstraint("rejection_id", name="pk_rejections"),
    )
    op.create_index("ix_rejections_source", "rejections", ["source"])


def _create_matches() -> None:
    op.create_table(
        "matches",
        sa.Column("proposal_id", sa.String, nullable=False),
        sa.Column("opportunity_id", sa.String, nullable=False),
        sa.Column("proposal_revision", sa.Integer, nullable=False),
        sa.Column("opportunity_revision", sa.Integer, nullable=False),
        sa.Column("fit", sa.Double, nullable=False),
        sa.Column("scored_at", _TIMESTAMP, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("proposal_id", "opportunity_id", name="pk_matches"),
        sa.CheckConstraint("fit >= 0 AND fit <= 1", name=op.f("ck_matches_fit_in_unit_interval")),
        _reference("matches", "proposal_id", "proposals"),
        _reference("matches", "opportunity_id", "opportunities"),
    )
    op.create_index("ix_matches_proposal_id_fit", "matches", ["proposal_id", "fit"])
    op.create_index("ix_matches_opportunity_id_fit", "matches", ["opportunity_id", "fit"])


def _create_vectors() -> None:
    op.create_table(
        "vectors",
        sa.Column("model_id", sa.String, nullable=False),
        sa.Column("text_hash", sa.String, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("model_id", "text_hash", name="pk_vectors"),
    )


def _create_subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("subscription_id", sa.String, nullable=False),
        sa.Column("proposal_id", sa.String, nullable=False),
        sa.Column("email_address", sa.String, nullable=False),
        sa.Column("weekday", sa.Integer, nullable=False),
        sa.Column("hour", sa.Integer, nullable=False),
        sa.Column("time_zone", sa.String, nullable=False),
        sa.Column("minimum_fit", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("subscription_id", name="pk_subscriptions"),
        _reference("subscriptions", "proposal_id", "proposals"),
    )
    op.create_index("ix_subscriptions_proposal_id", "subscriptions", ["proposal_id"])


def _create_digests() -> None:
    op.create_table(
        "digests",
        sa.Column("digest_id", sa.String, nullable=False),
        sa.Column("subscription_id", sa.String, nullable=False),
        sa.Column("week", sa.String, nullable=False),
        sa.Column("message_id", sa.String, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("opportunity_ids", sa.Text, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("is_permanent", sa.Boolean, nullable=False),
        sa.Column("created_at", _TIMESTAMP, nullable=False),
        sa.Column("attempted_at", _TIMESTAMP),
        sa.Column("leased_until", _TIMESTAMP),
        sa.Column("sent_at", _TIMESTAMP),
        sa.PrimaryKeyConstraint("digest_id", name="pk_digests"),
        sa.UniqueConstraint("subscription_id", "week", name="uq_digests_subscription_id_week"),
        _reference("digests", "subscription_id", "subscriptions"),
    )
    op.create_index("ix_digests_state", "digests", ["state"])


def _create_mailed_opportunities() -> None:
    op.create_table(
        "mailed_opportunities",
        sa.Column("subscription_id", sa.String, nullable=False),
        sa.Column("opportunity_id", sa.String, nullable=False),
        sa.Column("mailed_at", _TIMESTAMP, nullable=False),
        sa.PrimaryKeyConstraint("subscription_id", "opportunity_id", name="pk_mailed_opportunities"),
        _reference("mailed_opportunities", "subscription_id", "subscriptions"),
    )


def _create_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("job_id", sa.Integer, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("started_at", _TIMESTAMP, nullable=False),
        sa.Column("finished_at", _TIMESTAMP),
        sa.Column("outcome", sa.String),
        sa.Column("counts", sa.Text, nullable=False),
        sa.Column("error", sa.Text),
        sa.PrimaryKeyConstraint("job_id", name="pk_jobs"),
    )


def _reference(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{other}.{column}"], name=name, ondelete="CASCADE")
