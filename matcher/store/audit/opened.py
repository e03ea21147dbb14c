"""One unchanging state of a store, of whatever revision, to be looked over while others write."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, select

from matcher.domain.finding import Finding
from matcher.domain.match import BareMatch
from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import Proposal
from matcher.errors import Unrecoverable
from matcher.store import schema
from matcher.store.audit import ledger, mails, matches, references, revisions, subscriptions
from matcher.store.codec import JsonCodec
from matcher.store.half_vectors import BYTE_FORMAT
from matcher.store.match_rows import known_match
from matcher.store.migrate import current_revision, existing, head_revision
from matcher.store.queries import kept_queries
from matcher.store.records import KeptQuery
from matcher.store.vectors import kept_vectors

_OPPORTUNITIES = JsonCodec(Opportunity)
_PROPOSALS = JsonCodec(Proposal)
_ROWS_AT_ONCE = 500
_PROPOSALS_IN_MEMORY = 512

Stored = TypeVar("Stored")
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class AuditedOpportunity:
    """An opportunity as it is now; `is_listed`: some source lists it, or none ever did."""

    opportunity: Opportunity
    is_listed: bool


@dataclass(frozen=True, slots=True)
class AuditedMatch:
    """A match that rests on the present revisions of both sides; a whole `Match` if its explanation is kept.

    `verdict` is the one that rankings are made by. `fingerprint` is that of the scorer which both sides are marked
    with; None where the marks differ or are stale.
    """

    proposal_id: str
    verdict: str
    fingerprint: str | None
    match: BareMatch


@dataclass(frozen=True, slots=True)
class AuditedVector:
    """A vector, [dimensions], under its key."""

    model_id: str
    text_hash: str
    vector: NDArray[np.float16]


class Audit:
    """What can be asked of one state of a store; a document that cannot be read is told and passed over.

    Args:
        connection: In a transaction that sees one unchanging state.
        name: The URL of the database, without a password.
    """

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection = connection
        self._name = name
        self.unreadable: list[Finding] = []
        """One for each document that was met and cannot be read."""
        self.proposal = lru_cache(maxsize=_PROPOSALS_IN_MEMORY)(self._proposal)
        """Return one proposal by its identifier; None if its document cannot be read."""

    def schema_findings(self) -> list[Finding]:
        """Return what is wrong with the schema; unless nothing is, no other question can be asked."""
        revision, head = current_revision(self._connection), head_revision()
        if revision == head:
            return []
        found = f"its schema has revision {revision}, and this version of matcher needs {head}"
        advice = "run any other command, such as `matcher sources`, which brings it up to date, and check again"
        return [Finding("schema", self._name, found, advice)]

    def findings(self, now: datetime) -> Iterator[Finding]:
        """Yield what the tables tell by themselves; `now` decides which digests are overdue."""
        yield from references.damage(self._connection, self._name)
        for rule in (references.lost, revisions.broken, matches.out_of_date, ledger.off, subscriptions.unfounded):
            yield from rule(self._connection)
        yield from mails.broken(self._connection)
        yield from mails.overdue(self._connection, now)

    def counts(self) -> dict[str, int]:
        """Return how many rows of each table there are to look at."""
        return references.row_counts(self._connection)

    def proposals(self) -> Iterator[tuple[str, Proposal]]:
        """Yield every proposal with its identifier."""
        columns = schema.proposals.c
        for row in self._stream(select(columns.proposal_id, columns.document).order_by(columns.proposal_id)):
            found = self._read(_PROPOSALS.from_json, row.document, f"proposal {row.proposal_id}")
            if found is not None:
                yield row.proposal_id, found

    def opportunities(self) -> Iterator[AuditedOpportunity]:
        """Yield every opportunity by its identifier."""
        columns = schema.opportunities.c
        wanted = select(columns.opportunity_id, columns.vanished_at, columns.document).order_by(columns.opportunity_id)
        for row in self._stream(wanted):
            found = self._read(_OPPORTUNITIES.from_json, row.document, f"opportunity {row.opportunity_id}")
            if found is not None:
                yield AuditedOpportunity(found, row.vanished_at is None)

    def matches_of(self, opportunity_id: str) -> Iterator[AuditedMatch]:
        """Yield the matches of one opportunity that rest on the present revisions."""
        for row in self._connection.execute(matches.present(opportunity_id)):
            pair = f"match of proposal {row.proposal_id} with opportunity {opportunity_id}"
            found = self._read(known_match, row, pair)
            if found is not None:
                yield AuditedMatch(row.proposal_id, row.verdict, row.marked_fingerprint, found)

    def vectors(self) -> Iterator[AuditedVector]:
        """Yield every vector."""
        columns = schema.vectors.c
        for row in self._stream(select(columns.model_id, columns.text_hash, columns.vector)):
            vector = np.frombuffer(row.vector[: len(row.vector) // 2 * 2], BYTE_FORMAT).astype(np.float16, copy=False)
            yield AuditedVector(row.model_id, row.text_hash, vector)

    def vectors_of(self, model_id: str, text_hashes: Iterable[str]) -> dict[str, NDArray[np.float16]]:
        """Return those of some vectors that are kept, by text hash."""
        return kept_vectors(self._connection, model_id, text_hashes)

    def queries(self, proposal_ids: Iterable[str], fingerprint: str) -> dict[str, KeptQuery]:
        """Return what some proposals are compared by as they are now, by proposal."""
        return kept_queries(self._connection, proposal_ids, fingerprint)

    def _proposal(self, proposal_id: str) -> Proposal | None:
        columns = schema.proposals.c
        statement = select(columns.document).where(columns.proposal_id == proposal_id)
        document = self._connection.execute(statement).scalar_one_or_none()
        return None if document is None else self._read(_PROPOSALS.from_json, document, f"proposal {proposal_id}")

    def _read(self, decode: Callable[[Stored], Read], stored: Stored, subject: str) -> Read | None:
        try:
            return decode(stored)
        except Unrecoverable as error:
            found = Finding("documents", subject, str(error), "bring the document again, or restore a backup")
            if found not in self.unreadable:
                self.unreadable.append(found)
            return None

    def _stream(self, statement: Select[Any]) -> Iterator[Any]:
        yield from self._connection.execute(statement, execution_options={"yield_per": _ROWS_AT_ONCE})


@contextmanager
def audited(url: str) -> Iterator[Audit]:
    """Yield the present state of the store at `url`; nothing is changed, the schema neither.

    Raises:
        InputRejected: There is no store at `url`.
        RetryLater: The database is held by others or cannot be reached.
        Unrecoverable: The database is damaged or unreadable.
    """
    database = existing(url)
    try:
        with database.reading() as connection:
            yield Audit(connection, database.name)
    finally:
        database.close()
