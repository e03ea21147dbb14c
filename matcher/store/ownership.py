"""Whose rows a reader sees: the one place that keeps organizations apart.

A store is either of the whole house (`organization_id` None), as the scheduler uses it, or of one organization. What is
of another organization is then as unknown as what was never stored, so that not even its identifiers can be guessed.
"""

from copy import copy
from typing import Any, Self

from sqlalchemy import ColumnElement, Connection, select

from matcher.errors import NotFound
from matcher.store import schema

_PROPOSALS = schema.proposals.c


class Scoped:
    """A table of the whole house, which `of` returns as one organization sees it."""

    _organization_id: str | None = None

    def of(self, organization_id: str) -> Self:
        """Return the rows of one organization, over the same connections."""
        scoped = copy(self)
        scoped._organization_id = organization_id
        return scoped


def owned(proposal_id: ColumnElement[Any], organization_id: str | None) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that the proposal in the column `proposal_id` is of the organization; none for the house."""
    if organization_id is None:
        return ()
    own = select(_PROPOSALS.proposal_id).where(_PROPOSALS.organization_id == organization_id)
    return (proposal_id.in_(own),)


def require_organization(connection: Connection, organization_id: str) -> None:
    """Check that an organization is stored; nobody removes it before the transaction ends.

    Raises:
        NotFound: It is not.
    """
    column = schema.organizations.c.organization_id
    statement = select(column).where(column == organization_id).with_for_update(read=True, key_share=True)
    if connection.execute(statement).scalar_one_or_none() is None:
        raise NotFound("no organization is stored under this identifier", source=organization_id)


def require_proposal(connection: Connection, proposal_id: str, organization_id: str | None) -> None:
    """Check that a proposal is stored and is of the organization; nobody deletes it before the transaction ends.

    Raises:
        NotFound: It is not.
    """
    is_meant = (_PROPOSALS.proposal_id == proposal_id, *owned(_PROPOSALS.proposal_id, organization_id))
    statement = select(_PROPOSALS.proposal_id).where(*is_meant).with_for_update(read=True, key_share=True)
    if connection.execute(statement).scalar_one_or_none() is None:
        raise NotFound("no proposal is stored under this identifier", source=proposal_id)
