"""A house that has something to mail, made once and copied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.bootstrap import Context
from tests.services.posts import Postbox, stocked_house


@pytest.fixture(scope="session")
def mailing_stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a stocked house."""
    folder = tmp_path_factory.mktemp("stock")
    with stocked_house(folder):
        pass
    return folder


@pytest.fixture
def mailing(tmp_path: Path, mailing_stock: Path) -> Iterator[Context]:
    """A house with a proposal that one of its two notices fits."""
    with stocked_house(tmp_path / "mailing", mailing_stock) as house:
        yield house


@pytest.fixture
def proposal_id(mailing: Context) -> str:
    """The one proposal."""
    return next(iter(mailing.store.proposals.ids_and_revisions()))


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()
