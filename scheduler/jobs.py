"""The jobs, a line each: a name, how often it ticks, and the service that it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from matcher.bootstrap import Context
from matcher.services.import_report import ImportReport
from matcher.services.run_job import run_job
from matcher.services.send_digests import send_digests
from matcher.services.sources import due_sources, watched_source


@dataclass(frozen=True, slots=True)
class Job:
    """One scheduled job; `work` returns its named counts."""

    name: str
    seconds: int
    work: Callable[[], Mapping[str, int]]


def jobs(context: Context) -> dict[str, Job]:
    """Return every job by name, ready to run in `context`."""
    settings = context.settings
    every = (
        Job("sources", settings.watch_seconds, lambda: _import_and_rescore(context)),
        Job("digest", settings.digest_seconds, lambda: _digests(context)),
    )
    return {job.name: job for job in every}


def run(context: Context, job: Job) -> Mapping[str, int]:
    """Run one job now and leave its row; raises what the job raises."""
    return run_job(context.store, job.name, job.work)


def _import_and_rescore(context: Context) -> Mapping[str, int]:
    """Import every source that is due, then re-score whatever is stale, for any reason.

    A source that fails is recorded in its ledger and counted; the others go on.
    """
    encoded_before = context.encoder.encoded_count
    settings = context.settings
    watched_source(context.store, settings.opportunities, settings.watch_seconds)
    imported = ImportReport()
    for name in due_sources(context.store, datetime.now(UTC)):
        imported.add(context.importer.run(name))
    rescored = context.rescorer.rescore()
    return {**imported.counts, **rescored.counts, "encoded": context.encoder.encoded_count - encoded_before}


def _digests(context: Context) -> Mapping[str, int]:
    return send_digests(context.store, context.catalogue, context.outgoing, datetime.now(UTC)).counts
