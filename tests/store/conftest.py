"""A store of each kind, empty, for one test."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest

from matcher.store.protocol import Store
from matcher.store.sql_store import open_store

ENGINES = ("sqlite",)


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return {"sqlite": f"sqlite:///{tmp_path / 'matcher.db'}"}[request.param]


@pytest.fixture
def store(url: str, tmp_path: Path, empty_database: Path) -> Iterator[Store]:
    copyfile(empty_database, tmp_path / "matcher.db")
    with open_store(url) as opened:
        yield opened
