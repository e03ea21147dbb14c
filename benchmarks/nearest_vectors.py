"""What the nearest vectors cost in PostgreSQL, exactly and by an HNSW index, beside the exact product in memory.

    python -m benchmarks.nearest_vectors [VECTORS] [QUERIES]

The vectors are made: 384 dimensions, unit length, around centres as texts on one subject lie around theirs. `found` is
the share of the truly nearest 50 that an answer holds; `above` the share of the vectors above a cosine of 0.6, which a
ranking that keeps every pair above a floor must not miss.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import numpy as np
import psycopg
from numpy.typing import NDArray

from matcher.store.sql_store import open_store
from tests.postgres_server import FAST, USER, PostgresServer

DIMENSIONS = 384
NEAREST = 50
FLOOR = 0.6
_MODEL = "made"
_PER_SUBJECT = 200
_NEAR = "SELECT text_hash FROM vectors ORDER BY (vector::halfvec(384)) <#> %s::halfvec(384) LIMIT %s"
_INDEX = "CREATE INDEX near ON vectors USING hnsw ((vector::halfvec(384)) halfvec_ip_ops)"

Result = TypeVar("Result")
Matrix = NDArray[np.float32]
"""[vectors, dimensions]"""


def made(count: int, seed: int = 1) -> Matrix:
    """Return vectors of unit length, each near one of some centres."""
    chance = np.random.default_rng(seed)
    centres = chance.standard_normal((max(1, count // _PER_SUBJECT), DIMENSIONS))
    vectors = centres[chance.integers(len(centres), size=count)] + 0.8 * chance.standard_normal((count, DIMENSIONS))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float16).astype(np.float32)


def main(count: int = 100_000, queries: int = 50) -> None:
    """Measure and print."""
    vectors = made(count)
    asked = vectors[:: max(1, count // queries)][:queries]
    products, seconds = _timed(lambda: [vectors @ query for query in asked])
    print(f"{count:,} vectors in memory, exact: {seconds / len(asked) * 1000:.1f} ms a query")
    with _served(vectors) as connection:
        _tell(connection, asked, products, "PostgreSQL, exact")
        _, seconds = _timed(lambda: connection.execute(_INDEX))
        print(f"HNSW index: built in {seconds:.1f} s")
        connection.execute("SET hnsw.iterative_scan = strict_order")
        for width in (40, 200, 1000):
            connection.execute(f"SET hnsw.ef_search = {width}")
            _tell(connection, asked, products, f"HNSW, ef_search {width}")


@contextmanager
def _served(vectors: Matrix) -> Iterator[psycopg.Connection]:
    server = PostgresServer(*FAST, "-c", "maintenance_work_mem=1GB", "-c", "shared_buffers=512MB")
    try:
        with open_store(server.create("vectors")) as store:
            kept = {f"{place:08}": vector for place, vector in enumerate(vectors.astype(np.float16))}
            _, seconds = _timed(lambda: store.vectors.save(_MODEL, kept))
            print(f"kept in PostgreSQL in {seconds:.1f} s")
        with psycopg.connect(host=str(server.folder), user=USER, dbname="vectors", autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE vectors")
            yield connection
    finally:
        server.remove()


def _tell(connection: psycopg.Connection, asked: Matrix, products: list[Matrix], how: str) -> None:
    written = [str(query.tolist()) for query in asked]
    nearest, seconds = _timed(lambda: [_places(connection, query, NEAREST) for query in written])
    found, above = [], []
    for query, exact, places in zip(written, products, nearest, strict=True):
        found.append(len(np.intersect1d(places, np.argsort(-exact)[:NEAREST])) / NEAREST)
        wanted = np.flatnonzero(exact >= FLOOR)
        above.append(len(np.intersect1d(_places(connection, query, len(wanted)), wanted)) / len(wanted))
    print(
        f"{how}: {seconds / len(asked) * 1000:.1f} ms a query, found {np.mean(found):.4f}, above {np.mean(above):.4f}"
    )


def _places(connection: psycopg.Connection, query: str, count: int) -> NDArray[np.int64]:
    return np.array([int(name) for (name,) in connection.execute(_NEAR, (query, count))])


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
