"""Thirty faults of every kind in every journey: nothing is lost, nothing is doubled, and each error explains itself."""

from pathlib import Path
from random import Random

import pytest

from matcher.store.transfer import move_store
from tests.faults.journeys import World, lay_in
from tests.faults.small_disk import small_disk
from tests.faults.trials import LOCK_TIMEOUTS, ON_A_DISK, Trials
from tests.faults.verdicts import Fault, Problem, Wrong
from tests.postgres_server import PostgresServer

SEED, FAULTS = 9, 30


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house in which every journey has something to do."""
    folder = tmp_path_factory.mktemp("faults") / "stock"
    lay_in(folder)
    return folder


def test_faults_of_every_kind_lose_and_double_nothing(stock: Path, tmp_path: Path) -> None:
    trials = Trials(stock, tmp_path)
    verdicts = [trials.run(fault) for fault in trials.faults(Random(SEED), FAULTS)]  # noqa: S311
    assert [verdict.line for verdict in verdicts if verdict.problems] == []
    assert {verdict.fault.kind for verdict in verdicts} >= {"killed", "disk full", "read-only", "busy"}
    assert {verdict.ended for verdict in verdicts} >= {"it was killed", "it said why it stopped"}


def test_a_journey_that_is_not_made_again_after_a_kill_is_seen_as_lost(stock: Path, tmp_path: Path) -> None:
    class Forgetful(Trials):
        def _again(self, world: World, journey: str) -> None:
            """Leave what was broken off as it is."""

    (*_, last) = Forgetful(stock, tmp_path).run(Fault("killed", "digest", at=2)).problems
    assert last == Problem(Wrong.LOST, "treasurer@example.org got no mail")


@pytest.mark.slow
def test_a_file_system_that_is_full_for_every_process_loses_nothing(stock: Path, tmp_path: Path) -> None:
    try:
        with small_disk(tmp_path / "disk", 64) as disk:
            trials = Trials(stock, disk, disk=disk)
            verdicts = [trials.run(Fault(ON_A_DISK, journey, at=1)) for journey in ("import", "call", "migrate")]
    except PermissionError as error:
        pytest.skip(str(error))
    assert [verdict.line for verdict in verdicts if verdict.problems] == []
    assert {verdict.ended for verdict in verdicts} == {"it said why it stopped"}


@pytest.mark.slow
def test_locks_that_another_session_holds_lose_nothing(
    stock: Path, tmp_path: Path, postgres_server: PostgresServer
) -> None:
    filled = postgres_server.create("filled")
    move_store(f"sqlite:///{stock / 'home' / 'matcher.db'}", filled, lambda _: lambda portions: portions)
    trials = Trials(stock, tmp_path, lambda number: postgres_server.create(f"world_{number}", "filled"))
    verdicts = [trials.run(Fault("busy", "unsubscribe", at=3, how=setting)) for setting in LOCK_TIMEOUTS]
    assert [verdict.line for verdict in verdicts if verdict.problems] == []
    assert {verdict.ended for verdict in verdicts} == {"it said why it stopped"}
