"""What the runs of sources could not use, each reason kept once for all the runs in a row that found it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, func, insert, or_, select, update

from matcher.store import schema
from matcher.store.records import JobOutcome, Rejection
from matcher.store.source_records import NewRejection
from matcher.store.timestamps import utc_now

_RUNS = schema.source_runs.c
_REJECTIONS = schema.rejections.c

HAS_READ = or_(_RUNS.records > 0, and_(_RUNS.outcome == JobOutcome.SUCCEEDED.value, _RUNS.is_unmodified.is_(False)))
"""Whether a run read something, or found that nothing is there: only such a run can tell what is rejected now."""


def keep(connection: Connection, name: str, run_id: int, rejections: Sequence[NewRejection]) -> None:
    """Keep what a run that has read rejected: what the last one before it found too is that much older now."""
    before = select(func.max(_RUNS.run_id)).where(_RUNS.source_name == name, _RUNS.run_id < run_id, HAS_READ)
    found_before = select(_REJECTIONS.rejection_id, _REJECTIONS.source, _REJECTIONS.line, _REJECTIONS.reason)
    still_told = found_before.where(
        _REJECTIONS.source_name == name, _REJECTIONS.last_run_id == before.scalar_subquery()
    )
    known: dict[NewRejection, list[int]] = defaultdict(list)
    for rejection_id, *told in connection.execute(still_told):
        known[NewRejection(*told)].append(rejection_id)
    again, new = [], []
    for rejection in rejections:
        if known[rejection]:
            again.append({"the_id": known[rejection].pop()})
        else:
            new.append({**asdict(rejection), "source_name": name, "first_run_id": run_id, "last_run_id": run_id})
    if again:
        is_meant = _REJECTIONS.rejection_id == bindparam("the_id")
        connection.execute(update(schema.rejections).where(is_meant).values(last_run_id=run_id), again)
    if new:
        now = utc_now()
        connection.execute(insert(schema.rejections), [{**row, "at": now} for row in new])


def of_run(connection: Connection, name: str, run_id: int) -> list[Rejection]:
    """Return what one run rejected, by document and line; nothing for one that has not read."""
    has_read = select(_RUNS.run_id).where(_RUNS.run_id == run_id, _RUNS.source_name == name, HAS_READ).exists()
    is_within = and_(_REJECTIONS.first_run_id <= run_id, _REJECTIONS.last_run_id >= run_id)
    return _read(connection, _ORDERED.where(_REJECTIONS.source_name == name, is_within, has_read))


def latest(connection: Connection) -> list[Rejection]:
    """Return what the last run of each source that has read rejected, by document and line."""
    last = select(func.max(_RUNS.run_id)).where(HAS_READ).group_by(_RUNS.source_name)
    return _read(connection, _ORDERED.where(_REJECTIONS.last_run_id.in_(last)))


_ORDERED = select(_REJECTIONS.source, _REJECTIONS.line, _REJECTIONS.reason, _REJECTIONS.at).order_by(
    _REJECTIONS.source, _REJECTIONS.line, _REJECTIONS.rejection_id
)


def _read(connection: Connection, statement: Select[Any]) -> list[Rejection]:
    return [Rejection(*row) for row in connection.execute(statement)]
