"""Members of organizations, and their sign-ins."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, exists, func, insert, select, update

from matcher.domain.organization import Member, SignIn
from matcher.errors import InputRejected, NotFound
from matcher.store import schema
from matcher.store.database import Database
from matcher.store.ownership import require_organization

_MEMBERS = schema.members.c
_SIGN_INS = schema.sign_ins.c
_SIGN_IN_FIELDS = [column for column in _SIGN_INS if column is not _SIGN_INS.answered_at]


class SqlMembers:
    """The table of members; the contract is `matcher.store.member_protocol.Members`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, member: Member) -> None:
        """Insert the member."""
        statement = self._database.insert_into(schema.members).values(asdict(member))
        with self._database.writing() as connection:
            require_organization(connection, member.organization_id)
            if connection.execute(statement.on_conflict_do_nothing()).rowcount == 0:
                raise InputRejected(f"this address is a member of {member.organization_id}", source="email_address")

    def of_organization(self, organization_id: str) -> list[Member]:
        """Return the members of one organization, by address."""
        return self._where(_MEMBERS.organization_id == organization_id)

    def of_address(self, email_address: str) -> list[Member]:
        """Return every membership of an address, by organization."""
        return self._where(_MEMBERS.email_address == email_address)

    def remove(self, organization_id: str, email_address: str) -> None:
        """Delete the member; the sign-ins that refer to it go with it."""
        is_meant = and_(_MEMBERS.organization_id == organization_id, _MEMBERS.email_address == email_address)
        with self._database.writing() as connection:
            if connection.execute(delete(schema.members).where(is_meant)).rowcount == 0:
                raise NotFound(f"this address is no member of {organization_id}", source=email_address)

    def _where(self, condition: ColumnElement[bool]) -> list[Member]:
        order = (_MEMBERS.organization_id, _MEMBERS.email_address)
        with self._database.reading() as connection:
            rows = connection.execute(select(schema.members).where(condition).order_by(*order)).mappings()
            return [Member(**row) for row in rows]


class SqlSignIns:
    """The table of sign-ins; the contract is `matcher.store.member_protocol.SignIns`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ask(self, sign_in: SignIn) -> None:
        """Insert the sign-in."""
        with self._database.writing() as connection:
            connection.execute(insert(schema.sign_ins).values(asdict(sign_in)))

    def get(self, sign_in_id: str) -> SignIn:
        """Return one sign-in."""
        statement = select(*_SIGN_IN_FIELDS).where(_SIGN_INS.sign_in_id == sign_in_id)
        with self._database.reading() as connection:
            row = connection.execute(statement).one_or_none()
        if row is None:
            raise NotFound("no sign-in is stored under this identifier", source=sign_in_id)
        return _sign_in(row)

    def asked_since(self, email_address: str, moment: datetime) -> int:
        """Count those of one address; the moment narrows them down before the address does."""
        is_meant = and_(_SIGN_INS.asked_at > moment, _SIGN_INS.email_address == email_address)
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).select_from(schema.sign_ins).where(is_meant)).scalar_one()

    def unanswered(self, limit: int) -> list[SignIn]:
        """Return what nobody has looked at, oldest first."""
        statement = select(*_SIGN_IN_FIELDS).where(_SIGN_INS.answered_at.is_(None))
        with self._database.reading() as connection:
            rows = connection.execute(statement.order_by(_SIGN_INS.asked_at, _SIGN_INS.sign_in_id).limit(limit))
            return [_sign_in(row) for row in rows]

    def answer(self, sign_in_id: str, at: datetime) -> None:
        """Record the moment; an earlier one stays."""
        self._change(_SIGN_INS.sign_in_id == sign_in_id, _SIGN_INS.answered_at.is_(None), answered_at=at)

    def begin(self, sign_in_id: str, organization_id: str, at: datetime) -> bool:
        """Set organization and moment, in one compare-and-set statement."""
        is_member = exists().where(
            _MEMBERS.organization_id == organization_id, _MEMBERS.email_address == _SIGN_INS.email_address
        )
        is_open = (_SIGN_INS.sign_in_id == sign_in_id, _SIGN_INS.begun_at.is_(None))
        return self._change(*is_open, is_member, organization_id=organization_id, begun_at=at) == 1

    def end(self, sign_in_id: str, at: datetime) -> None:
        """Record the moment; an earlier one stays."""
        self._change(_SIGN_INS.sign_in_id == sign_in_id, _SIGN_INS.ended_at.is_(None), ended_at=at)

    def forget_before(self, moment: datetime) -> int:
        """Delete what was asked for before then."""
        with self._database.writing() as connection:
            return connection.execute(delete(schema.sign_ins).where(_SIGN_INS.asked_at < moment)).rowcount

    def _change(self, *conditions: ColumnElement[bool], **values: object) -> int:
        with self._database.writing() as connection:
            return connection.execute(update(schema.sign_ins).where(*conditions).values(**values)).rowcount


def _sign_in(row: Row[Any]) -> SignIn:
    return SignIn(**row._mapping)
