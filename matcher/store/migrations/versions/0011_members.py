"""Members of organizations, and their sign-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0011_members"
down_revision = "0010_match_verdicts"
branch_labels = None
depends_on = None

_TIMESTAMP = sa.String(32)


def upgrade() -> None:
    op.create_table(
        "members",
        sa.Column("organization_id", sa.String, nullable=False),
        sa.Column("email_address", sa.String, nullable=False),
        sa.Column("added_at", _TIMESTAMP, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "email_address", name="pk_members"),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.organization_id"],
            name="fk_members_organization_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_members_email_address", "members", ["email_address"])
    op.create_table(
        "sign_ins",
        sa.Column("sign_in_id", sa.String, nullable=False),
        sa.Column("email_address", sa.String, nullable=False),
        sa.Column("asked_at", _TIMESTAMP, nullable=False),
        sa.Column("answered_at", _TIMESTAMP),
        sa.Column("organization_id", sa.String),
        sa.Column("begun_at", _TIMESTAMP),
        sa.Column("ended_at", _TIMESTAMP),
        sa.PrimaryKeyConstraint("sign_in_id", name="pk_sign_ins"),
        sa.ForeignKeyConstraint(
            ["organization_id", "email_address"],
            ["members.organization_id", "members.email_address"],
            name="fk_sign_ins_organization_id_email_address",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_sign_ins_asked_at", "sign_ins", ["asked_at"])
