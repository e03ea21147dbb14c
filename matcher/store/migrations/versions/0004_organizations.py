"""Organizations with their keys; every proposal belongs to one, and knows the document that it came from."""

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0004_organizations"
down_revision = "0003_readings"
branch_labels = None
depends_on = None

_LOCAL = "local"
_TIMESTAMP = sa.String(32)


def upgrade() -> None:
    _create_organizations()
    _create_api_keys()
    _give_proposals_to_the_local_organization()
    _copy_the_source_of_each_proposal()


def _create_organizations() -> None:
    organizations = op.create_table(
        "organizations",
        sa.Column("organization_id", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("created_at", _TIMESTAMP, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", name="pk_organizations"),
    )
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    op.bulk_insert(organizations, [{"organization_id": _LOCAL, "name": "This machine", "created_at": now}])


def _create_api_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("key_id", sa.String, nullable=False),
        sa.Column("organization_id", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("created_at", _TIMESTAMP, nullable=False),
        sa.Column("last_used_at", _TIMESTAMP),
        sa.Column("revoked_at", _TIMESTAMP),
        sa.PrimaryKeyConstraint("key_id", name="pk_api_keys"),
        _of_organization("api_keys"),
    )
    op.create_index("ix_api_keys_organization_id", "api_keys", ["organization_id"])


def _give_proposals_to_the_local_organization() -> None:
    with op.batch_alter_table("proposals") as proposals:
        proposals.add_column(sa.Column("organization_id", sa.String, nullable=False, server_default=_LOCAL))
        proposals.add_column(sa.Column("source", sa.String))
    # only the rows that are there take the default: a new one says whose it is
    with op.batch_alter_table("proposals") as proposals:
        proposals.alter_column("organization_id", existing_type=sa.String, server_default=None)
        proposals.create_foreign_key(
            "fk_proposals_organization_id",
            "organizations",
            ["organization_id"],
            ["organization_id"],
            ondelete="CASCADE",
        )
    op.create_index("ix_proposals_organization_id_source", "proposals", ["organization_id", "source"])


def _copy_the_source_of_each_proposal() -> None:
    proposals = sa.table("proposals", sa.column("proposal_id"), sa.column("source"), sa.column("document"))
    connection = op.get_bind()
    for proposal_id, document in connection.execute(sa.select(proposals.c.proposal_id, proposals.c.document)).all():
        update = sa.update(proposals).where(proposals.c.proposal_id == proposal_id)
        connection.execute(update.values(source=json.loads(document)["source"]))


def _of_organization(table: str) -> sa.ForeignKeyConstraint:
    column = ["organization_id"]
    name = f"fk_{table}_organization_id"
    return sa.ForeignKeyConstraint(column, ["organizations.organization_id"], name=name, ondelete="CASCADE")
