"""Counters of the changes that answers are made of."""

import sqlalchemy as sa
from alembic import op

revision = "0014_change_counters"
down_revision = "0013_way_of_sign_ins"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change_counters",
        sa.Column("slot", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("slot", name="pk_change_counters"),
    )
