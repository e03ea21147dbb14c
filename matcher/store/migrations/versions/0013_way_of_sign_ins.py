"""Where a sign-in leads to: the page that its reader was on the way to."""

import sqlalchemy as sa
from alembic import op

revision = "0013_way_of_sign_ins"
down_revision = "0012_half_vectors"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sign_ins", sa.Column("leads_to", sa.String, nullable=False, server_default="/"))
