"""Stand-ins whose results can be told by eye."""

import re
import zlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.embedding.encoder import Vectors

DIMENSIONS = 384


class BagOfWords:
    """An encoder without a model: two texts are as similar as the words that they share."""

    model_id = "bag-of-words"
    dimensions = DIMENSIONS

    def __init__(self) -> None:
        self.encoded: list[str] = []
        """Every text that was encoded, in order."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Count each text's words into hashed columns, and scale to unit length."""
        self.encoded += texts
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                vectors[row, zlib.crc32(word.encode()) % DIMENSIONS] += 1
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1), dtype=np.float32)


class MemoryCache:
    """A vector cache in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], NDArray[np.float16]] = {}

    def load(self, model_id: str, text_hashes: Sequence[str]) -> Mapping[str, NDArray[np.float16]]:
        """Return what is kept."""
        return {key: self.kept[model_id, key] for key in text_hashes if (model_id, key) in self.kept}

    def save(self, model_id: str, vectors: Mapping[str, NDArray[np.float16]]) -> None:
        """Keep what is new."""
        for key, vector in vectors.items():
            self.kept.setdefault((model_id, key), vector)
