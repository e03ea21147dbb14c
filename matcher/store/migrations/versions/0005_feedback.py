"""What was said of matches, and what organizations do not want to see."""

import sqlalchemy as sa
from alembic import op

revision = "0005_feedback"
down_revision = "0004_organizations"
branch_labels = None
depends_on = None

_TIMESTAMP = sa.String(32)


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("proposal_id", sa.String, nullable=False),
        sa.Column("opportunity_id", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("at", _TIMESTAMP, nullable=False),
        sa.PrimaryKeyConstraint("proposal_id", "opportunity_id", name="pk_feedback"),
        _reference("feedback", "proposal_id", "proposals"),
        _reference("feedback", "opportunity_id", "opportunities"),
    )
    op.create_table(
        "mutes",
        sa.Column("mute_id", sa.String, nullable=False),
        sa.Column("organization_id", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("value", sa.String, nullable=False),
        sa.Column("at", _TIMESTAMP, nullable=False),
        sa.PrimaryKeyConstraint("mute_id", name="pk_mutes"),
        sa.UniqueConstraint("organization_id", "kind", "value", name="uq_mutes_organization_id_kind_value"),
        _reference("mutes", "organization_id", "organizations"),
    )


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.{column}"], name=f"fk_{table}_{column}", ondelete="CASCADE")
