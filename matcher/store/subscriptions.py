"""Subscriptions, and the record of what each reader agreed to."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, select, update

from matcher.domain.schedule import Schedule
from matcher.domain.subscription import Consent, ConsentEvent, DigestPart, Subscription, SubscriptionState
from matcher.errors import InputRejected, NotFound
from matcher.store import schema
from matcher.store.codec import JsonCodec
from matcher.store.database import Database
from matcher.store.mail_records import Recipient
from matcher.store.ownership import Scoped, require_proposal
from matcher.store.timestamps import utc_now

_COLUMNS = schema.subscriptions.c
_CONSENTS = schema.consents.c
_PARTS = JsonCodec(tuple[DigestPart, ...])
_FIELDS = [column for column in _COLUMNS if column is not _COLUMNS.created_at]


class SqlSubscriptions(Scoped):
    """The tables of subscriptions and consents; the contract is `matcher.store.mail_protocol.Subscriptions`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, subscription: Subscription, consent: Consent) -> None:
        """Insert the subscription and the first line of its record, in one transaction."""
        if self._organization_id not in (None, subscription.organization_id):
            raise ValueError(f"this store is of {self._organization_id}, not of {subscription.organization_id}")
        with self._database.writing() as connection:
            if subscription.proposal_id is not None:
                require_proposal(connection, subscription.proposal_id, subscription.organization_id)
            values = {**_values(subscription), "created_at": utc_now()}
            statement = self._database.insert_into(schema.subscriptions).values(values)
            if connection.execute(statement.on_conflict_do_nothing()).rowcount == 0:
                reason = "a subscription is already stored under this identifier; choose another"
                raise InputRejected(reason, source=subscription.subscription_id)
            _record(connection, subscription, consent)

    def get(self, subscription_id: str) -> Subscription:
        """Return one subscription."""
        found = self._where(_COLUMNS.subscription_id == subscription_id)
        if not found:
            raise _unknown(subscription_id)
        return found[0]

    def all(self) -> list[Subscription]:
        """Return every subscription, by identifier."""
        return self._where()

    def page(self, offset: int, limit: int) -> tuple[list[Subscription], int]:
        """Return some subscriptions in the order of their making, and how many there are."""
        statement = select(*_FIELDS).where(*self._visible)
        ordered = statement.order_by(_COLUMNS.created_at, _COLUMNS.subscription_id).offset(offset).limit(limit)
        count = select(func.count()).select_from(schema.subscriptions).where(*self._visible)
        with self._database.reading() as connection:
            rows = connection.execute(ordered).all()
            return [_subscription(row) for row in rows], connection.execute(count).scalar_one()

    def of_recipient(self, recipient: Recipient) -> list[Subscription]:
        """Return the confirmed subscriptions of one person, by identifier."""
        return self._where(
            _COLUMNS.organization_id == recipient.organization_id,
            _COLUMNS.email_address == recipient.email_address,
            _COLUMNS.state == SubscriptionState.CONFIRMED,
        )

    def of_address(self, email_address: str) -> list[Subscription]:
        """Return every subscription of an address, by identifier."""
        return self._where(_COLUMNS.email_address == email_address)

    def wanting_reminders(self) -> list[Subscription]:
        """Return the confirmed subscriptions with reminders, by identifier."""
        return self._where(_COLUMNS.state == SubscriptionState.CONFIRMED, _COLUMNS.wants_reminders.is_(True))

    def schedules(self) -> list[Schedule]:
        """Return the different schedules of the confirmed subscriptions."""
        columns = (_COLUMNS.weekday, _COLUMNS.hour, _COLUMNS.time_zone)
        statement = select(*columns).where(_COLUMNS.state == SubscriptionState.CONFIRMED).distinct()
        with self._database.reading() as connection:
            return [Schedule(*row) for row in connection.execute(statement)]

    def change(self, subscription: Subscription, consent: Consent | None = None) -> None:
        """Put `subscription` in the place of the one that is stored, with a line in its record."""
        is_meant = _COLUMNS.subscription_id == subscription.subscription_id
        with self._database.writing() as connection:
            if subscription.proposal_id is not None:
                require_proposal(connection, subscription.proposal_id, subscription.organization_id)
            statement = update(schema.subscriptions).where(is_meant, *self._visible).values(_values(subscription))
            if connection.execute(statement).rowcount == 0:
                raise _unknown(subscription.subscription_id)
            if consent is not None:
                _record(connection, subscription, consent)

    def remove(self, subscription_id: str) -> None:
        """Delete the subscription; the record of consent stays."""
        is_meant = _COLUMNS.subscription_id == subscription_id
        with self._database.writing() as connection:
            if connection.execute(delete(schema.subscriptions).where(is_meant, *self._visible)).rowcount == 0:
                raise _unknown(subscription_id)

    def remove_unconfirmed(self, before: datetime) -> int:
        """Delete what was asked for before then and never confirmed; the record of consent stays."""
        is_old = and_(_COLUMNS.state == SubscriptionState.PENDING, _COLUMNS.created_at < before)
        with self._database.writing() as connection:
            return connection.execute(delete(schema.subscriptions).where(is_old, *self._visible)).rowcount

    def consents(self, subscription_id: str) -> list[Consent]:
        """Return the record of one subscription, first line first."""
        statement = select(_CONSENTS.event, _CONSENTS.at, _CONSENTS.means)
        statement = statement.where(_CONSENTS.subscription_id == subscription_id).order_by(_CONSENTS.consent_id)
        with self._database.reading() as connection:
            return [Consent(ConsentEvent(row.event), row.at, row.means) for row in connection.execute(statement)]

    @property
    def _visible(self) -> tuple[ColumnElement[bool], ...]:
        return () if self._organization_id is None else (_COLUMNS.organization_id == self._organization_id,)

    def _where(self, *conditions: ColumnElement[bool]) -> list[Subscription]:
        statement = select(*_FIELDS).where(*conditions, *self._visible).order_by(_COLUMNS.subscription_id)
        with self._database.reading() as connection:
            return [_subscription(row) for row in connection.execute(statement)]


def _record(connection: Connection, subscription: Subscription, consent: Consent) -> None:
    whose = {"subscription_id": subscription.subscription_id, "email_address": subscription.email_address}
    connection.execute(insert(schema.consents).values(**whose, **asdict(consent) | {"event": consent.event.value}))


def _values(subscription: Subscription) -> dict[str, Any]:
    values = {column.name: getattr(subscription, column.name) for column in _FIELDS}
    return {**values, "state": subscription.state.value, "parts": _PARTS.to_json(subscription.parts)}


def _subscription(row: Row[Any]) -> Subscription:
    values = dict(row._mapping)
    return Subscription(
        **{**values, "state": SubscriptionState(values["state"]), "parts": _PARTS.from_json(values["parts"])}
    )


def _unknown(subscription_id: str) -> NotFound:
    return NotFound("no subscription is stored under this identifier", source=subscription_id)
