"""Whether every match rests on the present revisions, or one of its sides is known to be stale."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, and_, case, null, or_, select

from matcher.domain.finding import Finding
from matcher.store import schema

_MATCHES = schema.matches.c
_PROPOSALS = schema.proposals.c
_OPPORTUNITIES = schema.opportunities.c
_JOINED = schema.matches.join(schema.proposals, _PROPOSALS.proposal_id == _MATCHES.proposal_id).join(
    schema.opportunities, _OPPORTUNITIES.opportunity_id == _MATCHES.opportunity_id
)
_IS_PRESENT = and_(
    _MATCHES.proposal_revision == _PROPOSALS.revision, _MATCHES.opportunity_revision == _OPPORTUNITIES.revision
)
_ARE_MARKED = and_(
    _PROPOSALS.scored_revision == _PROPOSALS.revision, _OPPORTUNITIES.scored_revision == _OPPORTUNITIES.revision
)
AGAIN = "run `matcher check --mend` and then `matcher rescore`, which scores the pair again"


def out_of_date(connection: Connection) -> Iterator[Finding]:
    """Yield the matches that rest on a revision which is past, or was never, though both sides count as scored."""
    never = or_(
        _MATCHES.proposal_revision > _PROPOSALS.revision, _MATCHES.opportunity_revision > _OPPORTUNITIES.revision
    )
    statement = select(
        _MATCHES.proposal_id,
        _MATCHES.opportunity_id,
        _MATCHES.proposal_revision,
        _MATCHES.opportunity_revision,
        _PROPOSALS.revision.label("own"),
        _OPPORTUNITIES.revision.label("others"),
    ).select_from(_JOINED)
    for row in connection.execute(statement.where(or_(never, and_(~_IS_PRESENT, _ARE_MARKED)))):
        subject = f"match of proposal {row.proposal_id} with opportunity {row.opportunity_id}"
        found = (
            f"it rests on revisions {row.proposal_revision} and {row.opportunity_revision}; the present ones are "
            f"{row.own} and {row.others}, and both sides count as scored"
        )
        yield Finding("matches", subject, found, AGAIN, (row.proposal_id, row.opportunity_id))


def present(opportunity_id: str) -> Select[Any]:
    """Return the query for the matches of one opportunity that rest on present revisions.

    `marked_fingerprint` is the scorer that both sides are marked with; null where they are not marked alike.
    """
    is_alike = and_(_ARE_MARKED, _PROPOSALS.scored_fingerprint == _OPPORTUNITIES.scored_fingerprint)
    fingerprint = case((is_alike, _PROPOSALS.scored_fingerprint), else_=null()).label("marked_fingerprint")
    columns = (*schema.matches.columns, fingerprint)
    statement = select(*columns).select_from(_JOINED).where(_MATCHES.opportunity_id == opportunity_id, _IS_PRESENT)
    return statement.order_by(_MATCHES.proposal_id)
