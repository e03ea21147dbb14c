"""The bundled adapter: added to the weights once, at load."""

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from matcher.embedding.adapter import adapter_folder, adapter_hash, apply_adapter
from matcher.embedding.bundled_model import ADAPTED_NAME, NAME
from matcher.embedding.precision import Precision
from matcher.embedding.sentence_transformer import SentenceTransformerEncoder
from matcher.errors import Unrecoverable


def adapter(folder: Path, name: str) -> Path:
    matrices = {f"{name}/A": torch.tensor([[1.0, 2.0]]), f"{name}/B": torch.tensor([[1.0], [0.0], [3.0]])}
    save_file(matrices, folder / "adapter.safetensors")
    (folder / "adapter.json").write_text(json.dumps({"scale": 2.0}), encoding="utf-8")
    return folder


def test_the_product_of_both_matrices_is_added_at_its_scale(tmp_path: Path) -> None:
    layer = torch.nn.Linear(2, 3, bias=False)
    before = layer.weight.detach().clone()
    apply_adapter(layer, adapter(tmp_path, "weight"))
    assert torch.allclose(layer.weight - before, torch.tensor([[2.0, 4.0], [0.0, 0.0], [6.0, 12.0]]), atol=1e-6)


def test_an_adapter_of_another_model_is_refused_by_the_weight_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(Unrecoverable, match=r"other\.weight"):
        apply_adapter(torch.nn.Linear(2, 3), adapter(tmp_path, "other.weight"))


def test_the_adapter_is_part_of_the_models_identity() -> None:
    adapted, untouched = SentenceTransformerEncoder(ADAPTED_NAME), SentenceTransformerEncoder(NAME)
    assert adapter_hash()[:12] in adapted.model_id
    assert adapter_hash()[:12] not in untouched.model_id


def test_the_adapted_model_is_another_one_and_still_close_to_its_origin() -> None:
    texts = ["After-school tutoring in mathematics for middle school students"]
    adapted, untouched = (
        SentenceTransformerEncoder(name, precision=Precision.FLOAT32).encode(texts) for name in (ADAPTED_NAME, NAME)
    )
    assert 0.3 < float((adapted * untouched).sum()) < 0.999


def test_the_adapter_tells_what_it_was_trained_on() -> None:
    description = json.loads((adapter_folder() / "adapter.json").read_text(encoding="utf-8"))
    assert description["pairs"] > 1000
    assert description["base"].startswith(f"{NAME}@")
    assert description["log"]
