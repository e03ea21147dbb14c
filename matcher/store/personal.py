"""Rows about one organization, proposal or e-mail address: found by one rule each, to be exported and erased alike."""

import json
import zlib
from base64 import b64encode
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, or_, select, update

from matcher.domain.organization import LOCAL
from matcher.domain.subject import Subject, SubjectKind
from matcher.errors import NotFound
from matcher.store import schema
from matcher.store.database import Database
from matcher.store.mail_records import MailKind, MailState
from matcher.store.ownership import Scoped, owned
from matcher.store.personal_protocol import Erased
from matcher.store.proposals import SqlProposals

_SECRETS = frozenset({"hash"})
_Rules = Mapping[Table, ColumnElement[bool]]

_MAILS = schema.mails.c
_PAGES = schema.digests.c
_SUBSCRIPTIONS = schema.subscriptions.c


class SqlPersonalData(Scoped):
    """The contract is `matcher.store.personal_protocol.PersonalData`."""

    def __init__(self, database: Database, proposals: SqlProposals) -> None:
        self._database = database
        self._proposals = proposals

    def counts(self, subject: Subject) -> dict[str, int]:
        """Count what the rules find."""
        with self._database.reading() as connection:
            return self._counts(connection, subject) if self._is_known(connection, subject) else {}

    def holdings(self, subject: Subject) -> dict[str, list[dict[str, Any]]]:
        """Select what the rules find."""
        with self._database.reading() as connection:
            if not self._is_known(connection, subject):
                return {}
            found = {table.name: _rows(connection, table, rule) for table, rule in _rules(subject).items()}
            found[schema.kept_answers.name] = _kept_answers(connection, subject)
        return {name: rows for name, rows in found.items() if rows}

    def erase(self, subject: Subject) -> Erased:
        """Delete what the rules find, those rows last that others refer to."""
        rules = _rules(subject)
        with self._database.writing() as connection:
            counts = self._counts(connection, subject) if self._is_known(connection, subject) else {}
            if not counts:
                raise NotFound(f"nothing is stored about this {subject.kind.value}", source=subject.value)
            mails = connection.execute(select(_MAILS.message_id).where(rules[schema.mails])).scalars().all()
            if subject.kind is SubjectKind.PROPOSAL:
                _forget_words(connection, subject.value)
            self._delete(connection, rules, keeps_mails=subject.kind is SubjectKind.PROPOSAL)
            _delete_answers(connection, _kept_answers(connection, subject))
        return Erased(counts, frozenset(mails))

    def _is_known(self, connection: Connection, subject: Subject) -> bool:
        """Whether anything of `subject` may be seen here: one organization knows itself and its proposals."""
        if self._organization_id is None:
            return True
        if subject.kind is not SubjectKind.PROPOSAL:
            return subject == Subject(SubjectKind.ORGANIZATION, self._organization_id)
        column = schema.proposals.c.proposal_id
        statement = select(column).where(column == subject.value, *owned(column, self._organization_id))
        return connection.execute(statement).scalar_one_or_none() is not None

    def _counts(self, connection: Connection, subject: Subject) -> dict[str, int]:
        """Return how many rows there are of each table that has one."""
        found = {table.name: _count(connection, table, rule) for table, rule in _rules(subject).items()}
        found[schema.kept_answers.name] = len(_kept_answers(connection, subject))
        return {name: count for name, count in found.items() if count}

    def _delete(self, connection: Connection, rules: _Rules, *, keeps_mails: bool) -> None:
        kept = {schema.mails, schema.digests} if keeps_mails else set()
        for table, rule in rules.items():
            if table is schema.proposals:
                for proposal_id in connection.execute(select(table.c.proposal_id).where(rule)).scalars().all():
                    self._proposals.delete_in(connection, proposal_id)
            elif table is schema.organizations:
                connection.execute(delete(table).where(rule, table.c.organization_id != LOCAL))
            elif table not in kept:
                connection.execute(delete(table).where(rule))


def _rules(subject: Subject) -> _Rules:
    """Return which rows of each table are about `subject`, in an order in which they can be deleted."""
    makers = {
        SubjectKind.PROPOSAL: _of_proposal,
        SubjectKind.ADDRESS: _of_address,
        SubjectKind.ORGANIZATION: _of_organization,
    }
    return makers[subject.kind](subject.value)


def _of_proposal(proposal_id: str) -> _Rules:
    mails = _MAILS.content.contains(proposal_id, autoescape=True)
    subscriptions = _SUBSCRIPTIONS.proposal_id == proposal_id
    pages = or_(_PAGES.shown.contains(proposal_id, autoescape=True), _in_subscriptions(_PAGES, subscriptions))
    tables = (schema.matches, schema.match_changes, schema.feedback, schema.feeds, schema.mailed_opportunities)
    return {
        schema.digests: pages,
        schema.mails: mails,
        schema.reminders: _in_subscriptions(schema.reminders.c, subscriptions),
        **{table: table.c.proposal_id == proposal_id for table in tables},
        schema.subscriptions: subscriptions,
        schema.proposals: schema.proposals.c.proposal_id == proposal_id,
    }


