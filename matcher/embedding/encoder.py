"""What the rest of the house knows of an encoder and of the place where its vectors are kept."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Unit vectors, one a row: [texts, dimensions]."""


class Encoder(Protocol):
    """Turns texts into vectors whose dot product is their similarity."""

    @property
    def model_id(self) -> str:
        """Names the model and everything that changes its vectors; equal ids give equal vectors."""
        ...

    @property
    def dimensions(self) -> int:
        """The length of one vector."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, in the order of `texts`: float32 [len(texts), dimensions]."""
        ...


class VectorCache(Protocol):
    """Keeps vectors for ever under (model id, text hash); two texts alike share one vector."""

    def load(self, model_id: str, text_hashes: Sequence[str]) -> Mapping[str, NDArray[np.float16]]:
        """Return the vectors that are kept, by text hash; a hash that is not kept is absent."""
        ...

    def save(self, model_id: str, vectors: Mapping[str, NDArray[np.float16]]) -> None:
        """Keep `vectors` by text hash; one that is kept already stays as it is."""
        ...
