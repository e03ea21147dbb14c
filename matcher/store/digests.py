"""Digests on their way: claimed once a week, attempted under a lease, marked as sent only after they went out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, String, and_, literal, or_, select, update

from matcher.store import schema
from matcher.store.codec import JsonCodec
from matcher.store.database import Database
from matcher.store.records import DigestRow, DigestState
from matcher.store.timestamps import utc_now

_IDENTIFIERS = JsonCodec(tuple[str, ...])
_DIGESTS = schema.digests.c
_MAILED = schema.mailed_opportunities.c


class SqlDigests:
    """The tables of digests and of mailed opportunities; the contract is `matcher.store.protocol.Digests`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(
        self,
        subscription_id: str,
        week: str,
        message_id: str,
        *,
        digest_id: str,
        content: str,
        opportunity_ids: Sequence[str],
    ) -> DigestRow | None:
        """Insert the row of this week in one statement that can succeed only once."""
        new = {
            "digest_id": digest_id,
            "week": week,
            "message_id": message_id,
            "content": content,
            "opportunity_ids": _IDENTIFIERS.to_json(tuple(opportunity_ids)),
            "state": DigestState.CREATED.value,
            "attempts": 0,
            "is_permanent": False,
            "created_at": utc_now(),
        }
        values = [literal(value, schema.digests.c[name].type) for name, value in new.items()]
        subscribed = schema.subscriptions.c.subscription_id
        row = select(subscribed, *values).where(subscribed == literal(subscription_id, String))
        insert = self._database.insert_into(schema.digests)
        insert = insert.from_select(["subscription_id", *new], row.with_for_update(read=True))
        once = insert.on_conflict_do_nothing(index_elements=[_DIGESTS.subscription_id, _DIGESTS.week])
        with self._database.writing() as connection:
            claimed = connection.execute(once.returning(*_DIGESTS)).one_or_none()
        return None if claimed is None else _digest(claimed)

    def pending(self) -> list[DigestRow]:
        """Return what is neither sent nor given up nor being attempted, oldest first."""
        statement = select(schema.digests).where(_may_be_attempted(utc_now()))
        with self._database.reading() as connection:
            rows = connection.execute(statement.order_by(_DIGESTS.created_at, _DIGESTS.digest_id)).all()
        return [_digest(row) for row in rows]

    def begin_attempt(self, digest_id: str, lease: timedelta) -> DigestRow | None:
        """Count the attempt and take the lease in one compare-and-set statement."""
        now = utc_now()
        statement = (
            update(schema.digests)
            .where(_DIGESTS.digest_id == digest_id, _may_be_attempted(now))
            .values(attempts=_DIGESTS.attempts + 1, attempted_at=now, leased_until=now + lease)
            .returning(*_DIGESTS)
        )
        with self._database.writing() as connection:
            row = connection.execute(statement).one_or_none()
        return None if row is None else _digest(row)

    def mark_sent(self, digest_id: str, at: datetime) -> bool:
        """Set the state and record what was mailed, in one transaction."""
        statement = (
            update(schema.digests)
            .where(_DIGESTS.digest_id == digest_id, _DIGESTS.state != DigestState.SENT)
            .values(state=DigestState.SENT.value, sent_at=at, leased_until=None, reason=None, is_permanent=False)
            .returning(*_DIGESTS)
        )
        with self._database.writing() as connection:
            row = connection.execute(statement).one_or_none()
            if row is not None:
                self._record_mailed(connection, _digest(row), at)
        return row is not None

    def mark_failed(self, digest_id: str, reason: str, *, permanent: bool) -> bool:
        """Set the state and give the lease back."""
        statement = (
            update(schema.digests)
            .where(_DIGESTS.digest_id == digest_id, _DIGESTS.state != DigestState.SENT)
            .values(state=DigestState.FAILED.value, reason=reason, is_permanent=permanent, leased_until=None)
        )
        with self._database.writing() as connection:
            return connection.execute(statement).rowcount == 1

    def for_subscription(self, subscription_id: str) -> list[DigestRow]:
        """Return the digests of one subscription, latest week first."""
        statement = select(schema.digests).where(_DIGESTS.subscription_id == subscription_id)
        with self._database.reading() as connection:
            rows = connection.execute(statement.order_by(_DIGESTS.week.desc())).all()
        return [_digest(row) for row in rows]

    def mailed_opportunities(self, subscription_id: str) -> set[str]:
        """Return the identifiers that sent digests of this subscription held."""
        statement = select(_MAILED.opportunity_id).where(_MAILED.subscription_id == subscription_id)
        with self._database.reading() as connection:
            return set(connection.execute(statement).scalars())

    def _record_mailed(self, connection: Connection, digest: DigestRow, at: datetime) -> None:
        rows: list[dict[str, Any]] = [
            {"subscription_id": digest.subscription_id, "opportunity_id": opportunity_id, "mailed_at": at}
            for opportunity_id in digest.opportunity_ids
        ]
        if rows:
            insert = self._database.insert_into(schema.mailed_opportunities).on_conflict_do_nothing()
            connection.execute(insert, rows)


def _may_be_attempted(now: datetime) -> ColumnElement[bool]:
    return and_(
        _DIGESTS.state != DigestState.SENT,
        _DIGESTS.is_permanent.is_(False),
        or_(_DIGESTS.leased_until.is_(None), _DIGESTS.leased_until <= now),
    )


def _digest(row: Row[Any]) -> DigestRow:
    values = dict(row._mapping)
    values["state"] = DigestState(values["state"])
    values["opportunity_ids"] = _IDENTIFIERS.from_json(values["opportunity_ids"])
    return DigestRow(**values)
