"""Vectors that wait to be sent to whoever may write."""

from collections.abc import Mapping, Sequence

from numpy import float16
from numpy.typing import NDArray

from matcher.embedding.encoder import VectorCache


class HeldVectors:
    """A vector cache that reads from another one and holds what is new until it is taken."""

    def __init__(self, kept: VectorCache) -> None:
        self._kept = kept
        self._held: dict[str, NDArray[float16]] = {}

    def load(self, model_id: str, text_hashes: Sequence[str]) -> Mapping[str, NDArray[float16]]:
        """Return what is kept or held."""
        held = {key: vector for key in text_hashes if (vector := self._held.get(key)) is not None}
        return {**self._kept.load(model_id, [key for key in text_hashes if key not in held]), **held}

    def save(self, model_id: str, vectors: Mapping[str, NDArray[float16]]) -> None:
        """Hold what is new."""
        for key, vector in vectors.items():
            self._held.setdefault(key, vector)

    def taken(self) -> dict[str, NDArray[float16]]:
        """Return what is held, and hold nothing any more."""
        taken, self._held = self._held, {}
        return taken
