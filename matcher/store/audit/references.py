"""Whether the file is whole, and every reference leads to a row."""

from collections.abc import Iterator

from sqlalchemy import Connection, ForeignKeyConstraint, Table, and_, exists, func, select

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
    for table in schema.metadata.sorted_tables:
        for reference in sorted(table.foreign_key_constraints, key=lambda one: str(one.name)):
            count = _lost_count(connection, table, reference)
            if count:
                target = reference.referred_table.name
                found = f"{count:,} rows refer to rows of {target} that are missing"
                yield Finding("references", table.name, found, _RESTORE)


def row_counts(connection: Connection) -> dict[str, int]:
    """Return the number of rows of every table, by name."""
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in schema.metadata.sorted_tables
    }


def _lost_count(connection: Connection, table: Table, reference: ForeignKeyConstraint) -> int:
    target = reference.referred_table.alias()
    pairs = [(element.parent, target.c[element.column.name]) for element in reference.elements]
    is_set = and_(*(own.is_not(None) for own, _ in pairs))
    is_there = exists().where(*(own == other for own, other in pairs)).correlate(table)
    statement = select(func.count()).select_from(table).where(is_set, ~is_there)
    return connection.execute(statement).scalar_one()
