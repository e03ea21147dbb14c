"""What a proposal is compared by, so that a new notice is scored without reading every proposal again."""

import sqlalchemy as sa
from alembic import op

revision = "0015_proposal_queries"
down_revision = "0014_change_counters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposal_queries",
        sa.Column("proposal_id", sa.String, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("passages", sa.Integer, nullable=False),
        sa.Column("vectors", sa.LargeBinary, nullable=False),
        sa.Column("buckets", sa.LargeBinary, nullable=False),
        sa.Column("weights", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("proposal_id", name="pk_proposal_queries"),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposals.proposal_id"],
            name="fk_proposal_queries_proposal_id",
            ondelete="CASCADE",
        ),
    )
