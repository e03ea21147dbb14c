"""Workers that are processes of their own, one of which dies of SIGKILL in the middle of a block."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.bootstrap import Context, build
from matcher.cluster.crew import local_crew
from matcher.settings import Settings
from tests.cluster.houses import deadly, fill, is_fresh, matches
from tests.fakes import BagOfWords
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.slow


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Context]:
    """A house with the same rows, scored by one process."""
    notices = tmp_path / "notices"
    notices.mkdir()
    context = build(Settings(home=tmp_path / "alone", opportunities=notices, match_floor=0.3), encoder=BagOfWords())
    fill(context)
    context.rescorer.rescore()
    yield context
    context.store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def shared(
    request: pytest.FixtureRequest, alone: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Context]:
    """A house of many processes, with the same rows."""
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path / "home"))
    url = ""
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.create("bulk", request.getfixturevalue("empty_on_postgresql"))
    settings = alone.settings.model_copy(update={"home": tmp_path / "home", "database_url": url})
    context = build(settings, encoder=BagOfWords())
    fill(context)
    yield context
    context.store.close()


def test_a_worker_that_is_killed_in_the_middle_costs_no_match_and_doubles_none(shared: Context, alone: Context) -> None:
    with local_crew(shared, 2, deadly) as crew:
        report = shared.rescorer.rescore(crew)
        assert crew.dashboard.startswith("http://127.0.0.1:")
    sign = shared.settings.home / "died"
    assert sign.exists()
    assert 0 < report.matches < report.pairs, "some pairs are below the floor"
    assert matches(shared.store) == matches(alone.store)
    assert is_fresh(shared)
