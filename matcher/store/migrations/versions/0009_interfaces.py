"""How a source is asked that is no file but an interface."""

import sqlalchemy as sa
from alembic import op

revision = "0009_interfaces"
down_revision = "0008_feeds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sources", sa.Column("interface", sa.String))
    op.add_column("sources", sa.Column("query", sa.Text))
