"""Whether the file is whole, and every reference leads to a row."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Connection, ForeignKeyConstraint, Table, and_, exists, func, select, text

from matcher.domain.finding import Finding
from matcher.store import schema

_RESTORE = "restore a backup (`matcher restore`), and look for a failing disk"
_FLAWS_TOLD = 20


def damage(connection: Connection, name: str) -> Iterator[Finding]:
    """Yield what SQLite finds damaged in its file; PostgreSQL tells of damage when it reads it."""
    if connection.dialect.name == "sqlite":
        for (flaw,) in connection.exec_driver_sql(f"PRAGMA integrity_check({_FLAWS_TOLD})"):
            if flaw != "ok":
                yield Finding("file", name, str(flaw), _RESTORE)


def lost(connection: Connection) -> Iterator[Finding]:
    """Yield the references that lead nowhere, one finding for each kind."""
    found = _lost_in_sqlite if connection.dialect.name == "sqlite" else _lost_anywhere
    for table, target, count in found(connection):
        yield Finding("references", table, f"{count:,} rows refer to rows of {target} that are missing", _RESTORE)


def row_counts(connection: Connection) -> dict[str, int]:
    """Return the number of rows of every table, by name."""
    each = (f"SELECT '{table}', count(*) FROM {table}" for table in sorted(schema.metadata.tables))  # noqa: S608
    return dict(connection.execute(text(" UNION ALL ".join(each))).tuples().all())


def _lost_in_sqlite(connection: Connection) -> Iterator[tuple[str, str, int]]:
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check")
    for (table, target), count in sorted(Counter((row[0], row[2]) for row in rows).items()):
        yield table, target, count


def _lost_anywhere(connection: Connection) -> Iterator[tuple[str, str, int]]:
    for table in schema.metadata.sorted_tables:
        for reference in sorted(table.foreign_key_constraints, key=lambda one: str(one.name)):
            count = _lost_count(connection, table, reference)
            if count:
                yield table.name, reference.referred_table.name, count


def _lost_count(connection: Connection, table: Table, reference: ForeignKeyConstraint) -> int:
    target = reference.referred_table.alias()
    pairs = [(element.parent, target.c[element.column.name]) for element in reference.elements]
    is_set = and_(*(own.is_not(None) for own, _ in pairs))
    is_there = exists().where(*(own == other for own, other in pairs)).correlate(table)
    statement = select(func.count()).select_from(table).where(is_set, ~is_there)
    return connection.execute(statement).scalar_one()
