from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import sqlite

from matcher.store.timestamps import UtcTimestamp, utc_now

COLUMN = UtcTimestamp()
DIALECT = sqlite.dialect()


def kept(moment: datetime) -> str:
    text = COLUMN.process_bind_param(moment, DIALECT)
    assert text is not None
    return text


def test_a_time_is_kept_as_utc_text_of_one_length() -> None:
    in_chicago = datetime(2026, 11, 16, 2, 30, tzinfo=timezone(timedelta(hours=-6)))
    assert kept(in_chicago) == "2026-11-16T08:30:00.000000+00:00"
    assert len(kept(in_chicago)) == len(kept(in_chicago + timedelta(microseconds=1)))


def test_text_order_is_time_order() -> None:
    moments = [datetime(2026, 11, 16, 8, 30, tzinfo=UTC) + timedelta(microseconds=step) for step in (0, 1, 999_999)]
    assert sorted(kept(moment) for moment in reversed(moments)) == [kept(moment) for moment in moments]


def test_a_time_comes_back_equal_and_in_utc() -> None:
    moment = utc_now()
    back = COLUMN.process_result_value(kept(moment), DIALECT)
    assert back == moment
    assert back is not None
    assert back.tzinfo is UTC


def test_unknown_stays_unknown() -> None:
    assert COLUMN.process_bind_param(None, DIALECT) is None
    assert COLUMN.process_result_value(None, DIALECT) is None


def test_a_time_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        kept(datetime(2026, 11, 16, 8, 30))
