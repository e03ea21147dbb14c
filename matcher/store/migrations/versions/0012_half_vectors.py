"""Vectors as `halfvec` in PostgreSQL; in SQLite they stay the bytes that they are."""

import sqlalchemy as sa
from alembic import op

from matcher.store.half_vectors import HalfVec

revision = "0012_half_vectors"
down_revision = "0011_members"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("CREATE EXTENSION IF NOT EXISTS vector")
    # no database of PostgreSQL is older than this migration, so no vector is lost with the column
    op.drop_column("vectors", "vector")
    op.add_column("vectors", sa.Column("vector", HalfVec(), nullable=False))
