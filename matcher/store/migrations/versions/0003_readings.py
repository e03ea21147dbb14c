"""What records came to when they were last read."""

import sqlalchemy as sa
from alembic import op

revision = "0003_readings"
down_revision = "0002_sources"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "readings",
        sa.Column("source_name", sa.String, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("over_on", sa.Date),
        sa.Column("over_because", sa.String),
        sa.PrimaryKeyConstraint("source_name", "digest", name="pk_readings"),
        sa.ForeignKeyConstraint(["source_name"], ["sources.name"], name="fk_readings_source_name", ondelete="CASCADE"),
    )
