"""Opportunities, and the documents that could not become one."""

from typing import Any

from sqlalchemy import Row, delete, insert, select

from matcher.domain.opportunity import Opportunity
from matcher.store import schema
from matcher.store.codec import JsonCodec
from matcher.store.database import Database
from matcher.store.records import Rejection, Saved, StoredOpportunity
from matcher.store.revisions import RevisionedRows
from matcher.store.timestamps import utc_now

_CODEC = JsonCodec(Opportunity)


class SqlOpportunities(RevisionedRows):
    """The table of opportunities; the contract is `matcher.store.protocol.Opportunities`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, schema.opportunities, schema.opportunities.c.opportunity_id)

    def save(self, opportunity: Opportunity, source: str) -> Saved:
        """Insert the opportunity, or amend it where its content changed."""
        return self._save(opportunity.opportunity_id, _CODEC.to_json(opportunity), {"source": source})

    def get(self, opportunity_id: str) -> StoredOpportunity:
        """Return one opportunity."""
        return _stored(self._one(opportunity_id, "opportunity"))

    def all(self) -> list[StoredOpportunity]:
        """Return every opportunity, by identifier."""
        return [_stored(row) for row in self._every()]

    def reject(self, source: str, line: int | None, reason: str) -> None:
        """Record the rejection in the place of an equal older one."""
        rejections = schema.rejections
        is_equal = (
            rejections.c.source == source,
            rejections.c.line.is_not_distinct_from(line),
            rejections.c.reason == reason,
        )
        with self._database.writing() as connection:
            connection.execute(delete(rejections).where(*is_equal))
            connection.execute(insert(rejections).values(source=source, line=line, reason=reason, at=utc_now()))

    def rejections(self) -> list[Rejection]:
        """Return every rejection, by source and line."""
        columns = schema.rejections.c
        statement = select(columns.source, columns.line, columns.reason, columns.at)
        ordered = statement.order_by(columns.source, columns.line, columns.rejection_id)
        with self._database.reading() as connection:
            return [Rejection(*row) for row in connection.execute(ordered)]

    def clear_rejection(self, source: str) -> None:
        """Delete the rejections of one source."""
        with self._database.writing() as connection:
            connection.execute(delete(schema.rejections).where(schema.rejections.c.source == source))


def _stored(row: Row[Any]) -> StoredOpportunity:
    return StoredOpportunity(
        opportunity=_CODEC.from_json(row.document),
        revision=row.revision,
        content_hash=row.content_hash,
        source=row.source,
        first_seen_at=row.created_at,
        changed_at=row.changed_at,
    )
