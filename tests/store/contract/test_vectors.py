from time import process_time

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.store.protocol import Store

MODEL = "small-model@1"


def some_vectors(count: int, dimensions: int = 384) -> dict[str, NDArray[np.float16]]:
    rows = np.random.default_rng(7).standard_normal((count, dimensions)).astype(np.float16)
    return {f"{index:064x}": row for index, row in enumerate(rows)}


def test_vectors_come_back_bit_for_bit(store: Store) -> None:
    vectors = some_vectors(3)
    store.vectors.save(MODEL, vectors)
    loaded = store.vectors.load(MODEL, list(vectors))
    assert loaded.keys() == vectors.keys()
    for text_hash, vector in loaded.items():
        assert vector.dtype == np.float16
        np.testing.assert_array_equal(vector, vectors[text_hash])


def test_a_hash_that_is_not_kept_is_absent(store: Store) -> None:
    store.vectors.save(MODEL, {"known": np.ones(2, np.float16)})
    assert list(store.vectors.load(MODEL, ["known", "unknown"])) == ["known"]
    assert store.vectors.load(MODEL, []) == {}


def test_two_models_keep_their_vectors_apart(store: Store) -> None:
    store.vectors.save("one", {"text": np.zeros(2, np.float16)})
    store.vectors.save("other", {"text": np.ones(3, np.float16)})
    np.testing.assert_array_equal(store.vectors.load("one", ["text"])["text"], [0, 0])
    np.testing.assert_array_equal(store.vectors.load("other", ["text"])["text"], [1, 1, 1])


def test_a_vector_that_is_kept_already_stays_as_it_is(store: Store) -> None:
    store.vectors.save(MODEL, {"text": np.zeros(2, np.float16)})
    store.vectors.save(MODEL, {"text": np.ones(2, np.float16), "new": np.ones(2, np.float16)})
    loaded = store.vectors.load(MODEL, ["text", "new"])
    np.testing.assert_array_equal(loaded["text"], [0, 0])
    np.testing.assert_array_equal(loaded["new"], [1, 1])


def test_saving_nothing_is_allowed(store: Store) -> None:
    store.vectors.save(MODEL, {})
    assert store.vectors.load(MODEL, ["text"]) == {}


@pytest.mark.parametrize("vector", [np.ones(2, np.float32), np.ones((1, 2), np.float16)])
def test_a_vector_of_another_shape_or_type_is_refused_with_its_hash(store: Store, vector: NDArray[np.float16]) -> None:
    with pytest.raises(ValueError, match="of text wrong is float"):
        store.vectors.save(MODEL, {"right": np.ones(2, np.float16), "wrong": vector})
    assert store.vectors.load(MODEL, ["right"]) == {}


def test_a_vector_whose_numbers_lie_apart_in_memory_is_kept_right(store: Store) -> None:
    every_second = np.arange(6, dtype=np.float16)[::2]
    store.vectors.save(MODEL, {"text": every_second})
    np.testing.assert_array_equal(store.vectors.load(MODEL, ["text"])["text"], [0, 2, 4])


def test_many_thousand_vectors_load_in_little_time(store: Store) -> None:
    vectors = some_vectors(24_000)
    store.vectors.save(MODEL, vectors)
    started = process_time()
    loaded = store.vectors.load(MODEL, list(vectors))
    seconds = process_time() - started
    assert len(loaded) == len(vectors)
    assert seconds < 3  # 0.35 s for 24,000; a query per vector takes far longer


@pytest.mark.parametrize("numbers", [np.arange(0x7C00, dtype=np.uint16), np.arange(0x8000, 0xFC00, dtype=np.uint16)])
def test_every_number_of_half_precision_is_kept_exactly(store: Store, numbers: NDArray[np.uint16]) -> None:
    vectors = {str(start): numbers[start : start + 1_000].view(np.float16) for start in range(0, numbers.size, 1_000)}
    store.vectors.save(MODEL, vectors)
    for start, vector in store.vectors.load(MODEL, list(vectors)).items():
        np.testing.assert_array_equal(vector.view(np.uint16), vectors[start].view(np.uint16))


def test_all_but_some_texts_are_forgotten_whatever_the_model(store: Store) -> None:
    for model in ("one", "other"):
        store.vectors.save(model, {"kept": np.ones(2, np.float16), "gone": np.zeros(2, np.float16)})
    assert store.vectors.forget_all_but({"kept", "never there"}) == 2
    assert list(store.vectors.load("one", ["kept", "gone"])) == ["kept"]
    store.compact()
    assert list(store.vectors.load("other", ["kept", "gone"])) == ["kept"]
