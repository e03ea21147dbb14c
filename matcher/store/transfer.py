"""Brings a whole store into another database: every row of every table, or nothing at all.

The copy is one transaction of the target. Before it is committed, both sides are read again from the beginning and held
against each other table by table. Whatever goes wrong, the target is as empty as before, and it can be done again.

A store that moves must stand still: it is read anew to be compared. One that is copied goes on: copy and comparison
see one state of it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, false, func, insert, select, true
from sqlalchemy.exc import DataError

from matcher.domain.organization import LOCAL
from matcher.errors import InputRejected, Unrecoverable
from matcher.store import schema
from matcher.store.database import Database
from matcher.store.migrate import current_revision, existing, head_revision, migrate

_TABLES = schema.metadata.sorted_tables
"""Every table, after those that it refers to."""
_ROWS_PER_STATEMENT = 500
_MADE_BY_MIGRATIONS = {
    schema.organizations.name: schema.organizations.c.organization_id == LOCAL,
    schema.generations.name: true(),
    schema.change_counters.name: true(),
}
"""Which rows of a table say nothing of whether anything was ever put into a store."""


Watch = Callable[[str], Callable[[Iterable[Any]], Iterable[Any]]]
"""Gives, for the name of a table, what wraps its portions, so that a person sees them go by."""


@dataclass(frozen=True, slots=True)
class MovedTable:
    """What was found alike on both sides: how many rows, and the SHA-256 over all of them in the order of their key."""

    name: str
    rows: int
    digest: str


def move_store(source_url: str, target_url: str, watch: Watch) -> list[MovedTable]:
    """Copy everything from one store into an empty one; `watch` gives what shows the progress of a named table.

    Raises:
        InputRejected: There is no store at the source, the target holds something, or cannot hold a value.
        RetryLater: One of the two is held by others or cannot be reached.
        Unrecoverable: The source was changed meanwhile, or a database is of no use.
    """
    source = _source(source_url)
    try:
        target = Database(target_url)
        try:
            migrate(target)
            return _move(source, target, watch)
        finally:
            target.close()
    finally:
        source.close()


def copy_store(source_url: str, target_url: str, watch: Watch) -> list[MovedTable]:
    """Copy one state of a store, which others may write to meanwhile, into an empty one; nothing else is done to it.

    Raises:
        InputRejected: There is no store at the source, it is of another schema, or the target holds something.
        RetryLater: One of the two is held by others or cannot be reached.
        Unrecoverable: A database is of no use.
    """
    source = existing(source_url)
    try:
        target = Database(target_url)
        try:
            migrate(target)
            with source.reading() as reader, target.migrating() as writer:
                _refuse_another_schema(source, reader)
                _fill(target, reader, writer, watch)
                return [_compared(reader, writer, table) for table in _TABLES]
        finally:
            target.close()
    finally:
        source.close()


def _refuse_another_schema(source: Database, connection: Connection) -> None:
    revision = current_revision(connection)
    if revision != head_revision():
        reason = f"its schema has revision {revision}, and this version of matcher needs {head_revision()}; "
        advice = "copy it with the version that wrote it, or run any other command, which brings it up to date"
        raise InputRejected(reason + advice, source=source.name)


def _source(url: str) -> Database:
    source = existing(url)
    try:
        migrate(source)
    except BaseException:
        source.close()
        raise
    return source


def _move(source: Database, target: Database, watch: Watch) -> list[MovedTable]:
    with target.migrating() as writer:
        with source.reading() as reader:
            _fill(target, reader, writer, watch)
        with source.reading() as reader:
            return [_compared(reader, writer, table) for table in _TABLES]


def _fill(target: Database, reader: Connection, writer: Connection, watch: Watch) -> None:
    _refuse_unless_empty(target, writer)
    for table in reversed(_TABLES):
        writer.execute(delete(table))
    for table in _TABLES:
        _copy(reader, writer, table, watch)
        target.continue_numbering(writer, table)


def _refuse_unless_empty(target: Database, connection: Connection) -> None:
    for table in _TABLES:
        own = ~_MADE_BY_MIGRATIONS.get(table.name, false())
        rows = connection.execute(select(func.count()).select_from(table).where(own)).scalar_one()
        if rows:
            raise InputRejected(f"{table.name} holds {rows:,} rows already; name an empty database", source=target.name)


def _copy(reader: Connection, writer: Connection, table: Table, watch: Watch) -> None:
    statement = insert(table)
    for portion in watch(table.name)(_Portions(reader, table)):
        try:
            writer.execute(statement, [dict(row._mapping) for row in portion])
        except DataError as error:
            reason = f"the target cannot hold a row of this table: {error.orig}; change or remove it in the source"
            raise InputRejected(reason, source=table.name) from error


class _Portions:
    """The rows of a table in the order of their key, so many at a time that memory holds them."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection = connection
        self._table = table

    def __len__(self) -> int:
        rows: int = self._connection.execute(select(func.count()).select_from(self._table)).scalar_one()
        return -(-rows // _ROWS_PER_STATEMENT)

    def __iter__(self) -> Iterator[Sequence[Row[Any]]]:
        ordered = select(self._table).order_by(*self._table.primary_key.columns)
        streamed = self._connection.execute(ordered, execution_options={"yield_per": _ROWS_PER_STATEMENT})
        yield from streamed.partitions()


def _compared(reader: Connection, writer: Connection, table: Table) -> MovedTable:
    before, after = (_digest(connection, table) for connection in (reader, writer))
    if before != after:
        found = f"{before.rows:,} rows with digest {before.digest[:12]}, now {after.rows:,} with {after.digest[:12]}"
        raise Unrecoverable(
            f"{table.name} is not the same on both sides ({found}), so nothing was kept; "
            "stop every process that uses the source, and move again"
        )
    return after


def _digest(connection: Connection, table: Table) -> MovedTable:
    digest, rows = sha256(), 0
    for portion in _Portions(connection, table):
        for row in portion:
            digest.update(repr(tuple(row)).encode())
        rows += len(portion)
    return MovedTable(table.name, rows, digest.hexdigest())
