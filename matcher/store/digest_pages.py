"""What each digest says to each subscription, and what it said before."""

import zlib
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from matcher.domain.digest import Decision
from matcher.store import schema
from matcher.store.codec import JsonCodec
from matcher.store.database import Database
from matcher.store.mail_records import DigestPage, Mailed, Reminded, Shown, WrittenMail

_PAGES = schema.digests.c
_MAILED = schema.mailed_opportunities.c
_REMINDERS = schema.reminders.c
_SHOWN = JsonCodec(tuple[Shown, ...])
_DECISIONS = JsonCodec(tuple[Decision, ...])


class SqlDigests:
    """The tables of digests and of what was mailed; the contract is `matcher.store.mail_protocol.Digests`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pages(self, mail_id: str) -> list[DigestPage]:
        """Return what a mail says to each of its subscriptions."""
        statement = select(schema.digests).where(_PAGES.mail_id == mail_id).order_by(_PAGES.subscription_id)
        with self._database.reading() as connection:
            rows = connection.execute(statement).all()
        return [
            DigestPage(row.subscription_id, row.week, _SHOWN.from_json(row.shown), _unpacked(row.decisions))
            for row in rows
        ]

    def mailed(self, subscription_id: str, proposal_id: str) -> dict[str, Mailed]:
        """Return what sent digests showed to a subscription for one proposal."""
        statement = select(_MAILED.opportunity_id, _MAILED.revision, _MAILED.mailed_at).where(
            _MAILED.subscription_id == subscription_id, _MAILED.proposal_id == proposal_id
        )
        with self._database.reading() as connection:
            rows = connection.execute(statement).all()
        return {row.opportunity_id: Mailed(row.revision, row.mailed_at) for row in rows}

    def subscriptions_of(self, mail_id: str) -> list[str]:
        """Return the subscriptions of a mail, of either kind."""
        digests = select(_PAGES.subscription_id).where(_PAGES.mail_id == mail_id)
        reminders = select(_REMINDERS.subscription_id).where(_REMINDERS.mail_id == mail_id)
        with self._database.reading() as connection:
            return sorted(connection.execute(digests.union(reminders)).scalars())

    def reminded(self, subscription_id: str) -> set[Reminded]:
        """Return the deadlines that a subscription was reminded of."""
        columns = (_REMINDERS.subscription_id, _REMINDERS.opportunity_id, _REMINDERS.deadline)
        statement = select(*columns).where(_REMINDERS.subscription_id == subscription_id)
        with self._database.reading() as connection:
            return {Reminded(*row) for row in connection.execute(statement)}


def replace_pages(database: Database, connection: Connection, mail: WrittenMail) -> None:
    """Keep the pages of a mail that was just written, in its transaction."""
    connection.execute(delete(schema.digests).where(_PAGES.mail_id == mail.mail_id))
    rows = [_page_row(mail.mail_id, page) for page in mail.pages]
    if rows:
        connection.execute(insert(schema.digests), rows)


def mark_shown(database: Database, connection: Connection, mail_id: str, at: datetime) -> None:
    """Record what a mail showed as mailed, in the transaction that marks it as sent."""
    pages = connection.execute(select(_PAGES.subscription_id, _PAGES.shown).where(_PAGES.mail_id == mail_id)).all()
    rows: list[dict[str, Any]] = [
        {
            "subscription_id": page.subscription_id,
            "proposal_id": shown.proposal_id,
            "opportunity_id": shown.opportunity_id,
            "revision": shown.revision,
            "mailed_at": at,
        }
        for page in pages
        for shown in _SHOWN.from_json(page.shown)
    ]
    if not rows:
        return
    new = database.insert_into(schema.mailed_opportunities)
    latest = {"revision": new.excluded.revision, "mailed_at": new.excluded.mailed_at}
    key = [_MAILED.subscription_id, _MAILED.proposal_id, _MAILED.opportunity_id]
    connection.execute(new.on_conflict_do_update(index_elements=key, set_=latest), rows)


def _page_row(mail_id: str, page: DigestPage) -> dict[str, Any]:
    return {
        "subscription_id": page.subscription_id,
        "week": page.week,
        "mail_id": mail_id,
        "shown": _SHOWN.to_json(page.shown),
        "decisions": zlib.compress(_DECISIONS.to_json(page.decisions).encode()),
    }


def _unpacked(decisions: bytes | None) -> tuple[Decision, ...]:
    return () if decisions is None else _DECISIONS.from_json(zlib.decompress(decisions).decode())
