"""Matches, written only while they are true.

A scorer reads two revisions, computes for a while, and writes. Meanwhile either side may have changed and been scored
again by somebody faster; an unguarded write would then put the old result over the new one, for good, because both rows
are marked as scored. So each statement here checks both revisions itself. Where others may write at the same time, both
rows are locked for share first, and pairs are written in one order, so that no two writers wait for each other.

What explains a match follows from its row and may be added to it later; so it is written aside, and only to a row of
the same revisions and the same scorer.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache, cached_property
from itertools import product
from typing import Any, Self

from sqlalchemy import (
    Column,
    ColumnElement,
    Delete,
    Double,
    Integer,
    Row,
    Select,
    String,
    Text,
    Update,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    select,
    true,
    update,
)

from matcher.domain.match import BareMatch, Match, MatchHead
from matcher.domain.vocabulary import Verdict
from matcher.store import schema
from matcher.store.chunks import chunks
from matcher.store.database import Database, Insert
from matcher.store.locks import hold_pairs
from matcher.store.match_changes import MatchChanges
from matcher.store.match_rows import PRIORITIES, bare_match, keys, keys_of, known_match, stored_match, values_of
from matcher.store.ownership import Scoped, owned
from matcher.store.records import MatchChange, ScoredPair, StoredMatch, UnmatchedPair
from matcher.store.timestamps import UtcTimestamp

_VERDICTS = {verdict.value: verdict for verdict in Verdict}
_MATCHES = schema.matches.c
_OF_PROPOSAL = bindparam("the_proposal_id", type_=String)
_OF_OPPORTUNITY = bindparam("the_opportunity_id", type_=String)
_AT_PROPOSAL_REVISION = bindparam("the_proposal_revision", type_=Integer)
_AT_OPPORTUNITY_REVISION = bindparam("the_opportunity_revision", type_=Integer)
_BY_SCORER = bindparam("the_fingerprint", type_=String)
_WITH_PRIORITIES = bindparam("the_priorities", type_=Text)
_IS_PAIR = (_MATCHES.proposal_id == _OF_PROPOSAL, _MATCHES.opportunity_id == _OF_OPPORTUNITY)
_PROPOSAL_IS_CURRENT = and_(
    schema.proposals.c.proposal_id == _OF_PROPOSAL, schema.proposals.c.revision == _AT_PROPOSAL_REVISION
)
_OPPORTUNITY_IS_CURRENT = and_(
    schema.opportunities.c.opportunity_id == _OF_OPPORTUNITY,
    schema.opportunities.c.revision == _AT_OPPORTUNITY_REVISION,
)


class SqlMatches(Scoped):
    """The table of matches; the contract is `matcher.store.protocol.Matches`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._changes = MatchChanges(database)

    def of(self, organization_id: str) -> Self:
        """Return the matches of one organization, to read; those who write are of the house."""
        scoped = super().of(organization_id)
        scoped._changes = self._changes.of(organization_id)
        return scoped

    @cached_property
    def _guarded_write(self) -> Insert:
        return guarded_write(self._database.insert_into(schema.matches))

    @property
    def _visible(self) -> tuple[ColumnElement[bool], ...]:
        """The condition on every row that is read."""
        return owned(_MATCHES.proposal_id, self._organization_id)

    def write(self, proposal_id: str, proposal_revision: int, opportunity_revision: int, match: BareMatch) -> bool:
        """Write one match under the guard."""
        return self.write_many([ScoredPair(proposal_id, proposal_revision, opportunity_revision, match)]) == 1

    def write_many(self, rows: Iterable[ScoredPair]) -> int:
        """Write matches under the guard, in one transaction; the documents are made before it begins."""
        pairs = sorted(rows, key=lambda row: (row.proposal_id, row.match.opportunity_id))
        values = [values_of(row) for row in pairs]
        if not values:
            return 0
        with self._database.writing() as connection:
            hold_pairs(self._database, connection, ((row.proposal_id, row.match.opportunity_id) for row in pairs))
            self._changes.record(connection, pairs)
            return connection.execute(self._guarded_write, values).rowcount

    def explain_many(self, rows: Iterable[ScoredPair]) -> int:
        """Add what explains them to matches, in one transaction; answers stay the same, so the version does."""
        pairs = sorted(rows, key=lambda row: (row.proposal_id, row.match.opportunity_id))
        values = [
            {
                **keys_of(row),
                "the_fingerprint": row.match.fingerprint,
                "the_priorities": PRIORITIES.to_json(row.match.priorities),
            }
            for row in pairs
            if isinstance(row.match, Match)
        ]
        if not values:
            return 0
        with self._database.writing_aside() as connection:
            return connection.execute(_EXPLANATION, values).rowcount

    def discard_many(self, pairs: Iterable[UnmatchedPair]) -> int:
        """Delete matches under the guard, in one transaction."""
        unmatched = sorted(pairs, key=lambda pair: (pair.proposal_id, pair.opportunity_id))
        values = [
            keys(pair.proposal_id, pair.proposal_revision, pair.opportunity_id, pair.opportunity_revision)
            for pair in unmatched
        ]
        if not values:
            return 0
        with self._database.writing() as connection:
            hold_pairs(self._database, connection, ((pair.proposal_id, pair.opportunity_id) for pair in unmatched))
            self._changes.record(connection, unmatched)
            return connection.execute(_guarded_discard(), values).rowcount

    def standing(
        self, proposal_ids: Collection[str], opportunity_ids: Collection[str] | None = None
    ) -> dict[str, set[str]]:
        """Return which pairs have a match, without reading a document."""
        columns = select(_MATCHES.proposal_id, _MATCHES.opportunity_id).where(*self._visible)
        named: list[ColumnElement[bool]] = [true()]
        if opportunity_ids is not None:
            named = [_MATCHES.opportunity_id.in_(chunk) for chunk in chunks(opportunity_ids)]
        found: dict[str, set[str]] = {}
        with self._database.reading() as connection:
            for chunk, is_named in product(chunks(proposal_ids), named):
                rows = connection.execute(columns.where(_MATCHES.proposal_id.in_(chunk), is_named))
                for proposal_id, opportunity_id in rows:
                    found.setdefault(proposal_id, set()).add(opportunity_id)
        return found

    def changes(
        self, *, proposal_id: str | None = None, opportunity_id: str | None = None, since: datetime | None = None
    ) -> list[MatchChange]:
        """Return what new revisions of opportunities did to matches, latest first."""
        return self._changes.select(proposal_id=proposal_id, opportunity_id=opportunity_id, since=since)

    def count(self) -> int:
        """Count the rows."""
        statement = select(func.count()).select_from(schema.matches).where(*self._visible)
        with self._database.reading() as connection:
            return connection.execute(statement).scalar_one()

    def for_proposal(self, proposal_id: str) -> list[StoredMatch]:
        """Return the matches of one proposal, best fit first."""
        rows = self._ordered(_MATCHES.proposal_id, proposal_id, _MATCHES.opportunity_id)
        return [stored_match(row, known_match(row)) for row in rows]

    def heads(self, proposal_id: str) -> list[MatchHead]:
        """Return what stands beside the documents; an index holds all of it."""
        columns = (_MATCHES.opportunity_id, _MATCHES.fit, _MATCHES.verdict)
        statement = select(*columns).where(_MATCHES.proposal_id == proposal_id, *self._visible)
        with self._database.reading() as connection:
            rows = connection.execute(statement.order_by(_MATCHES.fit.desc(), _MATCHES.opportunity_id)).all()
        return [MatchHead(opportunity_id, fit, _VERDICTS[verdict]) for opportunity_id, fit, verdict in rows]

    def at_least(self, proposal_id: str, fit: float) -> list[BareMatch]:
        """Return the matches of one proposal from a fit on, best fit first; the longest column is not read."""
        is_meant = (_MATCHES.proposal_id == proposal_id, _MATCHES.fit >= fit, *self._visible)
        columns = [column for column in schema.matches.columns if column is not _MATCHES.priorities]
        statement = select(*columns).where(*is_meant).order_by(_MATCHES.fit.desc(), _MATCHES.opportunity_id)
        with self._database.reading() as connection:
            rows = connection.execute(statement).all()
        return [bare_match(row) for row in rows]

    def among(self, proposal_id: str, opportunity_ids: Collection[str]) -> list[StoredMatch]:
        """Return the matches of one proposal with some opportunities, best fit first."""
        found = []
        for chunk in chunks(opportunity_ids):
            named = _MATCHES.opportunity_id.in_(chunk)
            rows = self._ordered(_MATCHES.proposal_id, proposal_id, _MATCHES.opportunity_id, named)
            found += [stored_match(row, known_match(row)) for row in rows]
        return sorted(found, key=lambda one: (-one.match.fit, one.match.opportunity_id))

    def below(self, proposal_id: str, fit: float, limit: int) -> tuple[list[tuple[str, int, float]], int]:
        """Return what little of the best matches under a fit lies beside their documents, and count them all."""
        is_below = (_MATCHES.proposal_id == proposal_id, _MATCHES.fit < fit, *self._visible)
        columns = (_MATCHES.opportunity_id, _MATCHES.opportunity_revision, _MATCHES.fit)
        best = select(*columns).where(*is_below).order_by(_MATCHES.fit.desc(), _MATCHES.opportunity_id).limit(limit)
        total = select(func.count()).select_from(schema.matches).where(*is_below)
        with self._database.reading() as connection:
            return [tuple(row) for row in connection.execute(best)], connection.execute(total).scalar_one()

    def for_opportunity(self, opportunity_id: str) -> list[StoredMatch]:
        """Return the matches of one opportunity, best fit first."""
        rows = self._ordered(_MATCHES.opportunity_id, opportunity_id, _MATCHES.proposal_id)
        return [stored_match(row, known_match(row)) for row in rows]

    def _ordered(
        self, side: Column[str], identifier: str, other_side: Column[str], *conditions: ColumnElement[bool]
    ) -> Sequence[Row[Any]]:
        statement = select(schema.matches).where(side == identifier, *conditions, *self._visible)
        with self._database.reading() as connection:
            return connection.execute(statement.order_by(_MATCHES.fit.desc(), other_side)).all()


