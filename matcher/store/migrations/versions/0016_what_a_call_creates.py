"""The identifier under which a call that is sent twice creates something, so that it creates it once."""

import sqlalchemy as sa
from alembic import op

revision = "0016_what_a_call_creates"
down_revision = "0015_proposal_queries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("kept_answers", sa.Column("creates", sa.String))
