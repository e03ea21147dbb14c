"""Whose rows a reader sees: the one place that keeps organizations apart.

A store is either of the whole house (`organization_id` None), as the scheduler uses it, or of one organization. What is
of another organization is then as unknown as what was never stored, so that not even its identifiers can be guessed.
"""

from typing import Any

from sqlalchemy import ColumnElement, select

from matcher.store import schema

_PROPOSALS = schema.proposals.c


def owned(proposal_id: ColumnElement[Any], organization_id: str | None) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that the proposal in the column `proposal_id` is of the organization; none for the house."""
    if organization_id is None:
        return ()
    own = select(_PROPOSALS.proposal_id).where(_PROPOSALS.organization_id == organization_id)
    return (proposal_id.in_(own),)
