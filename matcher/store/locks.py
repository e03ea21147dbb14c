"""Rows that hold still until a transaction ends, where others may write at the same time.

Everybody locks in one order: proposals before opportunities, each by identifier. So nobody waits in a circle.
"""

from collections.abc import Iterable

from sqlalchemy import Column, Connection, select

from matcher.store import schema
from matcher.store.chunks import chunks
from matcher.store.database import Database


def hold_pairs(database: Database, connection: Connection, pairs: Iterable[tuple[str, str]]) -> None:
    """Lock the rows of pairs (proposal, opportunity) for share: they may be read and scored, and not changed.

    Raises:
        DBAPIError: Somebody else changes one of them for too long; `Database.writing` explains it.
    """
    proposal_ids, opportunity_ids = set(), set()
    for proposal_id, opportunity_id in pairs:
        proposal_ids.add(proposal_id)
        opportunity_ids.add(opportunity_id)
    hold(database, connection, schema.proposals.c.proposal_id, proposal_ids, is_shared=True)
    hold(database, connection, schema.opportunities.c.opportunity_id, opportunity_ids, is_shared=True)


def hold(
    database: Database, connection: Connection, key: Column[str], identifiers: Iterable[str], *, is_shared: bool = False
) -> None:
    """Lock the rows of the table of `key`, to change them or, `is_shared`, to rely on them.

    Raises:
        DBAPIError: Somebody else holds one of them for too long; `Database.writing` explains it.
    """
    if database.has_one_writer:
        return
    statement = select(key).order_by(key).with_for_update(read=is_shared)
    for chunk in chunks(sorted(identifiers)):
        connection.execute(statement.where(key.in_(chunk)))
