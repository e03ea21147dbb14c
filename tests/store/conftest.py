"""A store of each kind, empty, for one test."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Connection, true

from matcher.store import schema
from matcher.store.database import Database
from matcher.store.protocol import Store
from matcher.store.sql_store import SqlStore
from tests.postgres_server import PostgresServer

ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.slow))
"""What the contract holds for; a run of the slow tests has it on a real server too."""
_NUMBERS = count()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def shared_database(postgres_server: PostgresServer, empty_on_postgresql: str) -> Iterator[Database]:
    """A database of PostgreSQL with the present schema: emptying one takes 3 ms, copying one 70."""
    database = Database(postgres_server.create("shared", empty_on_postgresql))
    yield database
    database.close()


@pytest.fixture(scope="session")
def shared_store(shared_database: Database) -> Store:
    """The store on it, whose connections and statements serve all tests."""
    return SqlStore(shared_database)


@pytest.fixture
def url(engine: str, request: pytest.FixtureRequest, tmp_path: Path, empty_database: Path) -> str:
    """The URL of a store without anything in it."""
    if engine == "sqlite":
        copyfile(empty_database, tmp_path / "matcher.db")
        return f"sqlite:///{tmp_path / 'matcher.db'}"
    shared: Database = request.getfixturevalue("shared_database")
    with shared.writing() as connection:
        _empty(connection)
    return shared.name


@pytest.fixture
def blank_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without any table."""
    if engine == "sqlite":
        return f"sqlite:///{tmp_path / 'matcher.db'}"
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.create(f"blank_{next(_NUMBERS)}")


@pytest.fixture
def store(engine: str, url: str, request: pytest.FixtureRequest) -> Iterator[Store]:
    if engine == "postgresql":
        yield request.getfixturevalue("shared_store")
        return
    with SqlStore(Database(url)) as opened:
        yield opened


def _empty(connection: Connection) -> None:
    """Delete all but the rows that the migrations make."""
    for table in reversed(schema.metadata.sorted_tables):
        kept = {"organizations": "local", "generations": "listings"}.get(table.name)
        condition = table.primary_key.columns[0] != kept if kept else true()
        connection.execute(table.delete().where(condition))
    connection.execute(schema.generations.update().values(value=0))
