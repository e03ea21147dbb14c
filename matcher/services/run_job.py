"""Run a job so that it leaves a row: when it began and ended, how, and with which counts."""

import logging
from collections.abc import Callable, Mapping

from matcher.store.protocol import Store
from matcher.store.records import JobOutcome

_log = logging.getLogger(__name__)


def run_job(store: Store, name: str, work: Callable[[], Mapping[str, int]]) -> Mapping[str, int]:
    """Run `work` and return its counts; whatever it raises is recorded and raised again."""
    job_id = store.jobs.start(name)
    try:
        counts = work()
    except Exception as error:
        store.jobs.finish(job_id, JobOutcome.FAILED, {}, error=f"{type(error).__name__}: {error}")
        _log.warning("job failed", extra={"job": name, "job_id": job_id})
        raise
    store.jobs.finish(job_id, JobOutcome.SUCCEEDED, counts)
    return counts
