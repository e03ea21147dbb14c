"""A column of half-precision vectors: bytes in Python and in SQLite, `halfvec` of pgvector in PostgreSQL.

The bytes are those of the IEEE 754 half-precision numbers, little-endian, first dimension first. On the way in they are
written in decimal: five significant digits tell any two of them apart. On the way out pgvector sends a header of four
bytes and the big-endian numbers (`halfvec_send`, https://github.com/pgvector/pgvector).
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Dialect, LargeBinary, func
from sqlalchemy.types import UserDefinedType

BYTE_FORMAT = np.dtype("<f2")
_SENT_FORMAT = BYTE_FORMAT.newbyteorder(">")
_HEADER_BYTES = 4


class HalfVec(UserDefinedType[bytes]):
    """A `halfvec` of any number of dimensions; its values in Python are the bytes."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """Return the name of the type."""
        return "HALFVEC"

    def bind_processor(self, dialect: Dialect) -> Callable[[bytes | None], str | None]:
        """Return what writes the bytes as pgvector reads them: `[0.5,-1.25]`."""
        return _written

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Select the binary form."""
        return func.halfvec_send(column, type_=self)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[bytes | None], bytes | None]:
        """Return what makes the bytes of the binary form."""

        def read(sent: bytes | None) -> bytes | None:
            if sent is None:
                return None
            return np.frombuffer(sent, _SENT_FORMAT, offset=_HEADER_BYTES).astype(BYTE_FORMAT).tobytes()

        return read


def _written(stored: bytes | None) -> str | None:
    if stored is None:
        return None
    numbers = tuple(np.frombuffer(stored, BYTE_FORMAT).tolist())
    return _pattern(len(numbers)) % numbers


@cache
def _pattern(dimensions: int) -> str:
    return f"[{','.join(['%.5g'] * dimensions)}]"


HalfVectorBytes = LargeBinary().with_variant(HalfVec(), "postgresql")
