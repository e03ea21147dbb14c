"""The jobs, a line each: a name, how often it takes its turn, and the service that it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from matcher.bootstrap import Context
from matcher.services.import_report import ImportReport
from matcher.services.sources import due_sources, watched_source
from matcher.services.turns import Turn, run_in_turn

_MAIL_SECONDS = 30
_REMINDER_SECONDS = 900
_TIDY_SECONDS = 86_400

Stopping = Callable[[], bool]
"""Whether the process is asked to stop; jobs that take long ask it between two steps."""


@dataclass(frozen=True, slots=True)
class Job:
    """One scheduled job; `work` returns its named counts. A shared one may run in several schedulers at once."""

    name: str
    seconds: int
    work: Callable[[], Mapping[str, int]]
    is_shared: bool = False

    @property
    def turn(self) -> Turn:
        """How it takes its turns."""
        return Turn(self.name, timedelta(seconds=self.seconds), self.is_shared)


def jobs(context: Context, stopping: Stopping = lambda: False) -> dict[str, Job]:
    """Return every job by name, ready to run in `context`."""
    settings = context.settings
    every = (
        Job("sources", settings.watch_seconds, lambda: _sources(context)),
        Job("rescore", settings.watch_seconds, lambda: _rescore(context)),
        Job("digest", settings.digest_seconds, lambda: _digests(context, stopping), is_shared=True),
        Job("reminders", _REMINDER_SECONDS, lambda: _reminders(context)),
        Job("mail", _MAIL_SECONDS, lambda: _mail(context, stopping), is_shared=True),
        Job("tidy", _TIDY_SECONDS, lambda: _tidy(context)),
    )
    return {job.name: job for job in every}


def run(context: Context, job: Job, *, is_forced: bool = True) -> Mapping[str, int] | None:
    """Run one job and leave its row; None if it is not its turn. Raises what the job raises.

    A forced one needs not be due, and still waits for another scheduler that runs it.
    """
    return run_in_turn(context.store, job.turn, job.work, context.holder, _now, is_forced=is_forced)


def _now() -> datetime:
    return datetime.now(UTC)


def _sources(context: Context) -> Mapping[str, int]:
    """Import every source that is due, then bring the matches up to date, unless somebody is at it.

    A source that fails is recorded in its ledger and counted; the others go on.
    """
    settings = context.settings
    watched_source(context.store, settings.opportunities, settings.watch_seconds)
    imported = ImportReport()
    for name in due_sources(context.store, _now()):
        imported.add(context.importer.run(name))
    rescored = run(context, jobs(context)["rescore"]) or {}
    return {**imported.counts, **rescored}


def _rescore(context: Context) -> Mapping[str, int]:
    """Re-score whatever is stale, for any reason."""
    encoded_before = context.encoder.encoded_count
    rescored = context.rescorer.rescore().counts
    return {**rescored, "encoded": context.encoder.encoded_count - encoded_before}


def _digests(context: Context, stopping: Stopping) -> Mapping[str, int]:
    from matcher.services.send_digests import send_digests

    return send_digests(context.store, context.catalogue, context.outgoing, _now, stopping).counts


def _reminders(context: Context) -> Mapping[str, int]:
    from matcher.services.reminders import queue_reminders

    return queue_reminders(context.store, context.catalogue, context.outgoing.domain, _now())


def _mail(context: Context, stopping: Stopping) -> Mapping[str, int]:
    """Send what waits besides digests, and read what came back."""
    from matcher.services.bounces import read_bounces
    from matcher.services.send_mails import send_mails

    folder = context.settings.bounces or context.settings.home / "bounces"
    bounced = read_bounces(context.store, folder, _now())
    return {**send_mails(context.store, context.outgoing, _now, stopping).counts, **bounced}


def _tidy(context: Context) -> Mapping[str, int]:
    from matcher.services.tidy import tidy

    return tidy(context.store, _now())
