"""A record is read when it is first asked for, and told from others by how it is written."""

from matcher.domain.opportunity import Opportunity
from matcher.notices.formats.record import Record, digest_of

FUND = Opportunity("test:1", "A fund", "A fund")


def test_a_record_is_read_once_and_only_when_it_is_asked_for() -> None:
    asked: list[str] = []

    def read() -> Opportunity:
        asked.append("read")
        return FUND

    record = Record(1, "1", read)
    assert asked == []
    assert (record.outcome, record.outcome) == (FUND, FUND)
    assert asked == ["read"]


def test_a_record_may_have_been_read_already() -> None:
    record = Record(1, "1", FUND)
    assert record.outcome is FUND
    assert record.digest is None


def test_a_digest_depends_on_every_value_and_not_on_the_order_of_fields() -> None:
    first = digest_of({"a": 1, "b": ["x", "\ud800"]})
    assert first == digest_of({"b": ["x", "\ud800"], "a": 1})
    assert len({first, digest_of({"a": 2, "b": ["x", "\ud800"]}), digest_of({"a": "1", "b": ["x", "\ud800"]})}) == 3


def test_what_is_nested_too_deeply_has_no_digest() -> None:
    value: list[object] = []
    for _ in range(100_000):
        value = [value]
    assert digest_of(value) is None
