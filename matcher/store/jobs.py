"""What ran, when, and with what result."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, func, insert, select, update

from matcher.errors import NotFound
from matcher.store import schema
from matcher.store.codec import JsonCodec
from matcher.store.database import Database
from matcher.store.records import JobOutcome, JobRun
from matcher.store.timestamps import utc_now

_JOBS = schema.jobs.c
_COUNTS = JsonCodec(dict[str, int])


class SqlJobs:
    """The table of job runs; the contract is `matcher.store.protocol.Jobs`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, name: str) -> int:
        """Insert a run that has not finished."""
        statement = insert(schema.jobs).values(name=name, started_at=utc_now(), counts=_COUNTS.to_json({}))
        with self._database.writing_aside() as connection:
            job_id: int = connection.execute(statement.returning(_JOBS.job_id)).scalar_one()
        return job_id

    def finish(self, job_id: int, outcome: JobOutcome, counts: Mapping[str, int], error: str | None = None) -> None:
        """Complete the row of a run, once."""
        statement = (
            update(schema.jobs)
            .where(_JOBS.job_id == job_id, _JOBS.finished_at.is_(None))
            .values(
                finished_at=utc_now(),
                outcome=JobOutcome(outcome).value,
                counts=_COUNTS.to_json(dict(counts)),
                error=error,
            )
        )
        with self._database.writing_aside() as connection:
            if connection.execute(statement).rowcount == 0:
                raise NotFound("no unfinished job run is stored under this identifier", source=str(job_id))

    def recent(self, limit: int) -> list[JobRun]:
        """Return the latest runs, latest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(schema.jobs).order_by(_JOBS.job_id.desc()).limit(limit)).all()
        return [_run(row) for row in rows]

    def forget_before(self, moment: datetime) -> int:
        """Delete the rows of runs that began before then; of each job the latest stays."""
        latest = select(func.max(_JOBS.job_id)).group_by(_JOBS.name)
        old = and_(_JOBS.started_at < moment, _JOBS.job_id.not_in(latest))
        with self._database.writing_aside() as connection:
            return connection.execute(delete(schema.jobs).where(old)).rowcount

    def latest(self, outcome: JobOutcome | None = None) -> list[JobRun]:
        """Return the latest run of each job, or the latest that ended in some way, by name."""
        latest = select(func.max(_JOBS.job_id)).group_by(_JOBS.name)
        if outcome is not None:
            latest = latest.where(_JOBS.outcome == outcome.value)
        with self._database.reading() as connection:
            rows = connection.execute(select(schema.jobs).where(_JOBS.job_id.in_(latest)).order_by(_JOBS.name)).all()
        return [_run(row) for row in rows]


def _run(row: Row[Any]) -> JobRun:
    return JobRun(
        job_id=row.job_id,
        name=row.name,
        started_at=row.started_at,
        finished_at=row.finished_at,
        outcome=None if row.outcome is None else JobOutcome(row.outcome),
        counts=_COUNTS.from_json(row.counts),
        error=row.error,
    )
