"""Proposals, each of one organization."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, delete, func, select

from matcher.domain.organization import LOCAL
from matcher.domain.proposal import Proposal
from matcher.errors import NotFound
from matcher.store import schema
from matcher.store.codec import JsonCodec
from matcher.store.database import Database, Insert
from matcher.store.ownership import Scoped, owned
from matcher.store.records import Saved, StoredProposal
from matcher.store.revisions import RevisionedRows

_CODEC = JsonCodec(Proposal)
_COLUMNS = schema.proposals.c


class SqlProposals(Scoped, RevisionedRows):
    """The table of proposals; the contract is `matcher.store.protocol.Proposals`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, schema.proposals, _COLUMNS.proposal_id)

    @property
    def _visible(self) -> tuple[ColumnElement[bool], ...]:
        return owned(_COLUMNS.proposal_id, self._organization_id)

    def save(self, proposal: Proposal, proposal_id: str | None = None) -> Saved:
        """Insert the proposal, or amend it where its content changed."""
        extra = {"organization_id": self._organization_id or LOCAL, "source": proposal.source}
        return self._save(proposal_id or str(uuid4()), _CODEC.to_json(proposal), extra)

    def get(self, proposal_id: str) -> StoredProposal:
        """Return one proposal."""
        return _stored(self._one(proposal_id, "proposal"))

    def some(self, proposal_ids: Iterable[str]) -> dict[str, StoredProposal]:
        """Return proposals by identifier, read in queries of a bounded length."""
        return {row.proposal_id: _stored(row) for row in self._those(proposal_ids)}

    def all(self) -> list[StoredProposal]:
        """Return every proposal, by identifier."""
        return [_stored(row) for row in self._every()]

    def page(self, offset: int, limit: int) -> tuple[list[StoredProposal], int]:
        """Return some proposals, the latest first, and how many there are."""
        statement = select(schema.proposals).where(*self._visible)
        latest = statement.order_by(_COLUMNS.changed_at.desc(), _COLUMNS.proposal_id).offset(offset).limit(limit)
        count = select(func.count()).select_from(schema.proposals).where(*self._visible)
        with self._database.reading() as connection:
            rows = connection.execute(latest).all()
            return [_stored(row) for row in rows], connection.execute(count).scalar_one()

    def titles(self) -> dict[str, str]:
        """Return the titles; of each document nothing else is decoded."""
        statement = select(_COLUMNS.proposal_id, _COLUMNS.document).where(*self._visible)
        with self._database.reading() as connection:
            rows = connection.execute(statement.order_by(_COLUMNS.proposal_id)).all()
        return {row.proposal_id: _title(row.document) for row in rows}

    def title(self, proposal_id: str) -> str:
        """Return one title."""
        statement = select(_COLUMNS.document).where(_COLUMNS.proposal_id == proposal_id, *self._visible)
        with self._database.reading() as connection:
            document = connection.execute(statement).scalar_one_or_none()
        if document is None:
            raise _unknown(proposal_id)
        return _title(document)

    def from_source(self, source: str) -> str | None:
        """Return the first proposal that came from a document of this name; no document is read."""
        statement = select(_COLUMNS.proposal_id).where(_COLUMNS.source == source, *self._visible)
        with self._database.reading() as connection:
            return connection.execute(statement.order_by(_COLUMNS.proposal_id).limit(1)).scalar_one_or_none()

    def delete(self, proposal_id: str) -> None:
        """Delete the row, with all that refers to it, and remember how far its revisions went."""
        with self._database.writing() as connection:
            self.delete_in(connection, proposal_id)

    def delete_in(self, connection: Connection, proposal_id: str) -> None:
        """Do the same inside the transaction of the caller.

        Raises:
            NotFound: None is stored under `proposal_id`.
        """
        self._take_turns(connection, proposal_id)
        is_meant = _COLUMNS.proposal_id == proposal_id
        statement = delete(schema.proposals).where(is_meant, *self._visible).returning(_COLUMNS.revision)
        revision = connection.execute(statement).scalar_one_or_none()
        if revision is None:
            raise _unknown(proposal_id)
        connection.execute(self._remember_deleted(proposal_id, revision))
        connection.execute(self._advance)

    def _admit(self, connection: Connection, identifier: str) -> None:
        """Refuse to amend what is of another organization, as if it were not there.

        Nobody deletes it meanwhile: the revision that it is born with goes by whether it was there.
        """
        self._take_turns(connection, identifier)
        if self._organization_id is None:
            return
        statement = select(_COLUMNS.organization_id).where(_COLUMNS.proposal_id == identifier)
        if connection.execute(statement).scalar_one_or_none() not in (None, self._organization_id):
            raise _unknown(identifier)

    def _birth_revision(self, connection: Connection, identifier: str) -> int:
        deleted = schema.deleted_proposals
        statement = select(deleted.c.revision).where(deleted.c.proposal_id == identifier)
        return (connection.execute(statement).scalar_one_or_none() or 0) + 1

    def _take_turns(self, connection: Connection, proposal_id: str) -> None:
        self._database.take_turns(connection, f"proposal {proposal_id}")

    def _remember_deleted(self, proposal_id: str, revision: int) -> Insert:
        deleted = schema.deleted_proposals
        insert = self._database.insert_into(deleted).values(proposal_id=proposal_id, revision=revision)
        return insert.on_conflict_do_update(index_elements=[deleted.c.proposal_id], set_={"revision": revision})


def _title(document: str) -> str:
    return str(json.loads(document)["title"])


def _unknown(proposal_id: str) -> NotFound:
    return NotFound("no proposal is stored under this identifier", source=proposal_id)


def _stored(row: Row[Any]) -> StoredProposal:
    return StoredProposal(
        proposal_id=row.proposal_id,
        organization_id=row.organization_id,
        proposal=_CODEC.from_json(row.document),
        revision=row.revision,
        created_at=row.created_at,
        changed_at=row.changed_at,
    )
