"""What proposals are compared by, each as one scorer made it of one revision."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
from sqlalchemy import Connection, Integer, LargeBinary, Row, String, and_, bindparam, select

from matcher.store import schema
from matcher.store.chunks import chunks
from matcher.store.database import Database, Insert
from matcher.store.half_vectors import BYTE_FORMAT
from matcher.store.records import KeptQuery

_QUERIES = schema.proposal_queries.c
_PROPOSALS = schema.proposals.c
_BUCKETS, _WEIGHTS = np.dtype("<u4"), np.dtype("<f4")


class SqlQueries:
    """The table of queries; the contract is `matcher.store.protocol.Queries`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @cached_property
    def _guarded_write(self) -> Insert:
        return _guarded_write(self._database.insert_into(schema.proposal_queries))

    def load(self, proposal_ids: Iterable[str], fingerprint: str) -> dict[str, KeptQuery]:
        """Return queries by proposal."""
        with self._database.reading() as connection:
            return kept_queries(connection, proposal_ids, fingerprint)

    def save(self, queries: Iterable[KeptQuery]) -> None:
        """Write under the guard, in one order, so that no two writers wait for each other; no answer is made of it."""
        values = [_values(query) for query in sorted(queries, key=lambda query: query.proposal_id)]
        if values:
            with self._database.writing_aside() as connection:
                connection.execute(self._guarded_write, values)


def kept_queries(connection: Connection, proposal_ids: Iterable[str], fingerprint: str) -> dict[str, KeptQuery]:
    """Return queries by proposal, in statements of a bounded length; no document is read."""
    is_current = and_(_PROPOSALS.proposal_id == _QUERIES.proposal_id, _PROPOSALS.revision == _QUERIES.revision)
    statement = select(schema.proposal_queries).join(schema.proposals, is_current)
    found: dict[str, KeptQuery] = {}
    for chunk in chunks(proposal_ids):
        meant = (_QUERIES.fingerprint == fingerprint, _QUERIES.proposal_id.in_(chunk))
        for row in connection.execute(statement.where(*meant)):
            found[row.proposal_id] = _query(row)
    return found


def _guarded_write(insert: Insert) -> Insert:
    """Return the statement that writes a query only where the proposal still is at the revision it was made of."""
    row = select(
        _PROPOSALS.proposal_id,
        _PROPOSALS.revision,
        bindparam("the_fingerprint", type_=String),
        bindparam("the_passages", type_=Integer),
        bindparam("the_vectors", type_=LargeBinary),
        bindparam("the_buckets", type_=LargeBinary),
        bindparam("the_weights", type_=LargeBinary),
    ).where(
        _PROPOSALS.proposal_id == bindparam("the_proposal_id", type_=String),
        _PROPOSALS.revision == bindparam("the_revision", type_=Integer),
    )
    columns = schema.proposal_queries.columns
    insert = insert.from_select([column.name for column in columns], row)
    replaced = {column.name: insert.excluded[column.name] for column in columns if not column.primary_key}
    return insert.on_conflict_do_update(index_elements=[_QUERIES.proposal_id], set_=replaced)


def _values(query: KeptQuery) -> dict[str, Any]:
    return {
        "the_proposal_id": query.proposal_id,
        "the_revision": query.revision,
        "the_fingerprint": query.fingerprint,
        "the_passages": len(query.vectors),
        "the_vectors": query.vectors.astype(BYTE_FORMAT, copy=False).tobytes(),
        "the_buckets": query.buckets.astype(_BUCKETS, copy=False).tobytes(),
        "the_weights": query.weights.astype(_WEIGHTS, copy=False).tobytes(),
    }


def _query(row: Row[Any]) -> KeptQuery:
    return KeptQuery(
        row.proposal_id,
        row.revision,
        row.fingerprint,
        np.frombuffer(row.vectors, BYTE_FORMAT).astype(np.float16, copy=False).reshape(row.passages, -1),
        np.frombuffer(row.buckets, _BUCKETS).astype(np.uint32, copy=False),
        np.frombuffer(row.weights, _WEIGHTS).astype(np.float32, copy=False),
    )
