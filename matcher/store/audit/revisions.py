"""Whether documents are what their hashes say, and every revision is kept."""

from collections.abc import Iterator

from sqlalchemy import Connection, Table, func, or_, select

from matcher.domain.finding import Finding
from matcher.store import schema
from matcher.store.codec import content_hash

_ROWS_AT_ONCE = 500
_NAMED = 20
_AGAIN = "import or submit the document again, or restore a backup"


def broken(connection: Connection) -> Iterator[Finding]:
    """Yield documents that differ from their hash, present revisions that are not kept, and revisions that came back.

    A proposal that lives again under its identifier goes on from the revision at which it was deleted.
    """
    for table in (schema.opportunities, schema.proposals, schema.listings):
        yield from _changed_documents(connection, table)
    yield from _unkept(connection)
    living, dead = schema.proposals.c, schema.deleted_proposals.c
    joined = select(living.proposal_id).join_from(
        schema.proposals, schema.deleted_proposals, living.proposal_id == dead.proposal_id
    )
    for proposal_id in connection.execute(joined.where(living.revision <= dead.revision)).scalars():
        found = "its revision is not beyond the one at which it was deleted before"
        yield Finding("revisions", f"proposal {proposal_id}", found, "submit it again under another identifier")


def _changed_documents(connection: Connection, table: Table) -> Iterator[Finding]:
    statement = select(*table.primary_key.columns, table.c.content_hash, table.c.document)
    for row in connection.execute(statement, execution_options={"yield_per": _ROWS_AT_ONCE}):
        if content_hash(row.document) != row.content_hash:
            subject = f"{table.name} {' '.join(map(str, row[:-2]))}"
            yield Finding("documents", subject, "its document is not the one that its hash was made of", _AGAIN)


def _unkept(connection: Connection) -> Iterator[Finding]:
    now, kept = schema.opportunities, schema.opportunity_revisions
    same = (kept.c.opportunity_id == now.c.opportunity_id) & (kept.c.revision == now.c.revision)
    differs = or_(kept.c.document.is_(None), kept.c.document != now.c.document)
    statement = select(now.c.opportunity_id).outerjoin_from(now, kept, same).where(differs)
    for opportunity_id in connection.execute(statement.limit(_NAMED)).scalars():
        found = "its present revision is not among those that are kept, or is kept with other words"
        yield Finding("revisions", f"opportunity {opportunity_id}", found, _AGAIN)
    beyond = select(kept.c.opportunity_id, func.max(kept.c.revision).label("last")).group_by(kept.c.opportunity_id)
    latest = beyond.subquery()
    later = select(now.c.opportunity_id).join_from(now, latest, latest.c.opportunity_id == now.c.opportunity_id)
    for opportunity_id in connection.execute(later.where(latest.c.last > now.c.revision).limit(_NAMED)).scalars():
        found = "a later revision than the present one is kept"
        yield Finding("revisions", f"opportunity {opportunity_id}", found, _AGAIN)
