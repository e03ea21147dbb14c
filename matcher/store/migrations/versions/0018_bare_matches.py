"""What ranks a match in columns of its own, and what explains it apart from that, so that it can be added later."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018_bare_matches"
down_revision = "0017_keys_that_erase"
branch_labels = None
depends_on = None

_PARTS = ("fingerprint", "eligibility", "priorities")
_KEYS = ("proposal_id", "opportunity_id")
_MATCHES = sa.table("matches", *map(sa.column, (*_KEYS, *_PARTS, "document")))


def upgrade() -> None:
    op.add_column("matches", sa.Column("fingerprint", sa.String))
    op.add_column("matches", sa.Column("eligibility", sa.Text))
    op.add_column("matches", sa.Column("priorities", sa.Text))
    _take_the_documents_apart()
    with op.batch_alter_table("matches") as matches:
        matches.alter_column("fingerprint", existing_type=sa.String, nullable=False)
        matches.alter_column("eligibility", existing_type=sa.Text, nullable=False)
        matches.drop_column("document")


def _take_the_documents_apart() -> None:
    connection = op.get_bind()
    proposals = connection.execute(sa.select(_MATCHES.c.proposal_id).distinct()).scalars().all()
    update = (
        sa.update(_MATCHES)
        .where(*(_MATCHES.c[key] == sa.bindparam(f"the_{key}") for key in _KEYS))
        .values({part: sa.bindparam(f"the_{part}") for part in _PARTS})
    )
    columns = (*(_MATCHES.c[key] for key in _KEYS), _MATCHES.c.document)
    for proposal_id in proposals:
        rows = connection.execute(sa.select(*columns).where(_MATCHES.c.proposal_id == proposal_id)).all()
        connection.execute(update, [_parts(*row) for row in rows])


def _parts(proposal_id: str, opportunity_id: str, document: str) -> dict[str, Any]:
    match = json.loads(document)
    return {
        "the_proposal_id": proposal_id,
        "the_opportunity_id": opportunity_id,
        "the_fingerprint": match["fingerprint"],
        "the_eligibility": _canonical(match["eligibility"]),
        "the_priorities": _canonical(match["priorities"]),
    }


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
