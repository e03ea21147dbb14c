"""Whether the ledger of the sources adds up, and the catalogue shows what they list."""

from collections.abc import Iterator

from sqlalchemy import Connection, and_, exists, func, or_, select

from matcher.domain.finding import Finding
from matcher.store import schema
from matcher.store.codec import JsonCodec
from matcher.store.rejections import HAS_READ

_RUNS = schema.source_runs.c
_REASONS = JsonCodec(dict[str, int])
_NAMED = 20


def off(connection: Connection) -> Iterator[Finding]:
    """Yield the runs whose counts do not add up, and the entries whose mark differs from their listings."""
    for row in connection.execute(select(schema.source_runs).order_by(_RUNS.run_id)):
        subject = f"run {row.run_id} of source {row.source_name}"
        outcomes = row.new + row.changed + row.unchanged + row.dropped + row.rejected
        reasons = sum(_REASONS.from_json(row.dropped_by_reason).values())
        if outcomes != row.records:
            yield _of_run(row.source_name, subject, f"{row.records} records were read, {outcomes} are accounted for")
        if reasons != row.dropped:
            yield _of_run(row.source_name, subject, f"{row.dropped} records were dropped, {reasons} with a reason")
    yield from _unexplained(connection)
    yield from _wrongly_marked(connection)


def _unexplained(connection: Connection) -> Iterator[Finding]:
    """Hold the rejections of each source against the last run that read something."""
    reading = select(func.max(_RUNS.run_id)).where(_RUNS.finished_at.is_not(None), HAS_READ)
    last = select(_RUNS.source_name, _RUNS.run_id, _RUNS.rejected).where(
        _RUNS.run_id.in_(reading.group_by(_RUNS.source_name))
    )
    rejections = schema.rejections.c
    counted = select(rejections.last_run_id, func.count()).group_by(rejections.last_run_id)
    kept: dict[int, int] = dict(connection.execute(counted).tuples().all())
    for name, run_id, rejected in connection.execute(last.order_by(_RUNS.source_name)).tuples():
        if kept.get(run_id, 0) != rejected:
            found = f"its last run rejected {rejected} records, and {kept.get(run_id, 0)} reasons are kept"
            yield _of_run(name, f"source {name}", found)


def _wrongly_marked(connection: Connection) -> Iterator[Finding]:
    entries, listings = schema.opportunities.c, schema.listings.c
    own = listings.opportunity_id == entries.opportunity_id
    is_known, is_listed = exists().where(own), exists().where(own, listings.vanished_at.is_(None))
    is_vanished = entries.vanished_at.is_not(None)
    wrong = or_(and_(is_vanished, is_listed), and_(~is_vanished, ~is_listed))
    statement = select(entries.opportunity_id, entries.vanished_at).where(is_known, wrong)
    for row in connection.execute(statement.order_by(entries.opportunity_id).limit(_NAMED)):
        found = "a source lists it" if row.vanished_at else "no source lists it"
        mark = "and it is marked as vanished" if row.vanished_at else "and it is not marked as vanished"
        advice = "look at its sources again: `matcher sources check NAME --again`"
        yield Finding("catalogue", f"opportunity {row.opportunity_id}", f"{found}, {mark}", advice)


def _of_run(source: str, subject: str, found: str) -> Finding:
    return Finding("ledger", subject, found, f"run it again: `matcher sources check {source} --again`")
