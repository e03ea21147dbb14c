"""Rows that have a revision and remember what they were last scored as."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, Select, Table, bindparam, or_, select, update
from sqlalchemy.sql.dml import ReturningInsert

from matcher.errors import NotFound
from matcher.store import schema
from matcher.store.chunks import chunks
from matcher.store.codec import content_hash
from matcher.store.database import Database, Insert
from matcher.store.records import Mark, Saved, SaveOutcome
from matcher.store.timestamps import utc_now


class RevisionedRows:
    """What opportunities and proposals have in common: one document a row, and the marks that make staleness a query.

    Args:
        database: Where the rows are.
        table: A table with `revision`, `content_hash`, `scored_…`, `created_at`, `changed_at` and `document`.
        key: Its primary key.
    """

    def __init__(self, database: Database, table: Table, key: Column[str]) -> None:
        self._database = database
        self._table = table
        self._key = key

    @property
    def _visible(self) -> tuple[ColumnElement[bool], ...]:
        """The condition on every row that is read."""
        return ()

    def ids_and_revisions(self) -> dict[str, int]:
        """Return the current revision of every row, without reading a document."""
        with self._database.reading() as connection:
            return dict(connection.execute(self._revisions()).all())

    def stale(self, fingerprint: str) -> list[tuple[str, int]]:
        """Return the rows whose mark is not (their revision, `fingerprint`), without reading a document."""
        columns = self._table.c
        is_stale = or_(
            columns.scored_revision.is_distinct_from(columns.revision),
            columns.scored_fingerprint.is_distinct_from(fingerprint),
        )
        with self._database.reading() as connection:
            return [
                (identifier, revision) for identifier, revision in connection.execute(self._revisions().where(is_stale))
            ]

    def mark_scored(self, identifier: str, mark: Mark) -> bool:
        """Set the mark in one compare-and-set statement."""
        statement = (
            update(self._table)
            .where(self._key == identifier, self._table.c.revision == mark.revision)
            .values(scored_revision=mark.revision, scored_fingerprint=mark.fingerprint)
        )
        with self._database.writing() as connection:
            return connection.execute(statement).rowcount == 1

    def mark_all_scored(self, revisions: Mapping[str, int], fingerprint: str) -> None:
        """Set the marks in one transaction."""
        meant = update(self._table).where(self._key == bindparam("marked"), self._table.c.revision == bindparam("seen"))
        statement = meant.values(scored_revision=bindparam("seen"), scored_fingerprint=fingerprint)
        # in one order, so that two who mark the same rows never wait for each other in a circle
        rows = [{"marked": identifier, "seen": revision} for identifier, revision in sorted(revisions.items())]
        if rows:
            with self._database.writing() as connection:
                connection.execute(statement, rows)

    def generation(self) -> int:
        """Return the counter that every change of these rows moves."""
        statement = select(schema.generations.c.value).where(schema.generations.c.table_name == self._table.name)
        with self._database.reading() as connection:
            return connection.execute(statement).scalar_one_or_none() or 0

    def _save(self, identifier: str, document: str, extra: Mapping[str, str | None]) -> Saved:
        """Insert the row, or amend it where `document` differs; `extra` are further columns."""
        now = utc_now()
        values = {self._key.name: identifier, "document": document, "content_hash": content_hash(document), **extra}
        with self._database.writing() as connection:
            self._admit(connection, identifier)
            birth = self._birth_revision(connection, identifier)
            row = {**values, "revision": birth, "created_at": now, "changed_at": now}
            revision = self._write(connection, [row]).get(identifier)
            if revision is None:
                current = connection.execute(self._revisions().where(self._key == identifier)).one()
                return Saved(identifier, current.revision, SaveOutcome.UNCHANGED)
        return Saved(identifier, revision, SaveOutcome.NEW if revision == birth else SaveOutcome.CHANGED)

    def _write(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
        """Insert or amend rows of different keys; return the new revision of each that is new or changed."""
        revisions: dict[str, int] = dict(connection.execute(self._upsert, list(rows)).tuples().all())
        if revisions:
            connection.execute(self._advance)
        return revisions

    def _admit(self, connection: Connection, identifier: str) -> None:
        """Raise if the row must not be written; every row may be, unless a kind of row says otherwise."""

    def _birth_revision(self, connection: Connection, identifier: str) -> int:
        """Return the revision that a new row begins with; one that changed later always has a higher one."""
        return 1

    @cached_property
    def _upsert(self) -> ReturningInsert[Any]:
        """Insert or amend in one statement, so that two writers of one row can neither collide nor skip a revision.

        It returns the key and the new revision, and no row where the content is unchanged.
        """
        insert = self._database.insert_into(self._table)
        kept = {self._key.name, "created_at", "scored_revision", "scored_fingerprint", "vanished_at", "organization_id"}
        amended = {c.name: insert.excluded[c.name] for c in self._table.columns if c.name not in kept}
        upsert = insert.on_conflict_do_update(
            index_elements=[self._key],
            set_={**amended, "revision": self._table.c.revision + 1},
            where=self._table.c.content_hash != insert.excluded.content_hash,
        )
        return upsert.returning(self._key, self._table.c.revision)

    @cached_property
    def _advance(self) -> Insert:
        generations = schema.generations
        insert = self._database.insert_into(generations).values(table_name=self._table.name, value=1)
        following = {"value": generations.c.value + 1}
        return insert.on_conflict_do_update(index_elements=[generations.c.table_name], set_=following)

    def _one(self, identifier: str, what: str) -> Row[Any]:
        """Return the whole row; raise NotFound, naming it as `what`, where there is none."""
        with self._database.reading() as connection:
            row = connection.execute(select(self._table).where(self._key == identifier, *self._visible)).one_or_none()
        if row is None:
            raise NotFound(f"no {what} is stored under this identifier", source=identifier)
        return row

    def _those(self, identifiers: Iterable[str]) -> list[Row[Any]]:
        """Return the rows under these identifiers, in their order, read in queries of a bounded length."""
        statement = select(self._table).where(*self._visible).order_by(self._key)
        with self._database.reading() as connection:
            return [
                row
                for chunk in chunks(sorted(identifiers))
                for row in connection.execute(statement.where(self._key.in_(chunk)))
            ]

    def _every(self) -> list[Row[Any]]:
        with self._database.reading() as connection:
            return list(connection.execute(select(self._table).where(*self._visible).order_by(self._key)))

    def _revisions(self) -> Select[Any]:
        return select(self._key, self._table.c.revision).where(*self._visible).order_by(self._key)
