"""Matrix products whose numbers depend on the two vectors of a pair alone, not on how many others stand beside them.

A library for matrices adds up the terms of one inner product in an order of its own for single vectors and for small
matrices. Measured with OpenBLAS 0.3.31: beyond those sizes each number is the same to the last bit, however many rows
and columns there are. So what is small is filled up with zeros.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_LEAST_ROWS = 512
_LEAST_COLUMNS = 16
"""Together with 384 dimensions three times the size up to which OpenBLAS takes its kernels for small matrices."""


def products(rows: Floats, vectors: Floats) -> Floats:
    """Return the inner product of each row with each vector: float32 [rows, vectors].

    The long side comes first: in this order a product with few vectors takes little more than reading the rows.
    """
    found = _filled(rows, _LEAST_ROWS) @ _filled(vectors, _LEAST_COLUMNS).T
    return np.asarray(found[: len(rows), : len(vectors)])


def _filled(matrix: Floats, least: int) -> Floats:
    if len(matrix) >= least:
        return matrix
    filled = np.zeros((least, matrix.shape[1]), dtype=np.float32)
    filled[: len(matrix)] = matrix
    return filled
