"""Answers that are kept for a while, so that a call that is sent twice is carried out once."""

from dataclasses import astuple
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from matcher.store import schema
from matcher.store.codec import JsonCodec
from matcher.store.database import Database
from matcher.store.records import AnswerKey, KeptAnswer

_COLUMNS = schema.kept_answers.c
_HEADERS = JsonCodec(dict[str, str])


class SqlKeptAnswers:
    """The table of kept answers; the contract is `matcher.store.organization_protocol.KeptAnswers`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(
        self, key: AnswerKey, digest: str, now: datetime, *, lifetime: timedelta, lease: timedelta
    ) -> KeptAnswer | None:
        """Insert the row, after rows that count no more are gone, or return the one that is there.

        The row that is in the way may be released before it can be read; then the place is free, and asked for again.
        """
        is_over = or_(
            _COLUMNS.begun_at <= now - lifetime, and_(_COLUMNS.status.is_(None), _COLUMNS.begun_at <= now - lease)
        )
        values = {**_key_values(key), "digest": digest, "begun_at": now}
        insert = self._database.insert_into(schema.kept_answers).values(values).on_conflict_do_nothing()
        with self._database.writing_aside() as connection:
            self._database.take_turns(connection, "claim an answer")
            connection.execute(delete(schema.kept_answers).where(is_over))
            row = None
            while row is None:
                if connection.execute(insert).rowcount == 1:
                    return None
                row = connection.execute(select(schema.kept_answers).where(*_is(key))).one_or_none()
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


def _key_values(key: AnswerKey) -> dict[str, str]:
    return dict(zip(("organization_id", "key"), astuple(key), strict=True))


def _is(key: AnswerKey) -> tuple[ColumnElement[bool], ...]:
    return _COLUMNS.organization_id == key.organization_id, _COLUMNS.key == key.key
