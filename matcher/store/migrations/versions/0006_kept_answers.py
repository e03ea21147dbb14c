"""Answers that are kept for calls that are sent twice."""

import sqlalchemy as sa
from alembic import op

revision = "0006_kept_answers"
down_revision = "0005_feedback"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_answers",
        sa.Column("organization_id", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("begun_at", sa.String(32), nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("headers", sa.Text),
        sa.Column("body", sa.LargeBinary),
        sa.PrimaryKeyConstraint("organization_id", "key", name="pk_kept_answers"),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.organization_id"],
            name="fk_kept_answers_organization_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_kept_answers_begun_at", "kept_answers", ["begun_at"])
