"""What records came to when they were last read."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import Row, delete, select

from matcher.domain.source import DropReason
from matcher.store import schema
from matcher.store.chunks import chunks
from matcher.store.database import Database, Insert
from matcher.store.source_records import Reading

_READINGS = schema.readings.c
_KEY = (_READINGS.source_name, _READINGS.digest)


class SqlReadings:
    """The table of readings; the contract is `matcher.store.source_protocol.Readings`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, source_name: str, digests: Iterable[str]) -> dict[str, Reading]:
        """Return readings by digest, in queries of a bounded length."""
        found: dict[str, Reading] = {}
        statement = select(schema.readings).where(_READINGS.source_name == source_name)
        with self._database.reading() as connection:
            for chunk in chunks(digests):
                rows = connection.execute(statement.where(_READINGS.digest.in_(chunk)))
                found |= {row.digest: _reading(row) for row in rows}
        return found

    def remember(self, source_name: str, readings: Mapping[str, Reading]) -> None:
        """Insert or replace all in one transaction."""
        rows = [
            {
                "source_name": source_name,
                "digest": digest,
                "content_hash": reading.content_hash,
                "over_on": reading.over_on,
                "over_because": reading.over_because,
            }
            for digest, reading in readings.items()
        ]
        if rows:
            with self._database.writing() as connection:
                connection.execute(self._upsert, rows)

    def retain(self, source_name: str, digests: Iterable[str]) -> None:
        """Delete the rest; nothing is written where there is none."""
        kept = set(digests)
        is_own = _READINGS.source_name == source_name
        with self._database.reading() as connection:
            stored = connection.execute(select(_READINGS.digest).where(is_own)).scalars().all()
        rest = [digest for digest in stored if digest not in kept]
        if rest:
            with self._database.writing() as connection:
                for chunk in chunks(rest):
                    connection.execute(delete(schema.readings).where(is_own, _READINGS.digest.in_(chunk)))

    @cached_property
    def _upsert(self) -> Insert:
        insert = self._database.insert_into(schema.readings)
        replaced = {c.name: insert.excluded[c.name] for c in schema.readings.columns if not c.primary_key}
        return insert.on_conflict_do_update(index_elements=_KEY, set_=replaced)


def _reading(row: Row[Any]) -> Reading:
    because = None if row.over_because is None else DropReason(row.over_because)
    return Reading(row.content_hash, row.over_on, because)
