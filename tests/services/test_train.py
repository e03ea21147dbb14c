"""Training from benchmarks to an adapter that loads."""

import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from matcher.embedding.adapter import BASE, adapter_folder, read_adapter, read_description, write_adapter
from matcher.embedding.bundled_model import ADAPTED_NAME
from matcher.embedding.precision import Precision
from matcher.embedding.sentence_transformer import SentenceTransformerEncoder
from matcher.errors import InputRejected
from matcher.services.train import Folders, plan_training, train
from matcher.services.training_mix import Choice
from matcher.store.sql_store import open_store
from tests.services.benchmarks import write_benchmark
from tests.services.training_data import prose

# asked for without loading it: that takes seconds, in every process that only collects the tests
pytestmark = pytest.mark.skipif(find_spec("peft") is None, reason="peft is not installed")

NONE = Choice(held_out_share=0.0)


def test_sets_that_give_no_pair_are_refused_before_training(tmp_path: Path) -> None:
    empty = write_benchmark(tmp_path / "empty", {"a": ("Gardens", "")}, {}, {})
    with pytest.raises(InputRejected, match="no pair to train on"):
        plan_training(Folders([empty], texts=[empty]), NONE, tmp_path / "adapter")


def test_a_folder_that_holds_an_adapter_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "adapter.safetensors").write_bytes(b"weeks of work")
    with pytest.raises(InputRejected, match="holds an adapter already"):
        plan_training(Folders([tmp_path / "absent"]), NONE, tmp_path)


@pytest.mark.slow
def test_one_step_over_forty_pairs_gives_an_adapter_that_changes_the_model_a_little(tmp_path: Path) -> None:
    texts = {f"text-{key}": (f"Program {key}: {prose(key, 4)}", f"{key} {prose(key, 30)}") for key in range(40)}
    plan = plan_training(Folders(texts=[write_benchmark(tmp_path / "texts", texts)]), NONE, tmp_path / "adapter")
    steps: list[tuple[int, int]] = []
    store = open_store(f"sqlite:///{tmp_path / 'vectors.db'}")
    trained = train(plan, store.vectors, lambda done, of: steps.append((done, of)))
    description = json.loads((tmp_path / "adapter" / "adapter.json").read_text(encoding="utf-8"))

    assert steps == [(1, 1)]
    assert (description["base"], description["scale"], description["rank"]) == (BASE, 2.0, 16)
    assert (description["pairs"], description["pairs_by_kind"]) == (40, {"titles": 40})
    assert (description["statements"], description["notices"], description["texts"]) == ([], [], ["texts"])
    assert description["versions"].keys() == {"torch", "peft", "sentence-transformers"}
    assert description["device"] == trained.device
    assert str(tmp_path) not in json.dumps(description)

    encoders = [
        SentenceTransformerEncoder(ADAPTED_NAME, adapter=folder, precision=Precision.FLOAT32)
        for folder in (plan.folder, None)
    ]
    own, bundled = (encoder.encode([prose(1, 30)]) for encoder in encoders)
    assert encoders[0].model_id != encoders[1].model_id
    assert float((own * own).sum()) == pytest.approx(1, abs=1e-4)
    assert float((own * bundled).sum()) < 0.9999


@pytest.mark.slow
def test_a_projection_is_fitted_on_top_of_the_bundled_matrices_and_found_again_at_load(tmp_path: Path) -> None:
    little = write_benchmark(tmp_path / "little")
    plan = plan_training(Folders(rankings=[little]), NONE, tmp_path / "adapter", start=adapter_folder())
    store = open_store(f"sqlite:///{tmp_path / 'vectors.db'}")
    assert train(plan, store.vectors, lambda _done, _of: None).rankings == 1
    projected, without = (
        SentenceTransformerEncoder(ADAPTED_NAME, adapter=folder, precision=Precision.FLOAT32).encode([prose(1, 30)])
        for folder in (plan.folder, _without_projection(plan.folder, tmp_path / "without"))
    )
    matrix = read_adapter(plan.folder)["projection"].float().numpy()
    expected = without @ matrix
    assert projected == pytest.approx(expected / np.linalg.norm(expected), abs=1e-4)


def _without_projection(folder: Path, other: Path) -> Path:
    other.mkdir()
    matrices = {name: matrix for name, matrix in read_adapter(folder).items() if name != "projection"}
    write_adapter(other, matrices, read_description(folder))
    return other
