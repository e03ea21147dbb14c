"""Whether every mail that is due exists, once, and what went out counts as seen."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, func, or_, select

from matcher.domain.finding import Finding
from matcher.domain.schedule import Occasion, Schedule
from matcher.domain.subscription import SubscriptionState
from matcher.errors import InputRejected
from matcher.store import schema
from matcher.store.codec import JsonCodec
from matcher.store.mail_claims import OPEN_STATES, due_recipients
from matcher.store.mail_records import MailKind, MailState, Shown

GRACE = timedelta(hours=1)
"""For so long a digest may be due without anybody having claimed it: the scheduler may have been away."""
_MAILS = schema.mails.c
_PAGES = schema.digests.c
_SEEN = schema.mailed_opportunities.c
_SHOWN = JsonCodec(tuple[Shown, ...])
_NAMED = 20
_ROWS_AT_ONCE = 500
_DEFECT = "report this as a defect, and restore a backup if readers asked about it"


def broken(connection: Connection) -> Iterator[Finding]:
    """Yield mails whose row contradicts itself, second open digests of one person, and what was sent and not kept."""
    empty = and_(_MAILS.state == MailState.READY.value, _MAILS.content.is_(None))
    timeless = and_(_MAILS.state == MailState.SENT.value, _MAILS.sent_at.is_(None))
    for row in connection.execute(select(_MAILS.mail_id, _MAILS.state).where(or_(empty, timeless))):
        found = "it counts as written and says nothing" if row.state == MailState.READY else "it was sent at no time"
        yield Finding("mails", f"mail {row.mail_id}", found, _DEFECT)
    person = (_MAILS.organization_id, _MAILS.email_address)
    is_open = and_(_MAILS.kind == MailKind.DIGEST.value, _MAILS.state.in_(OPEN_STATES))
    twice = select(*person, func.count().label("open")).where(is_open).group_by(*person).having(func.count() > 1)
    for row in connection.execute(twice):
        found = f"{row.open} digests to this address are open at once, and the older ones should have been given up"
        yield Finding("digests", f"{row.email_address} of {row.organization_id}", found, _DEFECT)
    yield from _unkept(connection)


def overdue(connection: Connection, now: datetime) -> Iterator[Finding]:
    """Yield the people whose digest has been due for longer than `GRACE` and has no row."""
    occasions: dict[Schedule, Occasion] = {}
    columns = schema.subscriptions.c
    confirmed = columns.state == SubscriptionState.CONFIRMED.value
    schedules = select(columns.weekday, columns.hour, columns.time_zone).where(confirmed).distinct()
    for row in connection.execute(schedules):
        schedule = Schedule(*row)
        try:
            occasions[schedule] = schedule.latest(now - GRACE)
        except InputRejected as error:
            advice = "subscribe its readers again with a time zone of the IANA"
            yield Finding("digests", f"subscriptions in {schedule.time_zone}", error.reason, advice)
    for recipient, week in due_recipients(connection, occasions, now, _NAMED):
        found = f"the digest of {week} is due for more than {GRACE.seconds // 3600} hour and was never begun"
        subject = f"{recipient.email_address} of {recipient.organization_id}"
        yield Finding("digests", subject, found, "start the scheduler, or run `python -m scheduler --once digest`")


def _unkept(connection: Connection) -> Iterator[Finding]:
    """Hold what digests showed against what counts as seen: both are written in one transaction."""
    pages = select(_PAGES.subscription_id, _PAGES.week, _PAGES.shown, _MAILS.period, _MAILS.state)
    joined = pages.join_from(schema.digests, schema.mails, _MAILS.mail_id == _PAGES.mail_id)
    seen = select(_SEEN.proposal_id, _SEEN.opportunity_id)
    for row in connection.execute(joined, execution_options={"yield_per": _ROWS_AT_ONCE}):
        subject = f"digest of {row.week} to subscription {row.subscription_id}"
        if row.week != row.period:
            yield Finding("digests", subject, f"its mail is of {row.period}", _DEFECT)
        if row.state != MailState.SENT:
            continue
        own = connection.execute(seen.where(_SEEN.subscription_id == row.subscription_id))
        known = {(proposal_id, opportunity_id) for proposal_id, opportunity_id in own}
        shown = {(one.proposal_id, one.opportunity_id) for one in _SHOWN.from_json(row.shown)}
        if shown - known:
            found = f"it was sent, and {len(shown - known)} of the notices that it showed do not count as seen"
            yield Finding("digests", subject, found, _DEFECT)
