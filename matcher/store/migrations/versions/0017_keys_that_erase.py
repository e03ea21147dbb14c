"""Which keys may erase, and that there was a key once, which outlives the keys."""

import sqlalchemy as sa
from alembic import op

revision = "0017_keys_that_erase"
down_revision = "0016_what_a_call_creates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("api_keys", sa.Column("may_erase", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute("INSERT INTO generations (table_name, value) SELECT 'api_keys', 1 FROM api_keys LIMIT 1")
