"""Sources, and the ledger of their runs."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, insert, or_, select, update

from matcher.domain.source import DropReason, LedgerCounts, Source, SourceKind
from matcher.errors import InputRejected, NotFound, Unrecoverable
from matcher.store import rejections, schema
from matcher.store.codec import JsonCodec
from matcher.store.database import Database
from matcher.store.records import JobOutcome, Rejection
from matcher.store.source_records import RunResult, SourceRecord, SourceRun
from matcher.store.timestamps import utc_now

_SOURCES = schema.sources.c
_RUNS = schema.source_runs.c
_LISTINGS = schema.listings.c
_REASONS = JsonCodec(dict[str, int])
_PLAIN_COUNTS = ("records", "new", "changed", "unchanged", "rejected", "joined", "vanished", "returned")
_FIELDS = (
    "name",
    "address",
    "interval_seconds",
    "delay_seconds",
    "is_enabled",
    "is_complete",
    "keeps_closed",
    "interface",
    "query",
)


class SqlSources:
    """The tables of sources and their runs; the contract is `matcher.store.source_protocol.Sources`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, source: Source) -> None:
        """Insert the source."""
        statement = self._database.insert_into(schema.sources).values(asdict(source)).on_conflict_do_nothing()
        with self._database.writing() as connection:
            if connection.execute(statement).rowcount == 0:
                raise InputRejected("a source is already stored under this name; choose another", source=source.name)

    def change(self, source: Source) -> None:
        """Update every field; forget what was fetched if it would be read in another way now."""
        is_meant = _SOURCES.name == source.name
        is_read_otherwise = or_(
            _SOURCES.address != source.address,
            _SOURCES.is_complete != source.is_complete,
            _SOURCES.keeps_closed != source.keeps_closed,
            _SOURCES.interface.is_distinct_from(source.interface),
            _SOURCES.query.is_distinct_from(source.query),
        )
        moved = update(schema.sources).where(is_meant, is_read_otherwise).values(fetch_state=None)
        with self._database.writing() as connection:
            connection.execute(moved)
            if connection.execute(update(schema.sources).where(is_meant).values(asdict(source))).rowcount == 0:
                raise _unknown(source.name)

    def get(self, name: str) -> SourceRecord:
        """Return one source."""
        found = self._where(_SOURCES.name == name)
        if not found:
            raise _unknown(name)
        return found[0]

    def all(self) -> list[SourceRecord]:
        """Return every source, by name."""
        return self._where()

    def remove(self, name: str) -> None:
        """Delete the source and what refers to it."""
        with self._database.writing() as connection:
            if connection.execute(delete(schema.sources).where(_SOURCES.name == name)).rowcount == 0:
                raise _unknown(name)

    def begin_run(self, name: str) -> int:
        """Insert a run that has not finished."""
        values = {**_count_values(LedgerCounts()), "source_name": name, "started_at": utc_now(), "is_unmodified": False}
        with self._database.writing() as connection:
            known = select(_SOURCES.name).where(_SOURCES.name == name).with_for_update(read=True, key_share=True)
            if connection.execute(known).one_or_none() is None:
                raise _unknown(name)
            statement = insert(schema.source_runs).values(values).returning(_RUNS.run_id)
            run_id: int = connection.execute(statement).scalar_one()
        return run_id

    def finish_run(self, run_id: int, result: RunResult) -> None:
        """Complete the row of a run, once, and only if the tables bear out what it says."""
        values = {
            **_count_values(result.counts),
            "finished_at": utc_now(),
            "outcome": result.outcome.value,
            "is_unmodified": result.is_unmodified,
            "error": result.error,
        }
        with self._database.writing() as connection:
            unfinished = update(schema.source_runs).where(_RUNS.run_id == run_id, _RUNS.finished_at.is_(None))
            name = connection.execute(unfinished.values(values).returning(_RUNS.source_name)).scalar_one_or_none()
            if name is None:
                raise NotFound("no unfinished run of a source is stored under this identifier", source=str(run_id))
            if result.counts.records or (result.outcome is JobOutcome.SUCCEEDED and not result.is_unmodified):
                rejections.keep(connection, name, run_id, result.rejections)
            if result.fetch_state is not None:
                fetched = update(schema.sources).where(_SOURCES.name == name).values(fetch_state=result.fetch_state)
                connection.execute(fetched)
            _check(connection, name, result)

    def runs(self, name: str, limit: int, offset: int = 0) -> list[SourceRun]:
        """Return some runs of one source, latest first."""
        with self._database.reading() as connection:
            return [_run(row) for row in connection.execute(_runs_of(name).limit(limit).offset(offset))]

    def count_runs(self, name: str) -> int:
        """Return how many runs of one source there were."""
        statement = select(func.count()).select_from(schema.source_runs).where(_RUNS.source_name == name)
        with self._database.reading() as connection:
            return connection.execute(statement).scalar_one()

    def run(self, name: str, run_id: int) -> SourceRun:
        """Return one run of one source."""
        with self._database.reading() as connection:
            row = connection.execute(_runs_of(name).where(_RUNS.run_id == run_id)).one_or_none()
        if row is None:
            raise NotFound(f"no run of source {name} is stored under this identifier", source=str(run_id))
        return _run(row)

    def last_reading(self, name: str) -> SourceRun | None:
        """Return the run that tells what is rejected now."""
        statement = _runs_of(name).where(rejections.HAS_READ)
        with self._database.reading() as connection:
            row = connection.execute(statement.limit(1)).one_or_none()
        return None if row is None else _run(row)

    def rejections(self, name: str, run_id: int) -> list[Rejection]:
        """Return what one run of one source rejected."""
        with self._database.reading() as connection:
            return rejections.of_run(connection, name, run_id)

    def _where(self, *conditions: ColumnElement[bool]) -> list[SourceRecord]:
        with self._database.reading() as connection:
            rows = connection.execute(select(schema.sources).where(*conditions).order_by(_SOURCES.name)).all()
            latest = _last_runs(connection)
            successes = _last_runs(connection, _RUNS.outcome == JobOutcome.SUCCEEDED.value)
            listed = _listed_counts(connection)
        return [
            SourceRecord(
                _source(row), row.fetch_state, latest.get(row.name), successes.get(row.name), listed.get(row.name, 0)
            )
            for row in rows
        ]


