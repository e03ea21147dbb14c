"""The jobs, a line each: a name, how often it ticks, and the service that it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from matcher.bootstrap import Context
from matcher.services.import_notices import import_notices
from matcher.services.run_job import run_job
from matcher.services.send_digests import send_digests


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
        Job("import", settings.watch_seconds, lambda: _import_and_rescore(context)),
        Job("digest", settings.digest_seconds, lambda: _digests(context)),
    )
    return {job.name: job for job in every}


def run(context: Context, job: Job) -> Mapping[str, int]:
    """Run one job now and leave its row; raises what the job raises."""
    return run_job(context.store, job.name, job.work)


def _import_and_rescore(context: Context) -> Mapping[str, int]:
    """Import what is new or changed in the watched folder, then re-score whatever is stale, for any reason."""
    encoded_before = context.encoder.encoded_count
    imported = import_notices(context.store, [context.settings.opportunities])
    rescored = context.rescorer.rescore()
    return {**imported.counts, **rescored.counts, "encoded": context.encoder.encoded_count - encoded_before}


def _digests(context: Context) -> Mapping[str, int]:
    return send_digests(context.store, context.catalogue, context.outgoing, datetime.now(UTC)).counts