def _of_address(address: str) -> _Rules:
    subscriptions = _SUBSCRIPTIONS.email_address == address
    by_subscription = (schema.digests, schema.mailed_opportunities, schema.reminders)
    tables = (schema.consents, schema.suppressions, schema.sign_ins, schema.members)
    return {
        **{table: _in_subscriptions(table.c, subscriptions) for table in by_subscription},
        schema.mails: _MAILS.email_address == address,
        schema.subscriptions: subscriptions,
        **{table: table.c.email_address == address for table in tables},
    }


def _of_organization(organization_id: str) -> _Rules:
    subscriptions = _SUBSCRIPTIONS.organization_id == organization_id
    proposals = schema.proposals.c.organization_id == organization_id
    own = select(schema.proposals.c.proposal_id).where(proposals)
    addresses = select(schema.members.c.email_address).where(schema.members.c.organization_id == organization_id)
    by_subscription = (schema.digests, schema.mailed_opportunities, schema.reminders, schema.consents)
    by_proposal = (schema.matches, schema.match_changes, schema.feedback, schema.feeds)
    by_organization = (schema.mails, schema.subscriptions, schema.mutes, schema.members, schema.api_keys)
    signs_in = schema.sign_ins.c
    return {
        **{table: _in_subscriptions(table.c, subscriptions) for table in by_subscription},
        schema.sign_ins: or_(signs_in.organization_id == organization_id, signs_in.email_address.in_(addresses)),
        **{table: table.c.proposal_id.in_(own) for table in by_proposal},
        **{table: table.c.organization_id == organization_id for table in by_organization},
        schema.proposals: proposals,
        schema.organizations: schema.organizations.c.organization_id == organization_id,
    }


def _in_subscriptions(columns: Any, condition: ColumnElement[bool]) -> ColumnElement[bool]:  # noqa: ANN401 - SQLAlchemy's
    """Return the condition that a row hangs on a subscription of which `condition` holds."""
    chosen: ColumnElement[bool] = columns.subscription_id.in_(select(_SUBSCRIPTIONS.subscription_id).where(condition))
    return chosen


def _forget_words(connection: Connection, proposal_id: str) -> None:
    """Take what was said of a proposal out of mails and digests that speak of others, too; the rows stay.

    A mail's row is what keeps its week from coming twice. A digest that waits to be sent is written anew.
    """
    spoken, is_open = _MAILS.content.contains(proposal_id, autoescape=True), _MAILS.state == MailState.READY.value
    is_digest = _MAILS.kind == MailKind.DIGEST.value
    for condition, state in ((is_digest, MailState.CREATED), (~is_digest, MailState.CANCELLED)):
        waiting = update(schema.mails).where(spoken, is_open, condition)
        connection.execute(waiting.values(state=state.value, content=None))
    connection.execute(update(schema.mails).where(spoken).values(content=None))
    columns = (_PAGES.subscription_id, _PAGES.week, _PAGES.shown, _PAGES.decisions)
    for page in connection.execute(select(*columns)).all():
        told = page.decisions is not None and proposal_id.encode() in zlib.decompress(page.decisions)
        if told or proposal_id in page.shown:
            shown = [one for one in json.loads(page.shown) if one["proposal_id"] != proposal_id]
            is_meant = (_PAGES.subscription_id == page.subscription_id, _PAGES.week == page.week)
            text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            connection.execute(update(schema.digests).where(*is_meant).values(shown=text, decisions=None))


def _kept_answers(connection: Connection, subject: Subject) -> list[dict[str, Any]]:
    """Return the answers kept for repeated calls that speak of `subject`; they are few, and kept for a day."""
    columns = schema.kept_answers.c
    if subject.kind is SubjectKind.ORGANIZATION:
        return _rows(connection, schema.kept_answers, columns.organization_id == subject.value)
    rows = connection.execute(select(columns.organization_id, columns.key, columns.body)).all()
    # in quotation marks: a text that mentions an address, or one that ends like it, is somebody else's
    told = json.dumps(subject.value, ensure_ascii=False).encode()
    spoken = [row for row in rows if told in (row.body or b"")]
    return [{name: _plain(value) for name, value in row._mapping.items()} for row in spoken]


def _delete_answers(connection: Connection, answers: list[dict[str, Any]]) -> None:
    columns = schema.kept_answers.c
    for answer in answers:
        is_meant = (columns.organization_id == answer["organization_id"], columns.key == answer["key"])
        connection.execute(delete(schema.kept_answers).where(*is_meant))


def _count(connection: Connection, table: Table, rule: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(table).where(rule)).scalar_one()


def _rows(connection: Connection, table: Table, rule: ColumnElement[bool]) -> list[dict[str, Any]]:
    columns = [column for column in table.c if column.name not in _SECRETS]
    rows = connection.execute(select(*columns).where(rule).order_by(*table.primary_key)).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: object) -> object:
    """Return a column's value as JSON can hold it: packed decisions unpacked, other bytes as text or in base 64."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if not isinstance(value, bytes):
        return value
    try:
        return zlib.decompress(value).decode()
    except zlib.error:
        pass
    try:
        return value.decode()
    except UnicodeDecodeError:
        return b64encode(value).decode()
