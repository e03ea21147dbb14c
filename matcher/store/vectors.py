"""Vectors by (model, text hash), for ever.

One vector is the bytes of its IEEE 754 half-precision numbers, little-endian, first dimension first, without a header:
two bytes a dimension; PostgreSQL keeps the same numbers as `halfvec`. Half precision costs a cosine about 8e-5 and
halves the file.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, select

from matcher.store import schema
from matcher.store.database import Database
from matcher.store.half_vectors import BYTE_FORMAT

HalfVector = NDArray[np.float16]
"""One vector: [dimensions]."""

_HASHES_PER_QUERY = 1_000
_VECTORS_PER_TRANSACTION = 2_000

Item = TypeVar("Item")


class SqlVectors:
    """The table of vectors; the contract is `matcher.store.protocol.Vectors`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._insert = database.insert_into(schema.vectors).on_conflict_do_nothing()

    def load(self, model_id: str, text_hashes: Sequence[str]) -> dict[str, HalfVector]:
        """Return the vectors that are kept."""
        with self._database.reading() as connection:
            return kept_vectors(connection, model_id, text_hashes)

    def save(self, model_id: str, vectors: Mapping[str, HalfVector]) -> None:
        """Keep the vectors in several short transactions; one that is kept already stays as it is."""
        rows = [
            {"model_id": model_id, "text_hash": text_hash, "vector": _to_bytes(text_hash, vector)}
            for text_hash, vector in vectors.items()
        ]
        for chunk in _chunks(rows, _VECTORS_PER_TRANSACTION):
            with self._database.writing_aside() as connection:
                connection.execute(self._insert, chunk)

    def forget_all_but(self, text_hashes: Collection[str]) -> int:
        """Delete the others, a thousand texts in each transaction."""
        column = schema.vectors.c.text_hash
        with self._database.reading() as connection:
            kept = set(connection.execute(select(column).distinct()).scalars())
        forgotten = 0
        for chunk in _chunks(sorted(kept.difference(text_hashes)), _HASHES_PER_QUERY):
            with self._database.writing() as connection:
                forgotten += connection.execute(delete(schema.vectors).where(column.in_(chunk))).rowcount
        return forgotten


def kept_vectors(connection: Connection, model_id: str, text_hashes: Iterable[str]) -> dict[str, HalfVector]:
    """Return those of some vectors that are kept, in queries of a bounded length."""
    columns = schema.vectors.c
    found: dict[str, HalfVector] = {}
    for chunk in _chunks(text_hashes, _HASHES_PER_QUERY):
        statement = select(columns.text_hash, columns.vector)
        chosen = statement.where(columns.model_id == model_id, columns.text_hash.in_(chunk))
        for text_hash, stored in connection.execute(chosen):
            found[text_hash] = np.frombuffer(stored, BYTE_FORMAT).astype(np.float16, copy=False)
    return found


def _to_bytes(text_hash: str, vector: HalfVector) -> bytes:
    if vector.ndim != 1 or vector.dtype != np.float16:
        found = f"{vector.dtype} of shape {vector.shape}"
        raise ValueError(f"a stored vector is float16 with one axis; that of text {text_hash} is {found}")
    return vector.astype(BYTE_FORMAT, copy=False).tobytes()


def _chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    remaining = iter(items)
    while chunk := list(islice(remaining, size)):
        yield chunk
