"""The feeds of proposals, as hashes of their secrets."""

from dataclasses import asdict

from sqlalchemy import ColumnElement, delete, select

from matcher.domain.feed import Feed
from matcher.errors import NotFound
from matcher.store import schema
from matcher.store.database import Database
from matcher.store.ownership import Scoped, owned, require_proposal

_COLUMNS = schema.feeds.c


class SqlFeeds(Scoped):
    """The table of feeds; the contract is `matcher.store.feedback_protocol.Feeds`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, feed: Feed) -> None:
        """Insert the feed."""
        with self._database.writing() as connection:
            require_proposal(connection, feed.proposal_id, self._organization_id)
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
