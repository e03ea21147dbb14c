"""Addresses that are mailed no more."""

from sqlalchemy import delete, select, update

from matcher.errors import NotFound
from matcher.store import schema
from matcher.store.database import Database
from matcher.store.mail_claims import OPEN_STATES
from matcher.store.mail_records import MailState, Suppression, SuppressionCause

_COLUMNS = schema.suppressions.c


class SqlSuppressions:
    """The table of suppressions; the contract is `matcher.store.mail_protocol.Suppressions`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, suppression: Suppression) -> bool:
        """Insert the address once, and give up what was still to be sent to it."""
        values = {
            "email_address": suppression.email_address,
            "cause": suppression.cause.value,
            "reason": suppression.reason,
            "at": suppression.at,
        }
        insert = self._database.insert_into(schema.suppressions).values(values).on_conflict_do_nothing()
        mails = schema.mails.c
        to_it = (mails.email_address == suppression.email_address, mails.state.in_(OPEN_STATES))
        given_up = {"state": MailState.REFUSED.value, "reason": suppression.reason, "leased_until": None}
        with self._database.writing() as connection:
            is_new = connection.execute(insert).rowcount == 1
            connection.execute(update(schema.mails).where(*to_it).values(**given_up))
        return is_new

    def find(self, email_address: str) -> Suppression | None:
        """Return why an address is mailed no more; None if it is mailed."""
        statement = select(schema.suppressions).where(_COLUMNS.email_address == email_address)
        with self._database.reading() as connection:
            row = connection.execute(statement).one_or_none()
        return None if row is None else Suppression(row.email_address, SuppressionCause(row.cause), row.reason, row.at)

    def all(self) -> list[Suppression]:
        """Return every suppressed address, latest first."""
        statement = select(schema.suppressions).order_by(_COLUMNS.at.desc(), _COLUMNS.email_address)
        with self._database.reading() as connection:
            rows = connection.execute(statement).all()
        return [Suppression(row.email_address, SuppressionCause(row.cause), row.reason, row.at) for row in rows]

    def remove(self, email_address: str) -> None:
        """Let an address be mailed again."""
        with self._database.writing() as connection:
            statement = delete(schema.suppressions).where(_COLUMNS.email_address == email_address)
            if connection.execute(statement).rowcount == 0:
                raise NotFound("this address is not suppressed", source=email_address)
