"""A synchronous standby has whatever was acknowledged when its primary is killed with -9."""

import pytest

from benchmarks.fail_over import run


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_with_the_primary_and_writers_go_on_by_themselves() -> None:
    outcome = run()
    assert outcome.lost == 0
    assert outcome.before > 0
    assert outcome.after > 0
