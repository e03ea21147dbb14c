"""Adapters: added to the weights once, at load, and part of the model's name."""

import json
from pathlib import Path

import pytest
import torch

from matcher.embedding.adapter import (
    BASE,
    DESCRIPTION,
    WEIGHTS,
    adapt_weights,
    adapter_folder,
    adapter_hash,
    require_new_folder,
    write_adapter,
)
from matcher.embedding.bundled_model import ADAPTED_NAME, NAME
from matcher.embedding.precision import Precision
from matcher.embedding.sentence_transformer import SentenceTransformerEncoder
from matcher.errors import InputRejected, Unrecoverable


def adapter(folder: Path, name: str, base: str = BASE, rows: int = 3) -> Path:
    matrices = {f"{name}/A": torch.tensor([[1.0, 2.0]]), f"{name}/B": torch.tensor([[1.0], [0.0], [3.0]])[:rows]}
    write_adapter(folder, matrices, {"base": base, "scale": 2.0})
    return folder


def test_the_product_of_both_matrices_is_added_at_its_scale(tmp_path: Path) -> None:
    layer = torch.nn.Linear(2, 3, bias=False)
    before = layer.weight.detach().clone()
    adapt_weights(layer, adapter(tmp_path, "weight"))
    assert torch.allclose(layer.weight - before, torch.tensor([[2.0, 4.0], [0.0, 0.0], [6.0, 12.0]]), atol=1e-6)


def test_an_adapter_of_another_model_is_refused_by_the_weight_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(Unrecoverable, match=r"other\.weight"):
        adapt_weights(torch.nn.Linear(2, 3), adapter(tmp_path, "other.weight"))


def test_an_adapter_that_does_not_belong_here_is_refused_and_leaves_the_model_as_it_was(tmp_path: Path) -> None:
    layer = torch.nn.Linear(2, 3, bias=False)
    before = layer.weight.detach().clone()
    for number, (wrong, said) in enumerate(
        [
            ({"base": "another-model@0123"}, "made for another-model@0123"),
            ({"rows": 2}, "do not have its shape"),
        ]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        with pytest.raises(Unrecoverable, match=said):
            adapt_weights(layer, adapter(folder, "weight", **wrong))
    assert torch.equal(layer.weight, before)


@pytest.mark.parametrize("file", [WEIGHTS, DESCRIPTION])
@pytest.mark.parametrize("content", [None, "broken"])
def test_a_folder_without_a_usable_adapter_is_refused_with_the_setting_that_named_it(
    tmp_path: Path, file: str, content: str | None
) -> None:
    path = adapter(tmp_path, "weight") / file
    path.unlink() if content is None else path.write_text(content, encoding="utf-8")
    with pytest.raises(Unrecoverable, match=rf"{file}.*MATCHER_ADAPTER"):
        adapt_weights(torch.nn.Linear(2, 3), tmp_path)


def test_a_new_adapter_never_takes_the_place_of_another(tmp_path: Path) -> None:
    require_new_folder(tmp_path / "new" / "folder")
    adapter(tmp_path, "weight")
    with pytest.raises(InputRejected, match="holds an adapter already"):
        require_new_folder(tmp_path)
    with pytest.raises(InputRejected, match="cannot be written to"):
        require_new_folder(tmp_path / WEIGHTS / "below-a-file")


def test_the_adapter_is_part_of_the_models_identity(tmp_path: Path) -> None:
    own_folder = adapter(tmp_path, "weight")
    bundled, own, untouched = (
        SentenceTransformerEncoder(ADAPTED_NAME),
        SentenceTransformerEncoder(ADAPTED_NAME, adapter=own_folder),
        SentenceTransformerEncoder(NAME, adapter=own_folder),
    )
    assert adapter_hash(adapter_folder())[:12] in bundled.model_id
    assert adapter_hash(own_folder)[:12] in own.model_id
    assert untouched.model_id == SentenceTransformerEncoder(NAME).model_id
    assert len({bundled.model_id, own.model_id, untouched.model_id}) == 3


def test_a_folder_that_holds_no_adapter_is_refused_before_any_model_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(Unrecoverable, match="MATCHER_ADAPTER must name a folder that `matcher train` wrote"):
        _ = SentenceTransformerEncoder(ADAPTED_NAME, adapter=tmp_path).model_id


@pytest.mark.slow
def test_an_adapter_of_ones_own_takes_the_place_of_the_bundled_one(tmp_path: Path) -> None:
    name = "encoder.layer.0.attention.self.query.weight"
    nothing = {f"{name}/A": torch.zeros(1, 384), f"{name}/B": torch.zeros(384, 1)}
    write_adapter(tmp_path, nothing, {"base": BASE, "scale": 2.0})
    texts = ["After-school tutoring in mathematics for middle school students"]
    own, untouched = (
        SentenceTransformerEncoder(model, adapter=tmp_path, precision=Precision.FLOAT32).encode(texts)
        for model in (ADAPTED_NAME, NAME)
    )
    assert float((own * untouched).sum()) > 0.9999


def test_a_projection_of_another_size_is_refused(tmp_path: Path) -> None:
    write_adapter(tmp_path, {"projection": torch.eye(3)}, {"base": BASE, "scale": 2.0})
    with pytest.raises(Unrecoverable, match=r"projection in .* is not 384 by 384"):
        SentenceTransformerEncoder(ADAPTED_NAME, adapter=tmp_path).encode(["Gardens"])


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
