"""What several rooms need: the source documents, where they are, and a house on a temporary folder."""

import gc
import os
import sqlite3
from collections.abc import Generator, Iterator
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from sqlalchemy import URL, Dialect, Engine

from matcher.bootstrap import Context, build
from matcher.store import sqlite
from matcher.store.sql_store import open_store
from tests.fakes import BagOfWords
from tests.given_settings import GivenSettings
from tests.postgres_server import FAST, PostgresServer

if TYPE_CHECKING:
    from xdist.remote import Producer

    from tests.distribution import LongestFirst

CHECKOUT = Path(__file__).parents[1]

# `pytest --hypothesis-profile thorough` looks longer than every run can afford
settings.register_profile("every run", max_examples=25, deadline=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile("every run")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage among the thousands of tests, neither while they are collected nor while they run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: "Producer") -> "LongestFirst | None":
    """Let whole files go to the workers of a run with `--dist loadfile`, in an order that keeps them all busy."""
    if config.getvalue("dist") != "loadfile":
        return None
    from tests.distribution import LongestFirst

    return LongestFirst(config, log)


def beside_the_checkout(name: str) -> Path:
    """Return a folder of real documents that are not ours to give; without it, the test that asks is skipped."""
    folder = CHECKOUT.parent / "shared" / name
    if not folder.is_dir():
        pytest.skip(f"{name} of the shared documents does not lie beside this checkout")
    return folder


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """Let the thousands of stores that tests open share a dialect, and so the SQL of each statement."""
    compiled: dict[object, object] = {}
    dialects: list[Dialect] = []
    make = sqlite._engine

    def shared(url: URL) -> Engine:
        engine = make(url)
        dialects.append(engine.dialect)
        engine.dialect = engine.pool._dialect = dialects[0]
        engine.update_execution_options(compiled_cache=compiled)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "_engine", shared)
        yield


@pytest.fixture(scope="module", autouse=True)
def no_wait_for_the_disk(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave what is committed to the system, which keeps it when a process is killed; the store's own tests do wait."""
    prepare = sqlite._prepare

    def in_a_hurry(connection: sqlite3.Connection, record: object) -> None:
        prepare(connection, record)
        connection.execute("PRAGMA synchronous = OFF")

    with pytest.MonkeyPatch.context() as patch:
        if request.path.parent.name not in ("store", "contract"):
            patch.setattr(sqlite, "_prepare", in_a_hurry)
        yield


@pytest.fixture
def source_documents() -> Path:
    """The five source documents."""
    return beside_the_checkout("seeds")


@pytest.fixture
def source_files() -> Path:
    """Real files of the sources of notices."""
    return beside_the_checkout("data")


@pytest.fixture
def ranking_benchmarks() -> Path:
    """Real proposals and opportunities with judgements, in the BEIR layout."""
    return beside_the_checkout("bench")


@pytest.fixture
def encoder() -> BagOfWords:
    """An encoder without a model, which remembers what it encoded."""
    return BagOfWords()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the present schema and nothing in it, to be copied: making one takes half a second."""
    path = tmp_path_factory.mktemp("database") / "matcher.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def real_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """A house with the real model; all workers of a run keep what they encode in one place, for that takes long."""
    base = tmp_path_factory.getbasetemp()
    context = build(GivenSettings(home=(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "real-house"))
    yield context
    context.store.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server for the whole session, in a hurry and without any database of ours."""
    server = PostgresServer(*FAST)
    yield server
    server.remove()


@pytest.fixture(scope="session")
def empty_on_postgresql(postgres_server: PostgresServer) -> str:
    """The name of a database with the present schema and nothing in it, to be copied: making one takes a second."""
    open_store(postgres_server.create("empty")).close()
    return "empty"


@pytest.fixture
def house(tmp_path: Path, encoder: BagOfWords, empty_database: Path) -> Iterator[Context]:
    """The whole house on an empty home folder, with an empty folder of notices to watch."""
    notices = tmp_path / "notices"
    notices.mkdir()
    (tmp_path / "home").mkdir()
    copyfile(empty_database, tmp_path / "home" / "matcher.db")
    context = build(GivenSettings(home=tmp_path / "home", opportunities=notices, match_floor=0.0), encoder=encoder)
    yield context
    context.store.close()
