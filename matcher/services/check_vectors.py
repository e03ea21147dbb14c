"""Whether vectors are what an encoder gives: finite, of one length, of unit norm, under the hash of a text."""

import re
from collections.abc import Iterable, Iterator

import numpy as np

from matcher.domain.finding import Finding
from matcher.store.audit.opened import AuditedVector

NORM_TOLERANCE = 0.01
"""Half precision moves the norm of a unit vector of 384 dimensions by less than a thousandth."""
_HASH = re.compile(r"[0-9a-f]{64}")
_AGAIN = "run `matcher check --mend`, which drops it; the text is encoded anew when it is next needed"


class VectorCheck:
    """Looks at vectors once, and remembers of which texts the model in use has one."""

    def __init__(self, model_id: str) -> None:
        self.model_id = model_id
        self._known: set[bytes] = set()

    def flaws(self, vectors: Iterable[AuditedVector]) -> Iterator[Finding]:
        """Yield what is wrong with any vector of any model.

        The length that most vectors of a model have is taken for its own.
        """
        by_size: dict[str, dict[int, list[bytes]]] = {}
        for stored in vectors:
            flaw = _flaw(stored)
            if flaw is not None:
                yield _finding(stored.model_id, stored.text_hash, flaw)
            if _HASH.fullmatch(stored.text_hash):
                key = bytes.fromhex(stored.text_hash)
                by_size.setdefault(stored.model_id, {}).setdefault(stored.vector.size, []).append(key)
        for model_id, sizes in by_size.items():
            own = max(sizes, key=lambda size: len(sizes[size]))
            for size in sizes.keys() - {own}:
                found = f"it has {size} dimensions, and the others of its model have {own}"
                yield from (_finding(model_id, key.hex(), found) for key in sizes[size])
        self._known.update(*by_size.get(self.model_id, {}).values())

    def missing(self, text_hashes: Iterable[str]) -> set[str]:
        """Return those of these texts that the model in use has no vector of."""
        return {key for key in text_hashes if bytes.fromhex(key) not in self._known}


def _flaw(stored: AuditedVector) -> str | None:
    if not _HASH.fullmatch(stored.text_hash):
        return "its key is not the SHA-256 of a text"
    if not np.isfinite(stored.vector).all():
        return "it holds numbers that are infinite or none"
    norm = float(np.linalg.norm(stored.vector.astype(np.float32)))
    return None if abs(norm - 1) <= NORM_TOLERANCE else f"its norm is {norm:.3f}, and that of a unit vector is 1"


def _finding(model_id: str, text_hash: str, found: str) -> Finding:
    return Finding("vectors", f"vector {text_hash[:12]}… of {model_id}", found, _AGAIN, (model_id, text_hash))
