"""`python -m scheduler`: the loop; `--once JOB` runs one job now, for cron and for tests."""

import logging
import signal
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, datetime

import click

from matcher.bootstrap import Context, build
from matcher.errors import MatcherError
from matcher.settings import settings
from scheduler.jobs import Job, jobs, run

_GRACE_SECONDS = 3600
"""APScheduler drops a tick that is later than this; its own default of one second drops every late one."""

_log = logging.getLogger("scheduler")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--once", "name", help="Run this job once, now, and stop; unless another scheduler runs it this moment.")
def main(name: str | None) -> None:
    """Look at the sources that are due, keep every match fresh, and send the mail that is due."""
    logging.basicConfig(level=settings().log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    try:
        context = build(settings())
        if name is None:
            loop(context)
        else:
            counts = run(context, _named(context, name))
            click.echo("another scheduler runs this job now" if counts is None else _counted(counts))
    except MatcherError as error:
        click.echo(f"scheduler: {error}", err=True)
        sys.exit(1)


def loop(context: Context, stop: threading.Event | None = None) -> None:
    """Tick until `stop` is set, SIGTERM or SIGINT arrives; a job that runs is finished first, and sends no more mails.

    Each job is tried at once, then every so many seconds; ticks that pile up are run once. A tick only asks the
    database whether it is the job's turn, so several schedulers do no harm.
    """
    from apscheduler.schedulers.background import BackgroundScheduler

    stopped = stop or threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
    ticking = BackgroundScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": _GRACE_SECONDS}
    )
    for job in jobs(context, stopped.is_set).values():
        ticking.add_job(
            _attempt, "interval", seconds=job.seconds, args=(context, job), id=job.name, next_run_time=datetime.now(UTC)
        )
    ticking.start()
    _log.info("scheduler started")
    stopped.wait()
    ticking.shutdown(wait=True)
    _log.info("scheduler stopped")


def _attempt(context: Context, job: Job) -> None:
    """Run a job if it is its turn; its failure is on its row and in the log, and a later tick tries again."""
    try:
        counts = run(context, job, is_forced=False)
    except Exception:
        _log.exception("job failed", extra={"job": job.name})
    else:
        if counts is not None:
            _log.info("job done: %s: %s", job.name, _counted(counts))


def _named(context: Context, name: str) -> Job:
    known = jobs(context)
    if name not in known:
        raise click.BadParameter(f"{name!r} is no job; there are {', '.join(known)}", param_hint="--once")
    return known[name]


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items())


if __name__ == "__main__":
    main()
