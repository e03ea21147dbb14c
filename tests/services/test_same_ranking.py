"""SQLite and PostgreSQL rank alike: the JSON of every ranking is the same, byte for byte."""

import json
from datetime import date
from itertools import count
from pathlib import Path
from shutil import copy

import pytest

from matcher.bootstrap import Context, build
from matcher.embedding.encoder import Encoder
from matcher.proposals.reader import read_proposal
from matcher.services.import_notices import import_notices
from matcher.services.ranked_matches import ranked_matches, with_reasons
from matcher.services.views import ranking_view
from matcher.settings import Settings
from matcher.text.documents import read_file
from tests.conftest import CHECKOUT
from tests.fakes import BagOfWords
from tests.postgres_server import PostgresServer

DAY = date(2026, 2, 1)
_NUMBERS = count()


@pytest.fixture
def urls(tmp_path: Path, empty_database: Path, postgres_server: PostgresServer, empty_on_postgresql: str) -> list[str]:
    copy(empty_database, tmp_path / "matcher.db")
    there = postgres_server.create(f"ranked_{next(_NUMBERS)}", empty_on_postgresql)
    return [f"sqlite:///{tmp_path / 'matcher.db'}", there]


def rankings(url: str, home: Path, notices: Path, proposals: list[Path], encoder: Encoder) -> str:
    """Bring a store from nothing to matches, and return all rankings as JSON."""
    house = build(Settings(home=home, database_url=url, opportunities=notices), encoder=encoder)
    with house.store as store:
        import_notices(store, [notices])
        for path in proposals:
            store.proposals.save(read_proposal(read_file(path)), path.stem)
        house.rescorer.rescore()
        found = {path.stem: ranked_matches(store, house.catalogue, path.stem, DAY) for path in proposals}
        views = {
            name: ranking_view(
                ranking, with_reasons(store, house.catalogue, name, ranking.everything), is_calibrated=True
            )
            for name, ranking in found.items()
        }
    return json.dumps(views, ensure_ascii=False, indent=1)


def some_notices(folder: Path, step: int) -> Path:
    """Copy every so many of the bundled notices."""
    folder.mkdir()
    for path in sorted((CHECKOUT / "opportunities").glob("*.yaml"))[::step]:
        copy(path, folder)
    return folder


@pytest.mark.slow
def test_some_examples_are_ranked_alike_by_both(tmp_path: Path, urls: list[str]) -> None:
    notices = some_notices(tmp_path / "notices", 9)
    proposals = sorted((CHECKOUT / "seeds" / "proposals").glob("*.md"))
    one, other = (rankings(url, tmp_path, notices, proposals, BagOfWords()) for url in urls)
    assert one == other
    assert one.count('"fit"') > 10


@pytest.mark.slow
def test_every_proposal_is_ranked_alike_by_both_with_the_real_model(
    tmp_path: Path, urls: list[str], real_house: Context
) -> None:
    notices = some_notices(tmp_path / "notices", 5)
    proposals = sorted((CHECKOUT / "seeds" / "proposals").iterdir())
    one, other = (rankings(url, tmp_path, notices, proposals, real_house.encoder) for url in urls)
    assert one == other
