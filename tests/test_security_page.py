"""The page on security names tests that exist, so that no promise of it is empty."""

import re
from pathlib import PurePosixPath

import pytest

from tests.conftest import CHECKOUT

PAGE = (CHECKOUT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(test_\w+)`", PAGE)))


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[f"{PurePosixPath(file).stem}-{name}" for file, name in NAMED])
def test_a_test_that_the_page_names_exists(file: str, name: str) -> None:
    assert f"def {name}(" in (CHECKOUT / "tests" / file).read_text(encoding="utf-8")


def test_the_page_names_many() -> None:
    assert len(NAMED) > 40
