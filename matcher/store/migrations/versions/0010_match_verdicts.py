"""The verdict of each match beside its fit, so that a ranking is made without reading the reasons."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0010_match_verdicts"
down_revision = "0009_interfaces"
branch_labels = None
depends_on = None

_MATCHES = sa.table("matches", *map(sa.column, ("proposal_id", "opportunity_id", "verdict", "document")))
_KEYS = (_MATCHES.c.proposal_id, _MATCHES.c.opportunity_id)


def upgrade() -> None:
    op.add_column("matches", sa.Column("verdict", sa.String))
    _copy_the_verdict_of_each_match()
    with op.batch_alter_table("matches") as matches:
        matches.alter_column("verdict", existing_type=sa.String, nullable=False)
    op.drop_index("ix_matches_proposal_id_fit", "matches")
    op.create_index(
        "ix_matches_proposal_id_fit_opportunity_id_verdict",
        "matches",
        ["proposal_id", "fit", "opportunity_id", "verdict"],
    )


def _copy_the_verdict_of_each_match() -> None:
    connection = op.get_bind()
    proposals = connection.execute(sa.select(_MATCHES.c.proposal_id).distinct()).scalars().all()
    update = (
        sa.update(_MATCHES)
        .where(*(key == sa.bindparam(f"the_{key.name}") for key in _KEYS))
        .values(verdict=sa.bindparam("the_verdict"))
    )
    for proposal_id in proposals:
        of_proposal = sa.select(*_KEYS, _MATCHES.c.document).where(_MATCHES.c.proposal_id == proposal_id)
        rows = [
            {
                "the_proposal_id": row.proposal_id,
                "the_opportunity_id": row.opportunity_id,
                "the_verdict": json.loads(row.document)["eligibility"]["verdict"],
            }
            for row in connection.execute(of_proposal)
        ]
        connection.execute(update, rows)
