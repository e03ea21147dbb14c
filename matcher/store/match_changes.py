"""What new revisions of opportunities did to matches, found and kept in the transaction that writes the matches."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, select

from matcher.domain.match import EligibilityFinding
from matcher.store import schema
from matcher.store.chunks import chunks
from matcher.store.database import Database
from matcher.store.match_rows import FINDINGS
from matcher.store.ownership import Scoped, owned
from matcher.store.records import MatchChange, ScoredPair, UnmatchedPair
from matcher.store.timestamps import utc_now

_CHANGES = schema.match_changes.c
_OPPORTUNITIES = schema.opportunities.c

Pair = ScoredPair | UnmatchedPair


class MatchChanges(Scoped):
    """The table of match changes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._insert = database.insert_into(schema.match_changes).on_conflict_do_nothing()

    def record(self, connection: Connection, pairs: Sequence[Pair]) -> None:
        """Keep what `pairs` will change, before they are written or discarded under the guard.

        A pair counts if both of its revisions are the current ones, the opportunity was scored before at an older
        revision, and the proposal at this one, by the same scorer: then nothing but the new revision is the cause.
        """
        rows = []
        for pair, found in self._amended(connection, pairs):
            change = _change(pair, found)
            if change is not None:
                rows.append(change)
        if rows:
            connection.execute(self._insert, rows)

    def select(
        self, *, proposal_id: str | None = None, opportunity_id: str | None = None, since: datetime | None = None
    ) -> list[MatchChange]:
        """Return the changes that answer to all that is named, latest first."""
        statement = select(schema.match_changes).where(*owned(_CHANGES.proposal_id, self._organization_id))
        if proposal_id is not None:
            statement = statement.where(_CHANGES.proposal_id == proposal_id)
        if opportunity_id is not None:
            statement = statement.where(_CHANGES.opportunity_id == opportunity_id)
        if since is not None:
            statement = statement.where(_CHANGES.at >= since)
        order = (_CHANGES.at.desc(), _CHANGES.proposal_id, _CHANGES.opportunity_id, _CHANGES.opportunity_revision)
        with self._database.reading() as connection:
            return [_stored(row) for row in connection.execute(statement.order_by(*order))]

    def _amended(self, connection: Connection, pairs: Sequence[Pair]) -> Iterable[tuple[Pair, Row[Any]]]:
        """Yield the pairs whose opportunity is at a newer revision than it was scored at, with what stood before."""
        amended = set(_amended_among(connection, map(_opportunity_of, pairs)))
        by_proposal: dict[str, dict[str, Pair]] = {}
        for pair in pairs:
            if _opportunity_of(pair) in amended:
                by_proposal.setdefault(pair.proposal_id, {})[_opportunity_of(pair)] = pair
        for proposal_id, mine in by_proposal.items():
            for chosen in chunks(mine):
                for row in connection.execute(_before(proposal_id, chosen)).all():
                    yield mine[row.opportunity_id], row


def _amended_among(connection: Connection, opportunity_ids: Iterable[str]) -> Iterator[str]:
    """Yield those of some opportunities that were last scored at an older revision; most are new, or unchanged."""
    for chosen in chunks(opportunity_ids):
        named = select(_OPPORTUNITIES.opportunity_id).where(_OPPORTUNITIES.opportunity_id.in_(chosen))
        yield from connection.execute(named.where(_OPPORTUNITIES.scored_revision < _OPPORTUNITIES.revision)).scalars()


def _before(proposal_id: str, opportunity_ids: Sequence[str]) -> Any:  # noqa: ANN401 - a select of seven columns
    proposals, opportunities, matches = schema.proposals.c, _OPPORTUNITIES, schema.matches.c
    of_pair: ColumnElement[bool] = and_(
        matches.proposal_id == proposals.proposal_id, matches.opportunity_id == opportunities.opportunity_id
    )
    return (
        select(
            proposals.revision.label("proposal_revision"),
            proposals.scored_fingerprint,
            opportunities.opportunity_id,
            opportunities.revision,
            opportunities.scored_revision,
            matches.fit,
            matches.eligibility,
        )
        .select_from(schema.proposals)
        .join(schema.opportunities, opportunities.opportunity_id.in_(opportunity_ids))
        .outerjoin(schema.matches, of_pair)
        .where(
            proposals.proposal_id == proposal_id,
            proposals.scored_revision == proposals.revision,
            opportunities.scored_fingerprint == proposals.scored_fingerprint,
            opportunities.scored_revision < opportunities.revision,
        )
        .with_for_update(read=True, of=(schema.proposals, schema.opportunities))
    )


def _change(pair: Pair, before: Row[Any]) -> dict[str, Any] | None:
    """Return the row that tells what `pair` changes; None if it changes nothing, or something else is the cause."""
    if (pair.proposal_revision, pair.opportunity_revision) != (before.proposal_revision, before.revision):
        return None
    now = pair.match if isinstance(pair, ScoredPair) else None
    scorer = pair.match.fingerprint if isinstance(pair, ScoredPair) else pair.fingerprint
    if scorer not in (None, before.scored_fingerprint):
        return None
    was = None if before.eligibility is None else FINDINGS.from_json(before.eligibility)
    fit, finding = (None, None) if now is None else (now.fit, now.eligibility)
    if _judgment(before.fit, was) == _judgment(fit, finding):
        return None
    return {
        "proposal_id": pair.proposal_id,
        "opportunity_id": before.opportunity_id,
        "opportunity_revision": before.revision,
        "previous_revision": before.scored_revision,
        "previous_fit": before.fit,
        "fit": fit,
        "previous_eligibility": before.eligibility,
        "eligibility": None if finding is None else FINDINGS.to_json(finding),
        "at": utc_now(),
    }


def _judgment(fit: float | None, finding: EligibilityFinding | None) -> object:
    """Return what a person is told of a match: quotes may move within a text without any other meaning."""
    if fit is None or finding is None:
        return None
    return round(fit, 2), finding.verdict, tuple((reason.verdict, reason.sentence) for reason in finding.reasons)


def _opportunity_of(pair: Pair) -> str:
    return pair.match.opportunity_id if isinstance(pair, ScoredPair) else pair.opportunity_id


def _stored(row: Row[Any]) -> MatchChange:
    return MatchChange(
        proposal_id=row.proposal_id,
        opportunity_id=row.opportunity_id,
        opportunity_revision=row.opportunity_revision,
        previous_revision=row.previous_revision,
        previous_fit=row.previous_fit,
        fit=row.fit,
        previous_eligibility=None if row.previous_eligibility is None else FINDINGS.from_json(row.previous_eligibility),
        eligibility=None if row.eligibility is None else FINDINGS.from_json(row.eligibility),
        at=row.at,
    )
