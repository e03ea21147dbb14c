"""What records came to when they were last read, by how they are written."""

from datetime import date

import pytest

from matcher.domain.source import DropReason, Source, SourceKind
from matcher.store.protocol import Store
from matcher.store.source_records import Reading

OPEN = Reading("a" * 64)
OVER = Reading("b" * 64, date(2026, 11, 22), DropReason.CLOSED)


@pytest.fixture
def known(store: Store) -> Store:
    """Return a store with two sources; `rivers` has one record that is open and one that is over."""
    for name in ("rivers", "lakes"):
        store.sources.add(Source(name, SourceKind.FILE, f"/data/{name}"))
    store.readings.remember("rivers", {"open": OPEN, "over": OVER})
    return store


def test_readings_come_back_by_the_digests_of_their_source(known: Store) -> None:
    assert known.readings.known("rivers", ["open", "over", "never read"]) == {"open": OPEN, "over": OVER}
    assert known.readings.known("lakes", ["open"]) == {}


def test_a_later_reading_takes_the_place_of_the_one_before(known: Store) -> None:
    known.readings.remember("rivers", {"open": OVER})
    known.readings.remember("rivers", {})
    assert known.readings.known("rivers", ["open"]) == {"open": OVER}


def test_what_is_not_retained_is_forgotten_in_its_source_alone(known: Store) -> None:
    known.readings.remember("lakes", {"open": OPEN})
    known.readings.retain("rivers", ["over", "never read"])
    assert known.readings.known("rivers", ["open", "over"]) == {"over": OVER}
    assert known.readings.known("lakes", ["open"]) == {"open": OPEN}


def test_a_source_takes_its_readings_along(known: Store) -> None:
    source = known.sources.get("rivers").source
    known.sources.remove("rivers")
    known.sources.add(source)
    assert known.readings.known("rivers", ["open", "over"]) == {}


def test_readings_may_be_many(known: Store) -> None:
    many = {f"digest {number}": OPEN for number in range(1_200)}
    known.readings.remember("lakes", many)
    assert known.readings.known("lakes", many) == many
    known.readings.retain("lakes", ["digest 7"])
    assert known.readings.known("lakes", many) == {"digest 7": OPEN}
