"""What every door shows of sources and their runs: plain JSON, and the counts of a run in words."""

from datetime import datetime
from typing import Any

from matcher.domain.source import DropReason, LedgerCounts
from matcher.services.interfaces import query_of
from matcher.services.sources import SourceStatus
from matcher.store.source_records import SourceRun

Json = dict[str, Any]

_DROPPED = {
    DropReason.CLOSED: "closed before {day}",
    DropReason.ARCHIVED: "archived",
    DropReason.REPEATED: "repeated in the source",
}


def status_view(status: SourceStatus) -> Json:
    """Return a source and how it fares as JSON; `latest_run` is null while it was never looked at."""
    source = status.source
    return {
        "name": source.name,
        "kind": source.kind.value,
        "address": source.address,
        "interface": source.interface,
        "query": query_of(source),
        "interval_seconds": source.interval_seconds,
        "delay_seconds": source.delay_seconds,
        "is_enabled": source.is_enabled,
        "is_complete": source.is_complete,
        "keeps_closed": source.keeps_closed,
        "listed": status.listed,
        "is_due": status.is_due,
        "next_due_at": _time(status.due_at),
        "is_stale": status.is_stale,
        "stale_since": _time(status.stale_since),
        "error": status.error,
        "last_success_at": None if status.success is None else _time(status.success.finished_at),
        "latest_run": None if status.latest is None else run_view(status.latest),
        "latest_success": None if status.success is None else run_view(status.success),
    }


def run_view(run: SourceRun) -> Json:
    """Return one run of a source as JSON; without `finished_at` it is under way, or its process died."""
    counts = run.counts
    return {
        "run_id": run.run_id,
        "started_at": _time(run.started_at),
        "finished_at": _time(run.finished_at),
        "outcome": None if run.outcome is None else run.outcome.value,
        "is_unmodified": run.is_unmodified,
        "records": counts.records,
        "new": counts.new,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "dropped": {reason.value: count for reason, count in counts.dropped},
        "rejected": counts.rejected,
        "joined": counts.joined,
        "vanished": counts.vanished,
        "returned": counts.returned,
        "error": run.error,
    }


def run_words(run: SourceRun) -> str:
    """Return what a run did in one line, as a sum that can be checked."""
    return "not modified" if run.is_unmodified else ledger_words(run.counts, run.started_at)


def ledger_words(counts: LedgerCounts, on: datetime) -> str:
    """Return the counts of a run on the day `on` as "5 records = 1 new + 0 changed + 4 unchanged"."""
    terms = [f"{counts.new:,} new", f"{counts.changed:,} changed", f"{counts.unchanged:,} unchanged"]
    terms += [f"{count:,} {_DROPPED[reason].format(day=on.date())}" for reason, count in counts.dropped]
    if counts.rejected:
        terms.append(f"{counts.rejected:,} rejected")
    besides = {
        "joined an entry of another record": counts.joined,
        "vanished": counts.vanished,
        "came back": counts.returned,
    }
    also = "".join(f"; {count:,} {words}" for words, count in besides.items() if count)
    return f"{counts.records:,} {'record' if counts.records == 1 else 'records'} = {' + '.join(terms)}{also}"


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
