"""Answers that are kept for a while, so that a call that is sent twice is carried out once."""

from dataclasses import astuple
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, select, update

from matcher.store import schema
from matcher.store.codec import JsonCodec
from matcher.store.database import Database
from matcher.store.records import AnswerKey, Claim, KeptAnswer

_COLUMNS = schema.kept_answers.c
_HEADERS = JsonCodec(dict[str, str])


class SqlKeptAnswers:
    """The table of kept answers; the contract is `matcher.store.organization_protocol.KeptAnswers`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(
        self, key: AnswerKey, digest: str, now: datetime, *, lifetime: timedelta, lease: timedelta
    ) -> Claim | KeptAnswer:
        """Insert the row, after rows that count no more are gone; else take over the one that is there, or return it.

        The row that is in the way may be released before it can be read; then the place is free, and asked for again.
        """
        creates, begun = str(uuid4()), {"digest": digest, "begun_at": now}
        values = {**_key_values(key), **begun, "creates": creates}
        insert = self._database.insert_into(schema.kept_answers).values(values)
        with self._database.writing_aside() as connection:
            self._database.take_turns(connection, "claim an answer")
            connection.execute(delete(schema.kept_answers).where(_COLUMNS.begun_at <= now - lifetime))
            row = None
            while row is None:
                if connection.execute(insert.on_conflict_do_nothing()).rowcount == 1:
                    return Claim(creates)
                row = connection.execute(select(schema.kept_answers).where(*_is(key))).one_or_none()
            if row.status is None and row.begun_at <= now - lease:
                if row.digest == digest and row.creates is not None:
                    creates = row.creates
                again = update(schema.kept_answers).where(*_is(key)).values({**begun, "creates": creates})
                connection.execute(again)
                return Claim(creates)
        headers = {} if row.headers is None else _HEADERS.from_json(row.headers)
        return KeptAnswer(digest=row.digest, status=row.status, headers=headers, body=row.body or b"")

    def keep(self, key: AnswerKey, answer: KeptAnswer) -> None:
        """Complete the row."""
        values = {"status": answer.status, "headers": _HEADERS.to_json(dict(answer.headers)), "body": answer.body}
        with self._database.writing_aside() as connection:
            connection.execute(update(schema.kept_answers).where(*_is(key)).values(values))

    def release(self, key: AnswerKey) -> None:
        """Delete the row."""
        with self._database.writing_aside() as connection:
            connection.execute(delete(schema.kept_answers).where(*_is(key)))

    def put_back(self, key: AnswerKey, begun_at: datetime) -> None:
        """Date the row back."""
        with self._database.writing_aside() as connection:
            connection.execute(update(schema.kept_answers).where(*_is(key)).values(begun_at=begun_at))


def _key_values(key: AnswerKey) -> dict[str, str]:
    return dict(zip(("organization_id", "key"), astuple(key), strict=True))


def _is(key: AnswerKey) -> tuple[ColumnElement[bool], ...]:
    return _COLUMNS.organization_id == key.organization_id, _COLUMNS.key == key.key
