"""What was said of matches, and what is muted."""

from dataclasses import asdict

from sqlalchemy import ColumnElement, delete, exists, select

from matcher.domain.feedback import Feedback, FeedbackKind, Mute, MuteKind
from matcher.domain.organization import LOCAL
from matcher.errors import NotFound
from matcher.store import schema
from matcher.store.database import Database
from matcher.store.ownership import Scoped, owned, require_proposal

_FEEDBACK = schema.feedback.c
_MUTES = schema.mutes.c


class SqlFeedback(Scoped):
    """The table of feedback; the contract is `matcher.store.feedback_protocol.FeedbackRows`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, feedback: Feedback) -> None:
        """Insert the row, or replace the one of the same match."""
        opportunities = schema.opportunities.c.opportunity_id
        insert = self._database.insert_into(schema.feedback).values(asdict(feedback))
        upsert = insert.on_conflict_do_update(
            index_elements=[_FEEDBACK.proposal_id, _FEEDBACK.opportunity_id],
            set_={"kind": insert.excluded.kind, "at": insert.excluded.at},
        )
        with self._database.writing() as connection:
            require_proposal(connection, feedback.proposal_id, self._organization_id)
            if not connection.execute(select(exists().where(opportunities == feedback.opportunity_id))).scalar_one():
                raise NotFound("no opportunity is stored under this identifier", source=feedback.opportunity_id)
            connection.execute(upsert)

    def remove(self, proposal_id: str, opportunity_id: str) -> None:
        """Delete the row."""
        is_meant = (_FEEDBACK.proposal_id == proposal_id, _FEEDBACK.opportunity_id == opportunity_id)
        with self._database.writing() as connection:
            gone = connection.execute(delete(schema.feedback).where(*is_meant, *self._visible))
            if gone.rowcount == 0:
                raise NotFound("nothing was said of this match", source=f"{proposal_id}, {opportunity_id}")

    def all(self) -> list[Feedback]:
        """Return every row, latest first."""
        order = (_FEEDBACK.at.desc(), _FEEDBACK.proposal_id, _FEEDBACK.opportunity_id)
        with self._database.reading() as connection:
            rows = connection.execute(select(schema.feedback).where(*self._visible).order_by(*order)).all()
        return [Feedback(row.proposal_id, row.opportunity_id, FeedbackKind(row.kind), row.at) for row in rows]

    @property
    def _visible(self) -> tuple[ColumnElement[bool], ...]:
        return owned(_FEEDBACK.proposal_id, self._organization_id)


class SqlMutes(Scoped):
    """The table of mutes; the contract is `matcher.store.feedback_protocol.Mutes`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, mute: Mute) -> Mute:
        """Insert the mute, unless one about the same is there."""
        owner = self._organization_id or LOCAL
        insert = self._database.insert_into(schema.mutes).values(organization_id=owner, **asdict(mute))
        unique = [_MUTES.organization_id, _MUTES.kind, _MUTES.value]
        with self._database.writing() as connection:
            connection.execute(insert.on_conflict_do_nothing(index_elements=unique))
        same = (_MUTES.organization_id == owner, _MUTES.kind == mute.kind, _MUTES.value == mute.value)
        return self._where(*same)[0]

    def get(self, mute_id: str) -> Mute:
        """Return one mute."""
        found = self._where(_MUTES.mute_id == mute_id)
        if not found:
            raise _unknown(mute_id)
        return found[0]

    def all(self) -> list[Mute]:
        """Return every mute, latest first."""
        return self._where()

    def remove(self, mute_id: str) -> None:
        """Delete the mute."""
        with self._database.writing() as connection:
            gone = connection.execute(delete(schema.mutes).where(_MUTES.mute_id == mute_id, *self._visible))
            if gone.rowcount == 0:
                raise _unknown(mute_id)

    @property
    def _visible(self) -> tuple[ColumnElement[bool], ...]:
        return () if self._organization_id is None else (_MUTES.organization_id == self._organization_id,)

    def _where(self, *conditions: ColumnElement[bool]) -> list[Mute]:
        statement = select(schema.mutes).where(*conditions, *self._visible)
        with self._database.reading() as connection:
            rows = connection.execute(statement.order_by(_MUTES.at.desc(), _MUTES.mute_id)).all()
        return [Mute(row.mute_id, MuteKind(row.kind), row.value, row.at) for row in rows]


def _unknown(mute_id: str) -> NotFound:
    return NotFound("no mute is stored under this identifier", source=mute_id)
