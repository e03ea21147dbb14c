"""Points in time, kept the same way by every engine.

A timestamp is text: ISO 8601 in UTC with microseconds, `2026-11-22T03:04:05.000006+00:00`. All are equally long, so
text order is time order, and no engine converts them by its own idea of a time zone.
"""

from datetime import UTC, datetime

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator

_LENGTH = len("2026-11-22T03:04:05.000006+00:00")


def utc_now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


class UtcTimestamp(TypeDecorator[datetime]):
    """A column of aware datetimes, read back in UTC.

    Raises:
        ValueError: A datetime without a time zone was given (SQLAlchemy wraps it in `StatementError`).
    """

    impl = String(_LENGTH)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return the text that is kept for `value`."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a stored time needs a time zone, and {value.isoformat()} has none")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Return the time that the text `value` stands for."""
        return None if value is None else datetime.fromisoformat(value)