def _runs_of(name: str) -> Select[Any]:
    return select(schema.source_runs).where(_RUNS.source_name == name).order_by(_RUNS.run_id.desc())


def _check(connection: Connection, name: str, result: RunResult) -> None:
    """Hold the counts of a run against what is stored; a ledger that is off is worse than none."""
    if len(result.rejections) != result.counts.rejected:
        found = f"{result.counts.rejected} records count as rejected, and {len(result.rejections)} reasons are given"
        raise Unrecoverable(f"the ledger of source {name} does not add up: {found}; report this as a defect")
    if result.present is None:
        return
    present = _listed_counts(connection, _LISTINGS.source_name == name).get(name, 0)
    if present != result.present:
        found = f"{result.present} of its records must be listed, and {present} are"
        raise Unrecoverable(
            f"the ledger of source {name} does not add up: {found}; if two runs overlapped, run it again"
        )


def _last_runs(connection: Connection, *conditions: ColumnElement[bool]) -> dict[str, SourceRun]:
    last = select(func.max(_RUNS.run_id)).where(*conditions).group_by(_RUNS.source_name)
    rows = connection.execute(select(schema.source_runs).where(_RUNS.run_id.in_(last)))
    return {row.source_name: _run(row) for row in rows}


def _listed_counts(connection: Connection, *conditions: ColumnElement[bool]) -> dict[str, int]:
    counted = select(_LISTINGS.source_name, func.count()).where(_LISTINGS.vanished_at.is_(None), *conditions)
    return dict(connection.execute(counted.group_by(_LISTINGS.source_name)).tuples().all())


def _unknown(name: str) -> NotFound:
    return NotFound("no source is stored under this name; `matcher sources` lists them", source=name)


def _count_values(counts: LedgerCounts) -> dict[str, Any]:
    reasons = {reason.value: count for reason, count in counts.dropped}
    plain = {name: getattr(counts, name) for name in _PLAIN_COUNTS}
    return {**plain, "dropped": counts.dropped_total, "dropped_by_reason": _REASONS.to_json(reasons)}


def _source(row: Row[Any]) -> Source:
    return Source(kind=SourceKind(row.kind), **{name: getattr(row, name) for name in _FIELDS})


def _run(row: Row[Any]) -> SourceRun:
    reasons = _REASONS.from_json(row.dropped_by_reason)
    counts = LedgerCounts(
        dropped=tuple((DropReason(reason), count) for reason, count in reasons.items()),
        **{name: getattr(row, name) for name in _PLAIN_COUNTS},
    )
    return SourceRun(
        run_id=row.run_id,
        source_name=row.source_name,
        started_at=row.started_at,
        finished_at=row.finished_at,
        outcome=None if row.outcome is None else JobOutcome(row.outcome),
        counts=counts,
        is_unmodified=row.is_unmodified,
        error=row.error,
    )
