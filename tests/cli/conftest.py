"""The command line on an empty home folder, with an encoder without a model."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from shutil import copyfile

import pytest
from click.testing import CliRunner, Result

from matcher import bootstrap
from matcher.cli import main
from matcher.settings import settings
from tests.fakes import BagOfWords
from tests.services.examples import GARDENS, HULLS, PROPOSAL, write

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: BagOfWords, empty_database: Path) -> Iterator[Run]:
    """Return what runs one command in the test's own home, and gives its output and exit code."""
    (tmp_path / "home").mkdir()
    copyfile(empty_database, tmp_path / "home" / "matcher.db")
    write(tmp_path / "notices", gardens=GARDENS, hulls=HULLS)
    (tmp_path / "proposal.md").write_text(PROPOSAL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MATCHER_OPPORTUNITIES", str(tmp_path / "notices"))
    monkeypatch.setenv("MATCHER_MINIMUM_OPEN", "0")
    monkeypatch.setenv("MATCHER_MATCH_FLOOR", "0")
    monkeypatch.setattr(bootstrap, "build", partial(bootstrap.build, encoder=encoder))
    settings.cache_clear()
    yield lambda *arguments: CliRunner().invoke(main, arguments, catch_exceptions=False)
    settings.cache_clear()
