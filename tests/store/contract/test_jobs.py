from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from matcher.errors import NotFound
from matcher.store.protocol import Store
from matcher.store.records import JobOutcome, JobRun

MONDAY = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)


def test_a_run_that_has_not_finished_says_so(store: Store) -> None:
    with time_machine.travel(MONDAY, tick=False):
        job_id = store.jobs.start("rescore")
    assert store.jobs.recent(1) == [JobRun(job_id, "rescore", MONDAY, None, None, {}, None)]


def test_a_finished_run_has_its_times_outcome_and_counts(store: Store) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        job_id = store.jobs.start("rescore")
        clock.shift(timedelta(minutes=5))
        store.jobs.finish(job_id, JobOutcome.SUCCEEDED, {"scored": 12, "discarded": 0})
    (run,) = store.jobs.recent(1)
    assert (run.started_at, run.finished_at) == (MONDAY, MONDAY + timedelta(minutes=5))
    assert (run.outcome, run.counts, run.error) == (JobOutcome.SUCCEEDED, {"scored": 12, "discarded": 0}, None)


def test_a_failed_run_keeps_its_error_and_what_it_had_done(store: Store) -> None:
    job_id = store.jobs.start("send_digests")
    store.jobs.finish(job_id, JobOutcome.FAILED, {"sent": 1}, error="the mail server is away")
    (run,) = store.jobs.recent(1)
    assert (run.outcome, run.counts, run.error) == (JobOutcome.FAILED, {"sent": 1}, "the mail server is away")


def test_a_run_finishes_once(store: Store) -> None:
    job_id = store.jobs.start("rescore")
    store.jobs.finish(job_id, JobOutcome.SUCCEEDED, {})
    with pytest.raises(NotFound, match=str(job_id)):
        store.jobs.finish(job_id, JobOutcome.FAILED, {})
    assert store.jobs.recent(1)[0].outcome is JobOutcome.SUCCEEDED


def test_an_unknown_run_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match="4711"):
        store.jobs.finish(4711, JobOutcome.SUCCEEDED, {})


def test_recent_runs_come_latest_first_and_no_more_than_asked_for(store: Store) -> None:
    for name in ("first", "second", "third"):
        store.jobs.start(name)
    assert [run.name for run in store.jobs.recent(2)] == ["third", "second"]
