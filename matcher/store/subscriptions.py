"""Subscriptions to the weekly digest."""

from copy import copy
from dataclasses import asdict
from typing import Self

from sqlalchemy import ColumnElement, delete, select

from matcher.domain.digest import Subscription
from matcher.errors import InputRejected, NotFound
from matcher.store import schema
from matcher.store.database import Database
from matcher.store.ownership import owned

_COLUMNS = schema.subscriptions.c


class SqlSubscriptions:
    """The table of subscriptions, one column a field; the contract is `matcher.store.protocol.Subscriptions`."""

    _organization_id: str | None = None

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, organization_id: str) -> Self:
        """Return the subscriptions to the proposals of one organization."""
        scoped = copy(self)
        scoped._organization_id = organization_id
        return scoped

    def add(self, subscription: Subscription) -> None:
        """Insert the subscription."""
        own = owned(schema.proposals.c.proposal_id, self._organization_id)
        proposal = select(schema.proposals.c.proposal_id).where(*own)
        with self._database.writing() as connection:
            known = connection.execute(proposal.where(schema.proposals.c.proposal_id == subscription.proposal_id))
            if known.one_or_none() is None:
                raise NotFound("no proposal is stored under this identifier", source=subscription.proposal_id)
            insert = self._database.insert_into(schema.subscriptions).values(asdict(subscription))
            if connection.execute(insert.on_conflict_do_nothing()).rowcount == 0:
                reason = "a subscription is already stored under this identifier; choose another"
                raise InputRejected(reason, source=subscription.subscription_id)

    def get(self, subscription_id: str) -> Subscription:
        """Return one subscription."""
        found = self._where(_COLUMNS.subscription_id == subscription_id)
        if not found:
            raise NotFound("no subscription is stored under this identifier", source=subscription_id)
        return found[0]

    def all(self) -> list[Subscription]:
        """Return every subscription, by identifier."""
        return self._where()

    def for_proposal(self, proposal_id: str) -> list[Subscription]:
        """Return the subscriptions to one proposal, by identifier."""
        return self._where(_COLUMNS.proposal_id == proposal_id)

    def remove(self, subscription_id: str) -> None:
        """Delete the subscription and its digests."""
        with self._database.writing() as connection:
            is_meant = _COLUMNS.subscription_id == subscription_id
            gone = connection.execute(delete(schema.subscriptions).where(is_meant, *self._visible))
            if gone.rowcount == 0:
                raise NotFound("no subscription is stored under this identifier", source=subscription_id)

    @property
    def _visible(self) -> tuple[ColumnElement[bool], ...]:
        return owned(_COLUMNS.proposal_id, self._organization_id)

    def _where(self, *conditions: ColumnElement[bool]) -> list[Subscription]:
        statement = select(schema.subscriptions).where(*conditions, *self._visible).order_by(_COLUMNS.subscription_id)
        with self._database.reading() as connection:
            return [Subscription(**row) for row in connection.execute(statement).mappings()]
