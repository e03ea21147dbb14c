"""Subscriptions to the weekly digest."""

from dataclasses import asdict

from sqlalchemy import ColumnElement, delete, select

from matcher.domain.digest import Subscription
from matcher.errors import InputRejected, NotFound
from matcher.store import schema
from matcher.store.database import Database

_COLUMNS = schema.subscriptions.c


class SqlSubscriptions:
    """The table of subscriptions, one column a field; the contract is `matcher.store.protocol.Subscriptions`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, subscription: Subscription) -> None:
        """Insert the subscription."""
        proposal = select(schema.proposals.c.proposal_id)
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
            gone = connection.execute(delete(schema.subscriptions).where(_COLUMNS.subscription_id == subscription_id))
            if gone.rowcount == 0:
                raise NotFound("no subscription is stored under this identifier", source=subscription_id)

    def _where(self, *conditions: ColumnElement[bool]) -> list[Subscription]:
        statement = select(schema.subscriptions).where(*conditions).order_by(_COLUMNS.subscription_id)
        with self._database.reading() as connection:
            return [Subscription(**row) for row in connection.execute(statement).mappings()]
