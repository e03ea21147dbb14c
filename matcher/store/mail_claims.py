"""Who is due a digest: found and claimed in one transaction, so that a week is claimed once by whoever comes first."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    or_,
    select,
    update,
)

from matcher.domain.schedule import Occasion, Schedule
from matcher.domain.subscription import SubscriptionState
from matcher.store import schema
from matcher.store.mail_records import MailKind, MailState, Recipient

_MAILS = schema.mails.c
_SUBSCRIPTIONS = schema.subscriptions.c
OPEN_STATES = (MailState.CREATED.value, MailState.READY.value)
"""A mail in one of these may still go out."""


def is_leased(now: datetime | BindParameter[Any]) -> ColumnElement[bool]:
    """Return the condition that somebody may be sending the mail now."""
    return and_(_MAILS.state.in_(OPEN_STATES), _MAILS.leased_until.is_not(None), _MAILS.leased_until > now)


def is_suppressed(email_address: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that the address in this column is mailed no more."""
    return exists().where(schema.suppressions.c.email_address == email_address)


def due_recipients(
    connection: Connection, occasions: Mapping[Schedule, Occasion], now: datetime, limit: int
) -> list[tuple[Recipient, str]]:
    """Return up to `limit` people and the week that each of them is due, the longest waiting first.

    Whoever has a mail under way is not due: it may be sent this moment, and show what the next one would show again.
    """
    found: dict[Recipient, str] = {}
    for schedule, occasion in sorted(occasions.items(), key=lambda entry: (entry[1].at, entry[0])):
        if len(found) >= limit:
            break
        told = {**asdict(schedule), **asdict(occasion), "now": now, "at_most": limit - len(found)}
        for row in connection.execute(_DUE, told):
            found.setdefault(Recipient(row.organization_id, row.email_address), occasion.week)
    return list(found.items())


def supersede(connection: Connection, recipient: Recipient, week: str, now: datetime) -> bool:
    """Give up the digests of other weeks that are still to be sent; what they would have shown is still unseen.

    Returns:
        False, with nothing given up, if somebody took one of them since the recipient was found.
    """
    others = and_(_of(recipient, MailKind.DIGEST), _MAILS.period != week, _MAILS.state.in_(OPEN_STATES))
    locked = select(_MAILS.leased_until).where(others).with_for_update()
    leases = connection.execute(locked).scalars().all()
    if any(until is not None and until > now for until in leases):
        return False
    if leases:
        values = {"state": MailState.SUPERSEDED.value, "leased_until": None, "holder": None, "content": None}
        connection.execute(update(schema.mails).where(others).values(values))
    return True


def _of(recipient: Recipient, kind: MailKind) -> ColumnElement[bool]:
    return and_(
        _MAILS.kind == kind,
        _MAILS.organization_id == recipient.organization_id,
        _MAILS.email_address == recipient.email_address,
    )


def _due() -> Select[Any]:
    """Return the query for the people of one schedule; it is made once, because making it takes longer than asking."""
    own_digest = and_(
        _MAILS.kind == MailKind.DIGEST,
        _MAILS.organization_id == _SUBSCRIPTIONS.organization_id,
        _MAILS.email_address == _SUBSCRIPTIONS.email_address,
    )
    is_over = _MAILS.period.in_((bindparam("week"), bindparam("next_week")))
    return (
        select(_SUBSCRIPTIONS.organization_id, _SUBSCRIPTIONS.email_address)
        .distinct()
        .where(
            _SUBSCRIPTIONS.state == SubscriptionState.CONFIRMED,
            _SUBSCRIPTIONS.time_zone == bindparam("time_zone"),
            _SUBSCRIPTIONS.weekday == bindparam("weekday"),
            _SUBSCRIPTIONS.hour == bindparam("hour"),
            _SUBSCRIPTIONS.active_since <= bindparam("at"),
            ~exists().where(own_digest, or_(is_over, is_leased(bindparam("now")))),
            ~is_suppressed(_SUBSCRIPTIONS.email_address),
        )
        .limit(bindparam("at_most", type_=Integer))
    )


_DUE = _due()
