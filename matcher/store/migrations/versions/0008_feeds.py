"""Feeds of the matches of proposals."""

import sqlalchemy as sa
from alembic import op

revision = "0008_feeds"
down_revision = "0007_subscriptions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("feed_id", sa.String, nullable=False),
        sa.Column("proposal_id", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("feed_id", name="pk_feeds"),
        sa.UniqueConstraint("hash", name="uq_feeds_hash"),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.proposal_id"], name="fk_feeds_proposal_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_feeds_proposal_id", "feeds", ["proposal_id"])
