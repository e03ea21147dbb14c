"""Opportunities with all their revisions, and the documents that could not become one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from matcher.domain.opportunity import Opportunity
from matcher.store import rejections, schema
from matcher.store.chunks import chunks
from matcher.store.codec import JsonCodec, content_hash
from matcher.store.database import Database
from matcher.store.locks import hold
from matcher.store.records import OpportunityRevision, Rejection, Saved, StoredOpportunity
from matcher.store.revisions import RevisionedRows
from matcher.store.source_records import Entry
from matcher.store.timestamps import utc_now

CODEC = JsonCodec(Opportunity)
_COLUMNS = schema.opportunities.c
_REVISIONS = schema.opportunity_revisions.c


class SqlOpportunities(RevisionedRows):
    """The table of opportunities; the contract is `matcher.store.protocol.Opportunities`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, schema.opportunities, _COLUMNS.opportunity_id)

    def save(self, opportunity: Opportunity, source: str) -> Saved:
        """Insert the opportunity, or amend it where its content changed."""
        return self._save(opportunity.opportunity_id, CODEC.to_json(opportunity), {"source": source})

    def write_entries(
        self, connection: Connection, rows: Sequence[Mapping[str, Any]], vanished: Collection[str]
    ) -> None:
        """Write entries (as `entry_row` makes them) and mark who is listed, inside the transaction of the caller."""
        listed = [row["opportunity_id"] for row in rows]
        hold(self._database, connection, _COLUMNS.opportunity_id, [*listed, *vanished])
        if rows:
            self._write(connection, rows)
        returned = update(schema.opportunities).where(_COLUMNS.vanished_at.is_not(None)).values(vanished_at=None)
        gone = update(schema.opportunities).where(_COLUMNS.vanished_at.is_(None)).values(vanished_at=utc_now())
        moved = sum(
            connection.execute(statement.where(_COLUMNS.opportunity_id.in_(chunk))).rowcount
            for statement, identifiers in ((returned, listed), (gone, vanished))
            for chunk in chunks(identifiers)
        )
        if moved:
            connection.execute(self._advance)

    def get(self, opportunity_id: str) -> StoredOpportunity:
        """Return one opportunity."""
        return _stored(self._one(opportunity_id, "opportunity"))

    def some(self, opportunity_ids: Iterable[str]) -> dict[str, StoredOpportunity]:
        """Return opportunities by identifier, read in queries of a bounded length."""
        return {row.opportunity_id: _stored(row) for row in self._those(opportunity_ids)}

    def versions(self) -> dict[str, tuple[int, datetime | None]]:
        """Return revisions and since when what is gone is gone, without reading a document."""
        statement = select(_COLUMNS.opportunity_id, _COLUMNS.revision, _COLUMNS.vanished_at)
        with self._database.reading() as connection:
            rows = connection.execute(statement.order_by(_COLUMNS.opportunity_id)).all()
        return {opportunity_id: (revision, vanished_at) for opportunity_id, revision, vanished_at in rows}

    def all(self) -> list[StoredOpportunity]:
        """Return every opportunity, by identifier."""
        return [_stored(row) for row in self._every()]

    def revisions(self, opportunity_id: str) -> list[OpportunityRevision]:
        """Return every revision of one opportunity, first one first."""
        statement = select(schema.opportunity_revisions).where(_REVISIONS.opportunity_id == opportunity_id)
        with self._database.reading() as connection:
            rows = connection.execute(statement.order_by(_REVISIONS.revision)).all()
        return [OpportunityRevision(CODEC.from_json(row.document), row.revision, row.source, row.at) for row in rows]

    def revised_since(self, since: datetime | None) -> list[tuple[str, int]]:
        """Return the amendments since then, latest first."""
        statement = select(_REVISIONS.opportunity_id, _REVISIONS.revision)
        amended = statement.where(_REVISIONS.revision > 1, *([] if since is None else [_REVISIONS.at >= since]))
        with self._database.reading() as connection:
            rows = connection.execute(amended.order_by(_REVISIONS.at.desc(), _REVISIONS.opportunity_id))
            return [(identifier, revision) for identifier, revision in rows]

    def rejections(self) -> list[Rejection]:
        """Return every rejection of the last runs, by source and line."""
        with self._database.reading() as connection:
            return rejections.latest(connection)

    def _write(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
        """Insert or amend, and keep each new revision."""
        revisions = super()._write(connection, rows)
        kept = [
            {
                "opportunity_id": row["opportunity_id"],
                "revision": revisions[row["opportunity_id"]],
                "source": row["source"],
                "at": row["changed_at"],
                "document": row["document"],
            }
            for row in rows
            if row["opportunity_id"] in revisions
        ]
        if kept:
            connection.execute(insert(schema.opportunity_revisions), kept)
        return revisions


def opportunity_hash(opportunity: Opportunity) -> str:
    """Return the content hash of `opportunity`: 64 hexadecimal digits, equal for equal values.

    Raises:
        InputRejected: A text in it cannot be written as UTF-8.
    """
    return content_hash(CODEC.to_json(opportunity))


def entry_row(entry: Entry) -> dict[str, Any]:
    """Return the row of an entry as it would be born; made before a transaction begins.

    Raises:
        InputRejected: A text in it cannot be written as UTF-8.
    """
    document = CODEC.to_json(entry.opportunity)
    now = utc_now()
    return {
        "opportunity_id": entry.opportunity.opportunity_id,
        "document": document,
        "content_hash": content_hash(document),
        "source": entry.source,
        "revision": 1,
        "created_at": now,
        "changed_at": now,
    }


def _stored(row: Row[Any]) -> StoredOpportunity:
    return StoredOpportunity(
        opportunity=CODEC.from_json(row.document),
        revision=row.revision,
        content_hash=row.content_hash,
        source=row.source,
        first_seen_at=row.created_at,
        changed_at=row.changed_at,
        vanished_at=row.vanished_at,
    )
