"""What several rooms need: the source documents, where they are, and a house on a temporary folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from matcher.bootstrap import Context, build
from matcher.settings import Settings
from tests.fakes import BagOfWords

CHECKOUT = Path(__file__).parents[1]

# `pytest --hypothesis-profile thorough` looks longer than every run can afford
settings.register_profile("every run", max_examples=40)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile("every run")


@pytest.fixture
def source_documents() -> Path:
    """The five source documents; a test that wants them is skipped where they are not."""
    folder = CHECKOUT.parent / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("the source documents do not lie beside this checkout")
    return folder


@pytest.fixture
def encoder() -> BagOfWords:
    """An encoder without a model, which remembers what it encoded."""
    return BagOfWords()


@pytest.fixture
def house(tmp_path: Path, encoder: BagOfWords) -> Iterator[Context]:
    """The whole house on an empty home folder, with an empty folder of notices to watch."""
    notices = tmp_path / "notices"
    notices.mkdir()
    context = build(Settings(home=tmp_path / "home", opportunities=notices, match_floor=0.0), encoder=encoder)
    yield context
    context.store.close()
