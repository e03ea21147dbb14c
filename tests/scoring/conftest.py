"""The real scorer and real notices, for what only the real model can show."""

import pytest

from matcher.bootstrap import Context
from matcher.notices.reader import read_notice
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.scorer import Scorer
from matcher.text.documents import read_file
from tests.conftest import CHECKOUT


@pytest.fixture(scope="session")
def real_scorer(real_house: Context) -> Scorer:
    """The scorer over the bundled model."""
    return real_house.scorer


@pytest.fixture(scope="session")
def some_notices(real_scorer: Scorer) -> Catalogue:
    """A quarter of the bundled notices, which stand in for all to keep the tests short."""
    paths = sorted((CHECKOUT / "opportunities").glob("*.yaml"))
    return real_scorer.catalogue([read_notice(read_file(path)) for path in paths[::4]])
