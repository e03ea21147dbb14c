"""The coverage ledger: where opportunities come from, how each source fares, and what became of every record."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask import url_for

from matcher.services.source_views import run_view, status_view
from matcher.services.sources import SourceStatus, source_statuses
from matcher.store.source_records import SourceRun
from matcher.web.description import section
from matcher.web.errors import documented
from matcher.web.house import current_house
from matcher.web.ledger import SUMMED, find_run, last_reading, rejections_of, sum_of
from matcher.web.queries import PageQuery
from matcher.web.source_answers import RunAnswer, RunPage, RunRejectionPage, SourceAnswer, SourceList
from matcher.web.source_queries import RunPath, RunsQuery, SourcePath
from matcher.web.source_state import next_due_at, stale_since, state_of

routes = section("sources", "Where opportunities come from, with a row for every run.", "/v1/sources")


@routes.get("", responses={200: SourceList})
def list_sources() -> dict[str, Any]:
    """List every source with the last of its runs, and the sum of these."""
    statuses = source_statuses(current_house().store, datetime.now(UTC))
    return {"sources": [_source_answer(status) for status in statuses], "totals": _totals(statuses)}


@routes.get("/<source_name:name>/runs", responses={200: RunPage, **documented(404, 422)})
def list_runs(path: SourcePath, query: RunsQuery) -> dict[str, Any]:
    """List the runs of one source, latest first."""
    store = current_house().store
    name = store.sources.get(path.name).source.name
    runs = store.sources.runs(name, query.page * query.page_size + 1)
    return {
        "name": name,
        "runs": [_run_answer(run) for run in query.part_of(runs)],
        "page": query.page,
        "page_size": query.page_size,
        "has_more": len(runs) > query.page * query.page_size,
    }


@routes.get(
    "/<source_name:name>/runs/<int:run_id>/rejections", responses={200: RunRejectionPage, **documented(404, 422)}
)
def list_run_rejections(path: RunPath, query: PageQuery) -> dict[str, Any]:
    """List what one run could not use, with place and reason."""
    store = current_house().store
    run = find_run(store, path.name, path.run_id)
    source = store.sources.get(path.name).source
    is_told = not run.counts.rejected or run == last_reading(store, source.name)
    kept = rejections_of(source, run, store.opportunities.rejections()) if is_told else None
    return {
        "name": run.source_name,
        "run_id": run.run_id,
        "is_kept": kept is not None,
        "rejections": query.part_of(kept or []),
        "page": query.page,
        "page_size": query.page_size,
        "total": run.counts.rejected,
    }


def _source_answer(status: SourceStatus) -> dict[str, Any]:
    answer = SourceAnswer(
        **status_view(status),
        state=state_of(status),
        stale_since=stale_since(status),
        next_due_at=next_due_at(status),
        runs_url=url_for("sources.list_runs", name=status.source.name),
    )
    return answer.model_dump()


def _run_answer(run: SourceRun) -> dict[str, Any]:
    return RunAnswer(**run_view(run)).model_dump()


def _totals(statuses: Sequence[SourceStatus]) -> dict[str, int]:
    """Return the counts of all latest runs together, and how many records are listed."""
    totals = sum_of(status.latest for status in statuses if status.latest is not None)
    return {
        **{name: getattr(totals, name) for name in SUMMED},
        "dropped": totals.dropped_total,
        "listed": sum(status.listed for status in statuses),
    }
