"""The keys of organizations, as hashes."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select, update

from matcher.domain.organization import ApiKey
from matcher.errors import InputRejected, NotFound
from matcher.store import schema
from matcher.store.database import Database
from matcher.store.ownership import require_organization

_COLUMNS = schema.api_keys.c
_GENERATIONS = schema.generations.c


class SqlKeys:
    """The table of keys; the contract is `matcher.store.protocol.Keys`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        one = database.insert_into(schema.generations).values(table_name=schema.api_keys.name, value=1)
        self._remember_one = one.on_conflict_do_nothing()

    def add(self, key: ApiKey) -> None:
        """Insert the key."""
        values = {name: getattr(key, name) for name in _COLUMNS.keys()}  # noqa: SIM118 - no mapping
        insert = self._database.insert_into(schema.api_keys).values(values)
        with self._database.writing() as connection:
            require_organization(connection, key.organization_id)
            if connection.execute(insert.on_conflict_do_nothing()).rowcount == 0:
                raise InputRejected("a key is already stored under this identifier", source=key.key_id)
            connection.execute(self._remember_one)

    def get(self, key_id: str) -> ApiKey:
        """Return one key."""
        found = self._where(_COLUMNS.key_id == key_id)
        if not found:
            raise _unknown(key_id)
        return found[0]

    def all(self) -> list[ApiKey]:
        """Return every key, by organization and age."""
        return self._where()

    def is_empty(self) -> bool:
        """Whether no key was ever made: what `add` remembers outlives the keys."""
        was_made = exists().where(_GENERATIONS.table_name == schema.api_keys.name)
        with self._database.reading() as connection:
            return not connection.execute(select(was_made)).scalar_one()

    def touch(self, key_id: str, at: datetime, least: timedelta) -> bool:
        """Record a use, unless one was recorded less than `least` before."""
        is_old = or_(_COLUMNS.last_used_at.is_(None), _COLUMNS.last_used_at <= at - least)
        statement = update(schema.api_keys).where(_COLUMNS.key_id == key_id, is_old).values(last_used_at=at)
        with self._database.writing_aside() as connection:
            return connection.execute(statement).rowcount == 1

    def revoke(self, key_id: str, at: datetime) -> None:
        """Record the moment; an earlier one stays."""
        statement = update(schema.api_keys).where(_COLUMNS.key_id == key_id, _COLUMNS.revoked_at.is_(None))
        with self._database.writing() as connection:
            if connection.execute(statement.values(revoked_at=at)).rowcount:
                return
        self.get(key_id)

    def _where(self, *conditions: ColumnElement[bool]) -> list[ApiKey]:
        order = (_COLUMNS.organization_id, _COLUMNS.created_at, _COLUMNS.key_id)
        statement = select(schema.api_keys).where(*conditions).order_by(*order)
        with self._database.reading() as connection:
            return [ApiKey(**row) for row in connection.execute(statement).mappings()]


def _unknown(key_id: str) -> NotFound:
    return NotFound("no key is stored under this identifier", source=key_id)
