"""Web processes and schedulers that are killed with -9 under load leave nothing stale, and lose and double nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.many_processes import run
from tests.postgres_server import PostgresServer

SECONDS = 12


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server that waits for the disk, as in earnest."""
    started = PostgresServer("-c", "max_connections=200")
    yield started
    started.remove()


@pytest.mark.slow
def test_what_was_acknowledged_is_there_and_every_match_is_that_of_the_present_documents(
    tmp_path: Path, server: PostgresServer
) -> None:
    outcome = run(tmp_path, server.create("shared"), SECONDS, web_processes=2, schedulers=2)
    assert outcome.kills > 0
    assert outcome.matches > 0
    assert outcome.stale_rows == outcome.wrong_matches == 0
    assert outcome.lost_proposals == outcome.doubled_proposals == outcome.lost_revisions == 0
    assert outcome.reached == outcome.subscribed > 0
    assert outcome.unsent == outcome.ids_of_repeats == 0
    assert outcome.repeats <= outcome.kills, "a kill cuts at most the one mail that is on its way"
