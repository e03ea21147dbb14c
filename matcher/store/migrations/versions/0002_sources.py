"""Sources with their ledger and listings, the revisions of opportunities, and what these did to matches."""

import sqlalchemy as sa
from alembic import op

revision = "0002_sources"
down_revision = "0001_first_schema"
branch_labels = None
depends_on = None

_TIMESTAMP = sa.String(32)


def upgrade() -> None:
    op.add_column("opportunities", sa.Column("vanished_at", _TIMESTAMP))
    _create_opportunity_revisions()
    _create_sources()
    _create_source_runs()
    _create_listings()
    _create_rejections()
    _create_match_changes()


def _create_opportunity_revisions() -> None:
    op.create_table(
        "opportunity_revisions",
        sa.Column("opportunity_id", sa.String, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("at", _TIMESTAMP, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("opportunity_id", "revision", name="pk_opportunity_revisions"),
        _reference("opportunity_revisions", "opportunity_id", "opportunities"),
    )
    op.create_index("ix_opportunity_revisions_at", "opportunity_revisions", ["at"])
    columns = "opportunity_id, revision, source, {at}, document"
    op.execute(
        f"INSERT INTO opportunity_revisions ({columns.format(at='at')}) "  # noqa: S608 - both lists stand here
        f"SELECT {columns.format(at='changed_at')} FROM opportunities"
    )


def _create_sources() -> None:
    op.create_table(
        "sources",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("interval_seconds", sa.Integer),
        sa.Column("delay_seconds", sa.Double, nullable=False),
        sa.Column("is_enabled", sa.Boolean, nullable=False),
        sa.Column("is_complete", sa.Boolean, nullable=False),
        sa.Column("keeps_closed", sa.Boolean, nullable=False),
        sa.Column("fetch_state", sa.Text),
        sa.PrimaryKeyConstraint("name", name="pk_sources"),
    )


def _create_source_runs() -> None:
    numbers = ("records", "new", "changed", "unchanged", "dropped")
    op.create_table(
        "source_runs",
        sa.Column("run_id", sa.Integer, nullable=False),
        sa.Column("source_name", sa.String, nullable=False),
        sa.Column("started_at", _TIMESTAMP, nullable=False),
        sa.Column("finished_at", _TIMESTAMP),
        sa.Column("outcome", sa.String),
        sa.Column("is_unmodified", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in numbers),
        sa.Column("dropped_by_reason", sa.Text, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("rejected", "joined", "vanished", "returned")),
        sa.Column("error", sa.Text),
        sa.PrimaryKeyConstraint("run_id", name="pk_source_runs"),
        sa.CheckConstraint(
            "records = new + changed + unchanged + dropped + rejected", name=op.f("ck_source_runs_adds_up")
        ),
        _reference("source_runs", "source_name", "sources", "name"),
    )
    op.create_index("ix_source_runs_source_name_run_id", "source_runs", ["source_name", "run_id"])


def _create_listings() -> None:
    op.create_table(
        "listings",
        sa.Column("source_name", sa.String, nullable=False),
        sa.Column("record_key", sa.String, nullable=False),
        sa.Column("occurrence", sa.Integer, nullable=False),
        sa.Column("opportunity_id", sa.String, nullable=False),
        sa.Column("stated_id", sa.String, nullable=False),
        sa.Column("joined_by", sa.String, nullable=False),
        sa.Column("joined_because", sa.Text, nullable=False),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("number_key", sa.String),
        sa.Column("title_key", sa.String),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("first_seen_at", _TIMESTAMP, nullable=False),
        sa.Column("changed_at", _TIMESTAMP, nullable=False),
        sa.Column("vanished_at", _TIMESTAMP),
        sa.Column("document", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("source_name", "record_key", "occurrence", name="pk_listings"),
        _reference("listings", "source_name", "sources", "name"),
        _reference("listings", "opportunity_id", "opportunities"),
    )
    for column in ("opportunity_id", "stated_id", "number_key", "title_key"):
        op.create_index(f"ix_listings_{column}", "listings", [column])
    # There from the start, so that the first two writers already find a row to lock.
    op.execute("INSERT INTO generations (table_name, value) VALUES ('listings', 0)")


def _create_rejections() -> None:
    # What was rejected before belongs to no source; the next run of each says it again.
    op.drop_table("rejections")
    op.create_table(
        "rejections",
        sa.Column("rejection_id", sa.Integer, nullable=False),
        sa.Column("source_name", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("line", sa.Integer),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", _TIMESTAMP, nullable=False),
        sa.PrimaryKeyConstraint("rejection_id", name="pk_rejections"),
        _reference("rejections", "source_name", "sources", "name"),
    )
    op.create_index("ix_rejections_source_name", "rejections", ["source_name"])
    op.create_index("ix_rejections_source", "rejections", ["source"])


def _create_match_changes() -> None:
    op.create_table(
        "match_changes",
        sa.Column("proposal_id", sa.String, nullable=False),
        sa.Column("opportunity_id", sa.String, nullable=False),
        sa.Column("opportunity_revision", sa.Integer, nullable=False),
        sa.Column("previous_revision", sa.Integer, nullable=False),
        sa.Column("previous_fit", sa.Double),
        sa.Column("fit", sa.Double),
        sa.Column("previous_eligibility", sa.Text),
        sa.Column("eligibility", sa.Text),
        sa.Column("at", _TIMESTAMP, nullable=False),
        sa.PrimaryKeyConstraint("proposal_id", "opportunity_id", "opportunity_revision", name="pk_match_changes"),
        _reference("match_changes", "proposal_id", "proposals"),
        _reference("match_changes", "opportunity_id", "opportunities"),
    )
    op.create_index("ix_match_changes_at", "match_changes", ["at"])
    op.create_index(
        "ix_match_changes_opportunity_id_opportunity_revision",
        "match_changes",
        ["opportunity_id", "opportunity_revision"],
    )


def _reference(table: str, column: str, other: str, other_column: str | None = None) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{other}.{other_column or column}"], name=name, ondelete="CASCADE")
