from pathlib import Path

import pytest

from tests.conftest import CHECKOUT


@pytest.fixture
def source_files() -> Path:
    """Real files of the sources; a test that wants them is skipped where they are not."""
    folder = CHECKOUT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the files of the sources do not lie beside this checkout")
    return folder