def guarded_write(insert: Insert) -> Insert:
    """Return the statement that writes a match only where both revisions are current, and never over a newer one.

    What explains a match stays where the same comes again without it.
    """
    insert = insert.from_select([column.name for column in schema.matches.columns], _row_if_current())
    new = insert.excluded
    is_same = and_(
        new.priorities.is_(None),
        _MATCHES.proposal_revision == new.proposal_revision,
        _MATCHES.opportunity_revision == new.opportunity_revision,
        _MATCHES.fingerprint == new.fingerprint,
    )
    replaced = {column.name: new[column.name] for column in schema.matches.columns if not column.primary_key}
    return insert.on_conflict_do_update(
        index_elements=[_MATCHES.proposal_id, _MATCHES.opportunity_id],
        set_={**replaced, "priorities": case((is_same, _MATCHES.priorities), else_=new.priorities)},
        where=and_(
            _MATCHES.proposal_revision <= new.proposal_revision,
            _MATCHES.opportunity_revision <= new.opportunity_revision,
        ),
    )


def _row_if_current() -> Select[Any]:
    """Return the new row as a query that is empty unless both revisions are current; columns as in the table."""
    row = select(
        schema.proposals.c.proposal_id,
        schema.opportunities.c.opportunity_id,
        schema.proposals.c.revision,
        schema.opportunities.c.revision,
        bindparam("the_fit", type_=Double),
        bindparam("the_verdict", type_=String),
        _BY_SCORER,
        bindparam("the_time", type_=UtcTimestamp),
        bindparam("the_eligibility", type_=Text),
        _WITH_PRIORITIES,
    )
    joined = row.join_from(schema.proposals, schema.opportunities, _OPPORTUNITY_IS_CURRENT)
    return joined.where(_PROPOSAL_IS_CURRENT).with_for_update(read=True)


@cache
def _guarded_discard() -> Delete:
    """Return the statement that deletes a match only where both revisions are current, and never a newer one."""
    return delete(schema.matches).where(
        *_IS_PAIR,
        _MATCHES.proposal_revision <= _AT_PROPOSAL_REVISION,
        _MATCHES.opportunity_revision <= _AT_OPPORTUNITY_REVISION,
        exists().where(_PROPOSAL_IS_CURRENT),
        exists().where(_OPPORTUNITY_IS_CURRENT),
    )


def _explanation() -> Update:
    """Return the statement that adds what explains a match to the row that it was worked out for."""
    of_this_row = update(schema.matches).where(
        *_IS_PAIR,
        _MATCHES.proposal_revision == _AT_PROPOSAL_REVISION,
        _MATCHES.opportunity_revision == _AT_OPPORTUNITY_REVISION,
        _MATCHES.fingerprint == _BY_SCORER,
    )
    return of_this_row.values(priorities=_WITH_PRIORITIES)


_EXPLANATION = _explanation()
