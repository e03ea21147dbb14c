"""A crew leaves exactly what one process leaves, whatever becomes of its workers."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from matcher.bootstrap import Context, build
from matcher.cluster import worker
from matcher.cluster.crew import DaskCrew, crew_at
from matcher.cluster.order import Build, order_of
from matcher.errors import InputRejected, MatcherError, Unrecoverable
from matcher.settings import Settings
from tests.cluster.houses import NOTICES, PROPOSALS, fill, is_fresh, matches, with_words
from tests.fakes import BagOfWords


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A cluster of two workers that are threads of this process."""
    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=False,
            protocol="tcp://",
            host="127.0.0.1",
            dashboard_address=None,
        ) as cluster,
        Client(cluster, set_as_default=False) as connected,
    ):
        yield connected


@pytest.fixture
def alone(tmp_path: Path, house: Context) -> Iterator[Context]:
    """A house with the same rows, scored by one process."""
    again = build(replace_home(house.settings, tmp_path / "alone"), encoder=BagOfWords())
    fill(again)
    again.rescorer.rescore()
    yield again
    again.store.close()


@pytest.fixture(autouse=True)
def _empty_workers() -> Iterator[None]:
    yield
    worker.move_out()


def replace_home(settings: Settings, home: Path) -> Settings:
    return settings.model_copy(update={"home": home})


def crew_of(client: Client, house: Context, build: Build = with_words) -> DaskCrew:
    return DaskCrew(client, house.store, house.encoder.model_id, order_of(house, build))


def test_many_workers_leave_row_by_row_what_one_process_leaves(client: Client, house: Context, alone: Context) -> None:
    fill(house)
    crew = crew_of(client, house)
    report = house.rescorer.rescore(crew)
    pairs = PROPOSALS * NOTICES
    assert (report.proposals, report.opportunities, report.pairs, report.matches) == (PROPOSALS, NOTICES, pairs, pairs)
    assert report.embedded == 2, "the others are over"
    assert matches(house.store) == matches(alone.store)
    assert is_fresh(house)
    assert crew.encoded_count > PROPOSALS
    assert house.encoder.encoded_count == 0, "nothing was left to this process but to write"


def test_what_changed_is_scored_against_everybody_and_nothing_else_is_encoded(
    client: Client, house: Context, alone: Context
) -> None:
    fill(house)
    house.rescorer.rescore(crew_of(client, house))
    for context in (house, alone):
        stored = context.store.opportunities.get("hulls").opportunity
        context.store.opportunities.save(replace(stored, title="Gardens in submarines"), "amended")
    crew = crew_of(client, house)
    assert house.rescorer.rescore(crew).pairs == alone.rescorer.rescore().pairs == PROPOSALS
    assert matches(house.store) == matches(alone.store)
    assert crew.encoded_count == 1


def test_a_worker_that_would_score_otherwise_does_nothing_and_says_why(client: Client, house: Context) -> None:
    fill(house)
    order = replace(order_of(house, with_words), fingerprint="5-other")
    crew = DaskCrew(client, house.store, house.encoder.model_id, order)
    with pytest.raises(Unrecoverable, match="install the same version of matcher"):
        house.rescorer.rescore(crew)
    assert house.store.matches.count() == 0


def test_a_worker_that_sees_another_database_does_nothing_and_says_so(
    client: Client, house: Context, tmp_path: Path
) -> None:
    fill(house)
    elsewhere = tuple(
        {**dict(order_of(house, with_words).chosen), "database_url": f"sqlite:///{tmp_path}/other"}.items()
    )
    order = replace(order_of(house, with_words), chosen=elsewhere)
    crew = DaskCrew(client, house.store, house.encoder.model_id, order)
    with pytest.raises(Unrecoverable, match="sees another database"):
        house.rescorer.rescore(crew)


def test_what_a_worker_raises_is_raised_here(client: Client, house: Context) -> None:
    fill(house)
    with pytest.raises(MatcherError, match="out of order"):
        house.rescorer.rescore(crew_of(client, house, out_of_order))


def test_the_url_of_the_database_is_never_shown(house: Context) -> None:
    assert "sqlite" not in repr(order_of(house, with_words))


def test_a_cluster_of_other_machines_needs_a_database_that_they_see(house: Context) -> None:
    with pytest.raises(InputRejected, match="PostgreSQL"), crew_at(house, "tcp://127.0.0.1:1"):
        pass


def out_of_order(settings: Settings) -> Context:
    raise Unrecoverable("this worker is out of order")
