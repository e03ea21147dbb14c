from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.fixture
def seeds() -> Path:
    """Proposals as users bring them, where the checkout stands beside them."""
    if not SEEDS.is_dir():
        pytest.skip("the source documents are not beside this checkout")
    return SEEDS
