"""Whose turn it is to run a job: one row a job, taken under a lease."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, or_, select, update

from matcher.domain.mail import Lease
from matcher.store import schema
from matcher.store.database import Database, Insert
from matcher.store.mail_records import JobTurn

_TURNS = schema.job_turns.c


class SqlJobTurns:
    """The table of turns; the contract is `matcher.store.mail_protocol.JobTurns`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, name: str, lease: Lease, latest: datetime, *, is_forced: bool = False) -> bool:
        """Take the lease in one compare-and-set statement."""
        now = lease.taken_at
        # A time too far ahead was written while the clock was wrong; nobody waits for it.
        has_come = or_(_TURNS.due_at <= now, _TURNS.due_at > latest)
        is_free = or_(_TURNS.leased_until.is_(None), _TURNS.leased_until <= now, _TURNS.leased_until > lease.until)
        wanted = and_(_TURNS.name == name, is_free, *(() if is_forced else (has_come,)))
        statement = update(schema.job_turns).where(wanted).values(leased_until=lease.until, holder=lease.holder)
        with self._database.writing_aside() as connection:
            connection.execute(self._first(name, now))
            return connection.execute(statement).rowcount == 1

    def renew(self, name: str, lease: Lease) -> bool:
        """Move the end of a lease that is still held."""
        is_held = and_(_TURNS.name == name, _TURNS.holder == lease.holder)
        statement = update(schema.job_turns).where(is_held).values(leased_until=lease.until)
        with self._database.writing_aside() as connection:
            return connection.execute(statement).rowcount == 1

    def may_join(self, name: str, now: datetime, latest: datetime) -> bool:
        """Look whether the job is due; one that never ran is."""
        statement = select(_TURNS.due_at).where(_TURNS.name == name)
        with self._database.reading() as connection:
            due_at = connection.execute(statement).scalar_one_or_none()
        return due_at is None or due_at <= now or due_at > latest

    def finish(self, name: str, holder: str | None, due_at: datetime, error: str | None) -> None:
        """Set the row, if the lease is still held or none was asked for."""
        is_meant = and_(_TURNS.name == name, *(() if holder is None else (_TURNS.holder == holder,)))
        failures = 0 if error is None else _TURNS.failures + 1
        values = {"due_at": due_at, "failures": failures, "error": error, "leased_until": None, "holder": None}
        with self._database.writing_aside() as connection:
            connection.execute(self._first(name, due_at))
            connection.execute(update(schema.job_turns).where(is_meant).values(values))

    def failures(self, name: str) -> int:
        """Return the count of the row; a job that never ran did not fail."""
        with self._database.reading() as connection:
            statement = select(_TURNS.failures).where(_TURNS.name == name)
            return connection.execute(statement).scalar_one_or_none() or 0

    def _first(self, name: str, due_at: datetime) -> Insert:
        first = {"name": name, "due_at": due_at, "failures": 0}
        return self._database.insert_into(schema.job_turns).values(first).on_conflict_do_nothing()

    def all(self) -> list[JobTurn]:
        """Return the turns of every job, by name."""
        with self._database.reading() as connection:
            return [_turn(row) for row in connection.execute(select(schema.job_turns).order_by(_TURNS.name))]


def _turn(row: Row[Any]) -> JobTurn:
    return JobTurn(**row._mapping)
