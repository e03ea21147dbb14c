from pathlib import Path

import pytest

from matcher.text.documents import Document, read_file


@pytest.fixture
def race_to_the_top(source_documents: Path) -> Document:
    """Return the blog post that quotes the Race to the Top notice, verbatim, where it is at hand."""
    return _source_document(source_documents, "004")


@pytest.fixture(params=["000", "001", "002", "003"])
def proposal_document(request: pytest.FixtureRequest, source_documents: Path) -> Document:
    """Return one of the proposals that users bring, verbatim, where it is at hand."""
    return _source_document(source_documents, request.param)


def _source_document(folder: Path, number: str) -> Document:
    (found,) = folder.glob(f"{number}_*.txt")
    return read_file(found)
