"""The real encoder: loaded late, unit length, and close to itself in either number format."""

import subprocess
import sys

import numpy as np
import pytest

from matcher.embedding.precision import Precision
from matcher.embedding.sentence_transformer import SentenceTransformerEncoder
from matcher.errors import Unrecoverable

TEXTS = ["A garden for the school.", "School gardening for children", "Repairs of submarine hulls"]


@pytest.fixture(scope="module")
def real() -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(precision=Precision.FLOAT32)


def test_texts_that_mean_the_same_are_closer_than_texts_that_do_not(real: SentenceTransformerEncoder) -> None:
    vectors = real.encode(TEXTS)
    assert vectors.shape == (3, real.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3


def test_the_order_of_texts_is_the_order_of_vectors(real: SentenceTransformerEncoder) -> None:
    forwards, backwards = real.encode(TEXTS), real.encode(TEXTS[::-1])
    assert np.allclose(forwards, backwards[::-1], atol=1e-5)


def test_texts_of_many_lengths_come_to_the_model_in_few(real: SentenceTransformerEncoder) -> None:
    lengths: set[int] = set()
    module = real._transformer()[0]
    hook = module.register_forward_pre_hook(lambda _, given: lengths.add(given[0]["input_ids"].shape[1]))
    for words in range(1, 60, 9):
        real.encode(["garden " * words])
    real.encode(["garden " * 400])
    hook.remove()
    assert lengths == {32, 64, 256}


def test_bfloat16_loses_next_to_nothing(real: SentenceTransformerEncoder) -> None:
    halved = SentenceTransformerEncoder(precision=Precision.BFLOAT16)
    cosines = (real.encode(TEXTS) * halved.encode(TEXTS)).sum(axis=1)
    assert cosines.min() > 0.999
    assert real.model_id != halved.model_id


def test_naming_the_model_does_not_load_it() -> None:
    encoder = SentenceTransformerEncoder()
    assert encoder.dimensions == 384
    assert encoder.model_id.startswith("all-MiniLM-L6-v2+grants@")
    assert encoder.encode([]).shape == (0, 384)
    assert not encoder.is_loaded


def test_importing_the_module_imports_no_torch() -> None:
    script = "import sys, matcher.bootstrap; print('torch' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


def test_a_model_that_is_nowhere_is_refused_by_name(tmp_path_factory: pytest.TempPathFactory) -> None:
    absent = str(tmp_path_factory.mktemp("models") / "absent")
    with pytest.raises(Unrecoverable, match="absent"):
        SentenceTransformerEncoder(absent).encode(["text"])
