"""An encoder that never encodes the same text twice."""

import hashlib
import threading
from collections.abc import Sequence

import numpy as np

from matcher.embedding.encoder import Encoder, VectorCache, Vectors


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes: the key of its vector."""
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()


class CachedEncoder:
    """An Encoder that looks into a cache first and keeps what it had to encode.

    Vectors pass through float16 whether they are fresh or kept, so that a warm cache changes no score.
    """

    def __init__(self, encoder: Encoder, cache: VectorCache) -> None:
        self._encoder = encoder
        self._cache = cache
        self._count_lock = threading.Lock()
        self.encoded_count = 0
        """How many texts were encoded, not found, since this object was made."""
        self.found_count = 0
        """How many texts had their vector in the cache, since this object was made."""

    def over(self, cache: VectorCache) -> "CachedEncoder":
        """Return the same encoder over another cache."""
        return CachedEncoder(self._encoder, cache)

    @property
    def model_id(self) -> str:
        """The id of the encoder behind the cache."""
        return self._encoder.model_id

    @property
    def dimensions(self) -> int:
        """The length of one vector."""
        return self._encoder.dimensions

    def known_count(self, texts: Sequence[str]) -> int:
        """Return how many of these texts have their vector in the cache; nothing is encoded or loaded for it."""
        return len(self._cache.load(self.model_id, [text_hash(text) for text in texts]))

    def warm_up(self) -> None:
        """Load what the encoder loads when it is first used, so that nobody has to wait for it.

        Raises:
            Unrecoverable: The model cannot be loaded.
        """
        self._encoder.encode(["one"])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, float32 [len(texts), dimensions]; only unknown texts are encoded."""
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        hashes = [text_hash(text) for text in texts]
        known = dict(self._cache.load(self.model_id, list(dict.fromkeys(hashes))))
        with self._count_lock:
            self.found_count += len(known)
        missing = {key: text for key, text in zip(hashes, texts, strict=True) if key not in known}
        if missing:
            fresh = self._encoder.encode(list(missing.values())).astype(np.float16)
            added = dict(zip(missing, fresh, strict=True))
            self._cache.save(self.model_id, added)
            known.update(added)
            with self._count_lock:
                self.encoded_count += len(missing)
        return np.stack([known[key] for key in hashes], dtype=np.float32)
