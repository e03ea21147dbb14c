"""Proposals."""

from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, select

from matcher.domain.proposal import Proposal
from matcher.errors import NotFound
from matcher.store import schema
from matcher.store.codec import JsonCodec
from matcher.store.database import Database, Insert
from matcher.store.records import Saved, StoredProposal
from matcher.store.revisions import RevisionedRows

_CODEC = JsonCodec(Proposal)


class SqlProposals(RevisionedRows):
    """The table of proposals; the contract is `matcher.store.protocol.Proposals`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, schema.proposals, schema.proposals.c.proposal_id)

    def save(self, proposal: Proposal, proposal_id: str | None = None) -> Saved:
        """Insert the proposal, or amend it where its content changed."""
        return self._save(proposal_id or str(uuid4()), _CODEC.to_json(proposal), {})

    def get(self, proposal_id: str) -> StoredProposal:
        """Return one proposal."""
        return _stored(self._one(proposal_id, "proposal"))

    def all(self) -> list[StoredProposal]:
        """Return every proposal, by identifier."""
        return [_stored(row) for row in self._every()]

    def delete(self, proposal_id: str) -> None:
        """Delete the row, with all that refers to it, and remember how far its revisions went."""
        is_meant = schema.proposals.c.proposal_id == proposal_id
        with self._database.writing() as connection:
            statement = delete(schema.proposals).where(is_meant).returning(schema.proposals.c.revision)
            revision = connection.execute(statement).scalar_one_or_none()
            if revision is None:
                raise NotFound("no proposal is stored under this identifier", source=proposal_id)
            connection.execute(self._remember_deleted(proposal_id, revision))
            connection.execute(self._advance)

    def _birth_revision(self, connection: Connection, identifier: str) -> int:
        deleted = schema.deleted_proposals
        statement = select(deleted.c.revision).where(deleted.c.proposal_id == identifier)
        return (connection.execute(statement).scalar_one_or_none() or 0) + 1

    def _remember_deleted(self, proposal_id: str, revision: int) -> Insert:
        deleted = schema.deleted_proposals
        insert = self._database.insert_into(deleted).values(proposal_id=proposal_id, revision=revision)
        return insert.on_conflict_do_update(index_elements=[deleted.c.proposal_id], set_={"revision": revision})


def _stored(row: Row[Any]) -> StoredProposal:
    return StoredProposal(
        proposal_id=row.proposal_id,
        proposal=_CODEC.from_json(row.document),
        revision=row.revision,
        created_at=row.created_at,
        changed_at=row.changed_at,
    )
