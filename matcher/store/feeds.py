"""The feeds of proposals, as hashes of their secrets."""

from copy import copy
from dataclasses import asdict
from typing import Self

from sqlalchemy import ColumnElement, delete, exists, select

from matcher.domain.feed import Feed
from matcher.errors import NotFound
from matcher.store import schema
from matcher.store.database import Database
from matcher.store.ownership import owned

_COLUMNS = schema.feeds.c


class SqlFeeds:
    """The table of feeds; the contract is `matcher.store.feedback_protocol.Feeds`."""

    _organization_id: str | None = None

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, organization_id: str) -> Self:
        """Return the feeds of the proposals of one organization."""
        scoped = copy(self)
        scoped._organization_id = organization_id
        return scoped

    def add(self, feed: Feed) -> None:
        """Insert the feed."""
        proposals = schema.proposals.c.proposal_id
        own = owned(proposals, self._organization_id)
        with self._database.writing() as connection:
            if not connection.execute(select(exists().where(proposals == feed.proposal_id, *own))).scalar_one():
                raise NotFound("no proposal is stored under this identifier", source=feed.proposal_id)
            connection.execute(self._database.insert_into(schema.feeds).values(asdict(feed)))

    def find(self, secret_hash: str) -> Feed | None:
        """Return the feed whose secret has this hash."""
        return next(iter(self._where(_COLUMNS.hash == secret_hash)), None)

    def for_proposal(self, proposal_id: str) -> list[Feed]:
        """Return the feeds of one proposal, oldest first."""
        return self._where(_COLUMNS.proposal_id == proposal_id)

    def remove(self, proposal_id: str, feed_id: str) -> None:
        """Delete the feed."""
        is_meant = (_COLUMNS.proposal_id == proposal_id, _COLUMNS.feed_id == feed_id)
        with self._database.writing() as connection:
            if connection.execute(delete(schema.feeds).where(*is_meant, *self._visible)).rowcount == 0:
                raise NotFound("no feed is stored under this identifier", source=feed_id)

    @property
    def _visible(self) -> tuple[ColumnElement[bool], ...]:
        return owned(_COLUMNS.proposal_id, self._organization_id)

    def _where(self, *conditions: ColumnElement[bool]) -> list[Feed]:
        statement = select(schema.feeds).where(*conditions, *self._visible)
        with self._database.reading() as connection:
            rows = connection.execute(statement.order_by(_COLUMNS.created_at, _COLUMNS.feed_id)).mappings()
            return [Feed(**row) for row in rows]
