from pathlib import Path

import pytest

from matcher.text.documents import Document, read_file

_SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.fixture
def race_to_the_top() -> Document:
    """Return the blog post that quotes the Race to the Top notice, verbatim, where it is at hand."""
    return _source_document("004")


@pytest.fixture(params=["000", "001", "002", "003"])
def proposal_document(request: pytest.FixtureRequest) -> Document:
    """Return one of the proposals that users bring, verbatim, where it is at hand."""
    return _source_document(request.param)


def _source_document(number: str) -> Document:
    found = sorted(_SEEDS.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip("the source documents are not beside this checkout")
    return read_file(found[0])
