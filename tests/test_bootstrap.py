"""Settings choose what the house is built of."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from matcher.bootstrap import build
from matcher.embedding.adapter import WEIGHTS
from matcher.settings import Settings


def test_another_adapter_makes_other_vectors_and_another_fingerprint(tmp_path: Path) -> None:
    (tmp_path / WEIGHTS).write_bytes(b"other weights")
    bundled = build(Settings(home=tmp_path / "home"))
    own = build(Settings(home=tmp_path / "home", adapter=tmp_path))
    assert own.encoder.model_id != bundled.encoder.model_id
    assert own.scorer.fingerprint != bundled.scorer.fingerprint
    assert bundled.scorer.is_calibrated
    assert not own.scorer.is_calibrated
    for house in (bundled, own):
        house.store.close()


def test_an_adapter_beside_a_model_that_takes_none_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=r"adapter\n.*MATCHER_MODEL names a model that takes no adapter"):
        Settings(home=tmp_path, model="all-MiniLM-L6-v2", adapter=tmp_path)
