"""Every job leaves a row, however it ends."""

import pytest

from matcher.bootstrap import Context
from matcher.services.run_job import run_job
from matcher.store.records import JobOutcome


def test_a_job_that_ends_well_leaves_its_counts(house: Context) -> None:
    assert run_job(house.store, "import", lambda: {"new": 3}) == {"new": 3}
    row = house.store.jobs.recent(1)[0]
    assert (row.name, row.outcome, row.counts, row.error) == ("import", JobOutcome.SUCCEEDED, {"new": 3}, None)


def test_a_job_that_fails_leaves_its_error_and_raises_it(house: Context) -> None:
    def fail() -> dict[str, int]:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        run_job(house.store, "digest", fail)
    row = house.store.jobs.recent(1)[0]
    assert (row.outcome, row.error) == (JobOutcome.FAILED, "OSError: disk full")
    assert row.finished_at is not None
