"""The coverage ledger: where opportunities come from, how each source fares, and what became of every record."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask import url_for

from matcher.services.source_views import run_view, status_view
from matcher.services.sources import SourceStatus, source_statuses
from matcher.store.source_records import SourceRun
from matcher.web.calls.errors import documented
from matcher.web.house import current_house
from matcher.web.rest.description import section
from matcher.web.rest.ledger import SUMMED, sum_of
from matcher.web.rest.queries import PageQuery
from matcher.web.rest.source_answers import RunAnswer, RunPage, RunRejectionPage, SourceAnswer, SourceList
from matcher.web.rest.source_queries import RunPath, SourcePath
from matcher.web.source_state import state_of

routes = section("sources", "Where opportunities come from, with a row for every run.", "/v1/sources")


@routes.get("", responses={200: SourceList})
def list_sources() -> dict[str, Any]:
    """List every source with the last of its runs, and the sum of these."""
    statuses = source_statuses(current_house().store, datetime.now(UTC))
    return {"sources": [_source_answer(status) for status in statuses], "totals": _totals(statuses)}


@routes.get("/<source_name:name>/runs", responses={200: RunPage, **documented(404, 422)})
def list_runs(path: SourcePath, query: PageQuery) -> dict[str, Any]:
    """List the runs of one source, latest first."""
    store = current_house().store
    name = store.sources.get(path.name).source.name
    total = store.sources.count_runs(name)
    runs = store.sources.runs(name, query.page_size, offset=(query.page - 1) * query.page_size)
    return {
        "name": name,
        "runs": [_run_answer(run) for run in runs],
        "page": query.page,
        "page_size": query.page_size,
        "has_more": query.page * query.page_size < total,
        "total": total,
    }


@routes.get(
    "/<source_name:name>/runs/<int:run_id>/rejections", responses={200: RunRejectionPage, **documented(404, 422)}
)
def list_run_rejections(path: RunPath, query: PageQuery) -> dict[str, Any]:
    """List what one run could not use, with place and reason."""
    store = current_house().store
    run = store.sources.run(store.sources.get(path.name).source.name, path.run_id)
    kept = store.sources.rejections(run.source_name, run.run_id)
    return {
        "name": run.source_name,
        "run_id": run.run_id,
        "is_kept": len(kept) == run.counts.rejected,
        "rejections": query.part_of(kept),
        "page": query.page,
        "page_size": query.page_size,
        "total": run.counts.rejected,
    }


def _source_answer(status: SourceStatus) -> dict[str, Any]:
    answer = SourceAnswer(
        **status_view(status),
        state=state_of(status),
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
