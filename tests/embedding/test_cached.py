"""No text is encoded twice, and a warm cache changes nothing."""

import numpy as np

from matcher.embedding.cached import CachedEncoder, text_hash
from tests.fakes import BagOfWords, MemoryCache


def test_a_text_is_encoded_once_however_often_it_is_asked_for() -> None:
    behind = BagOfWords()
    cached = CachedEncoder(behind, MemoryCache())
    first = cached.encode(["one text", "another", "one text"])
    again = cached.encode(["another", "one text"])
    assert behind.encoded == ["one text", "another"]
    assert cached.encoded_count == 2
    assert np.array_equal(first[[1, 0]], again)
    assert np.array_equal(first[0], first[2])


def test_a_fresh_vector_equals_the_kept_one_to_the_bit() -> None:
    cache = MemoryCache()
    fresh = CachedEncoder(BagOfWords(), cache).encode(["a b c"])
    kept = CachedEncoder(BagOfWords(), cache).encode(["a b c"])
    assert fresh.tobytes() == kept.tobytes()
    assert fresh.dtype == np.float32


def test_vectors_are_kept_by_model_as_well_as_by_text() -> None:
    cache = MemoryCache()
    CachedEncoder(BagOfWords(), cache).encode(["a"])
    other = BagOfWords()
    other.model_id = "another model"
    CachedEncoder(other, cache).encode(["a"])
    assert other.encoded == ["a"]
    assert {key for _, key in cache.kept} == {text_hash("a")}


def test_no_texts_give_an_empty_matrix_of_the_right_width() -> None:
    behind = BagOfWords()
    assert CachedEncoder(behind, MemoryCache()).encode([]).shape == (0, behind.dimensions)
