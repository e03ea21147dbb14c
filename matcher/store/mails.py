"""Mails on their way: one row a period, written once, sent under a lease, marked as sent only after they went out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select, update

from matcher.domain.mail import Lease, mail_id, message_id
from matcher.domain.schedule import Occasion, Schedule
from matcher.errors import NotFound
from matcher.store import schema
from matcher.store.database import Database
from matcher.store.digest_pages import mark_shown, replace_pages
from matcher.store.mail_claims import OPEN_STATES, due_recipients, is_leased, is_suppressed, supersede
from matcher.store.mail_records import (
    MailKind,
    MailRow,
    MailState,
    Period,
    Reminded,
    WrittenMail,
)

_MAILS = schema.mails.c
_IS_OPEN = _MAILS.state.in_(OPEN_STATES)


class SqlMails:
    """The table of mails; the contract is `matcher.store.mail_protocol.Mails`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim_digests(
        self, occasions: Mapping[Schedule, Occasion], lease: Lease, limit: int, domain: str
    ) -> list[MailRow]:
        """Insert the rows of people who are due, in the transaction that found them."""
        with self._database.reading() as connection:  # most often nobody is, and nobody else must wait for that
            if not due_recipients(connection, occasions, lease.taken_at, 1):
                return []
        with self._database.writing() as connection:
            self._database.take_turns(connection, "claim digests")
            rows = []
            for recipient, week in due_recipients(connection, occasions, lease.taken_at, limit):
                if not supersede(connection, recipient, week, lease.taken_at):
                    continue
                period = Period(MailKind.DIGEST, recipient, week)
                held = {"leased_until": lease.until, "holder": lease.holder, "attempts": 1}
                rows.append(_new_row(period, domain, lease.taken_at) | held)
            return self._insert(connection, rows)

    def enqueue(
        self, period: Period, content: str, domain: str, now: datetime, reminded: Sequence[Reminded] = ()
    ) -> MailRow | None:
        """Insert one written mail, once."""
        row = _new_row(period, domain, now) | {"state": MailState.READY.value, "content": content}
        with self._database.writing() as connection:
            kept = self._insert(connection, [row])
            if not kept:
                return None
            rows = [_reminder(one, kept[0].mail_id) for one in reminded]
            if rows:
                connection.execute(self._database.insert_into(schema.reminders).on_conflict_do_nothing(), rows)
        return kept[0]

    def take(self, lease: Lease, limit: int, longest_wait: datetime, kinds: Sequence[MailKind]) -> list[MailRow]:
        """Lease what is open and due in one statement, passing over what somebody else is taking this moment."""
        now = lease.taken_at
        # A time too far ahead was written while the clock was wrong; nobody waits for it.
        has_come = or_(_MAILS.due_at <= now, _MAILS.due_at > longest_wait)
        is_free = or_(_MAILS.leased_until.is_(None), _MAILS.leased_until <= now, _MAILS.leased_until > lease.until)
        wanted = (
            select(_MAILS.mail_id)
            .where(_IS_OPEN, has_come, is_free, _MAILS.kind.in_(kinds), ~is_suppressed(_MAILS.email_address))
            .order_by(_MAILS.due_at, _MAILS.mail_id)
            .limit(limit)
        )
        taken = wanted.with_for_update(skip_locked=True, of=schema.mails).cte("taken")
        statement = (
            update(schema.mails)
            .where(_MAILS.mail_id.in_(select(taken.c.mail_id)))
            .values(leased_until=lease.until, holder=lease.holder, attempts=_MAILS.attempts + 1)
            .returning(*_MAILS)
        )
        with self._database.reading() as connection:
            if connection.execute(wanted.limit(1)).first() is None:
                return []
        with self._database.writing() as connection:
            return sorted((_mail(row) for row in connection.execute(statement)), key=_age)

    def write(self, holder: str, written: Iterable[WrittenMail]) -> list[MailRow]:
        """Keep what mails say, and return those that are to be sent now."""
        ready = []
        with self._database.writing() as connection:
            for mail in written:
                state = MailState.QUIET if mail.content is None else MailState.READY
                kept: dict[str, Any] = {"content": mail.content, "state": state.value}
                if mail.content is None:
                    kept |= {"leased_until": None, "holder": None}
                row = self._change(connection, mail.mail_id, kept, _MAILS.holder == holder)
                if row is not None:
                    replace_pages(self._database, connection, mail)
                    ready += [row] if row.state is MailState.READY else []
        return ready

    def renew(self, identifier: str, lease: Lease) -> bool:
        """Move the end of a lease that is still held."""
        with self._database.writing() as connection:
            values = {"leased_until": lease.until}
            return self._change(connection, identifier, values, _MAILS.holder == lease.holder) is not None

    def mark_sent(self, identifier: str, at: datetime) -> bool:
        """Set the state and record what was shown, in one transaction."""
        with self._database.writing() as connection:
            values = {"state": MailState.SENT.value, "sent_at": at, "reason": None, "leased_until": None}
            row = self._change(connection, identifier, values)
            if row is not None:
                mark_shown(self._database, connection, identifier, at)
        return row is not None

    def defer(self, identifier: str, reason: str, until: datetime) -> bool:
        """Give the lease back; the mail is due again at `until`."""
        return self._close(identifier, reason=reason, due_at=until)

    def give_up(self, identifier: str, state: MailState, reason: str) -> bool:
        """End the way of a mail that is not sent."""
        return self._close(identifier, state=state.value, reason=reason)

    def release(self, holder: str) -> int:
        """Give back the leases of one holder that sent nothing under them."""
        statement = update(schema.mails).where(_IS_OPEN, _MAILS.holder == holder)
        with self._database.writing() as connection:
            return connection.execute(statement.values(leased_until=None, holder=None)).rowcount

    def get(self, identifier: str) -> MailRow:
        """Return one mail."""
        with self._database.reading() as connection:
            row = connection.execute(select(schema.mails).where(_MAILS.mail_id == identifier)).one_or_none()
        if row is None:
            raise NotFound("no mail is stored under this identifier", source=identifier)
        return _mail(row)

    def by_message_id(self, identifier: str) -> MailRow | None:
        """Return the mail that went out under a Message-ID."""
        with self._database.reading() as connection:
            row = connection.execute(select(schema.mails).where(_MAILS.message_id == identifier)).one_or_none()
        return None if row is None else _mail(row)

    def for_address(self, email_address: str) -> list[MailRow]:
        """Return every mail to one address, latest first."""
        statement = select(schema.mails).where(_MAILS.email_address == email_address)
        with self._database.reading() as connection:
            rows = connection.execute(statement.order_by(_MAILS.created_at.desc(), _MAILS.mail_id)).all()
        return [_mail(row) for row in rows]

    def counts(self) -> dict[MailState, int]:
        """Count the mails by state; states without any are absent."""
        with self._database.reading() as connection:
            rows = connection.execute(select(_MAILS.state, func.count()).group_by(_MAILS.state)).all()
        return {MailState(state): count for state, count in rows}

    def forget_before(self, moment: datetime) -> int:
        """Drop what old mails said; the rows stay, so that no period comes twice."""
        statement = (
            update(schema.mails)
            .where(_MAILS.created_at < moment, ~_IS_OPEN, _MAILS.content.is_not(None))
            .values(content=None)
        )
        pages = update(schema.digests).where(
            schema.digests.c.mail_id.in_(select(_MAILS.mail_id).where(_MAILS.created_at < moment, ~_IS_OPEN))
        )
        with self._database.writing() as connection:
            connection.execute(pages.values(decisions=None))
            return connection.execute(statement).rowcount

    def give_up_before(self, moment: datetime) -> int:
        """Give up what could not be sent since then."""
        statement = update(schema.mails).where(_IS_OPEN, _MAILS.created_at < moment, ~is_leased(moment))
        with self._database.writing() as connection:
            return connection.execute(statement.values(state=MailState.REFUSED.value, leased_until=None)).rowcount

    def _close(self, identifier: str, **values: object) -> bool:
        with self._database.writing() as connection:
            return self._change(connection, identifier, values | {"leased_until": None, "holder": None}) is not None

    def _change(
        self, connection: Connection, identifier: str, values: Mapping[str, Any], *conditions: ColumnElement[bool]
    ) -> MailRow | None:
        """Change an open mail, and return it as it is then; None if it is open no more or a condition fails."""
        is_meant = and_(_MAILS.mail_id == identifier, _IS_OPEN, *conditions)
        statement = update(schema.mails).where(is_meant).values(**values).returning(*_MAILS)
        row = connection.execute(statement).one_or_none()
        return None if row is None else _mail(row)

    def _insert(self, connection: Connection, rows: Sequence[dict[str, Any]]) -> list[MailRow]:
        if not rows:
            return []
        statement = self._database.insert_into(schema.mails).on_conflict_do_nothing().returning(*_MAILS)
        return [_mail(row) for row in connection.execute(statement, list(rows))]


def _new_row(period: Period, domain: str, now: datetime) -> dict[str, Any]:
    recipient = period.recipient
    identifier = mail_id(period.kind, recipient.organization_id, recipient.email_address, period.key)
    return {
        "mail_id": identifier,
        "kind": period.kind.value,
        "organization_id": recipient.organization_id,
        "email_address": recipient.email_address,
        "period": period.key,
        "message_id": message_id(period.kind, identifier, domain),
        "state": MailState.CREATED.value,
        "attempts": 0,
        "created_at": now,
        "due_at": now,
    }


def _reminder(reminded: Reminded, identifier: str) -> dict[str, Any]:
    return {
        "subscription_id": reminded.subscription_id,
        "opportunity_id": reminded.opportunity_id,
        "deadline": reminded.deadline,
        "mail_id": identifier,
    }


def _age(mail: MailRow) -> tuple[datetime, str]:
    return mail.due_at, mail.mail_id


def _mail(row: Row[Any]) -> MailRow:
    values = dict(row._mapping)
    return MailRow(**{**values, "kind": MailKind(values["kind"]), "state": MailState(values["state"])})
