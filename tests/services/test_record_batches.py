"""What is over before it was ever listed is dropped unread, and all comes out as if every record had been read."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest

from matcher.bootstrap import Context
from matcher.domain.source import DropReason, Source, SourceKind
from matcher.notices.formats import grants_gov_xml
from matcher.services.import_source import SourceImporter
from matcher.store.source_records import ListingKey
from tests.notices.formats.federal_samples import BEES, SYNOPSIS, extract, xml_record
from tests.services.records import told

OPEN, OVER, LONG_OVER = "04302031", "04302020", "04302019"
TODAY, BEFORE = date(2026, 11, 22), date(2020, 1, 1)


def synopsis(identifier: int, closes: str, title: str = "Hedges", **changes: str) -> str:
    fields = {"OpportunityID": str(identifier), "CloseDate": closes, "OpportunityTitle": title, "ArchiveDate": ""}
    return xml_record(SYNOPSIS, BEES | fields | changes)


def run(house: Context, records: Sequence[str], name: str = "extract", today: date = TODAY) -> dict[str, int]:
    path = house.settings.home / f"{name}.xml"
    path.write_bytes(extract(*records))
    if all(record.source.name != name for record in house.store.sources.all()):
        house.store.sources.add(Source(name, SourceKind.FILE, str(path)))
    report = SourceImporter(house.store).run(name, today=today)
    assert report.errors == []
    return told(report)


def listed(house: Context, name: str = "extract") -> list[ListingKey]:
    return list(house.store.listings.present(name))


def test_what_is_over_and_was_never_listed_is_not_even_read(house: Context) -> None:
    unreadable = {"title": "", "OpportunityNumber": ""}
    assert run(house, [synopsis(1, OPEN), synopsis(2, OVER, **unreadable)]) == {"records": 2, "new": 1, "dropped": 1}
    assert run(house, [synopsis(1, OPEN), synopsis(2, OPEN, **unreadable)]) == {
        "records": 2, "unchanged": 1, "rejected": 1,
    }  # fmt: skip


def test_what_is_archived_is_dropped_for_that_reason(house: Context) -> None:
    run(house, [synopsis(1, "", ArchiveDate=OVER, CloseDateExplanation=""), synopsis(2, OVER)])
    [record] = house.store.sources.all()
    assert record.latest is not None
    assert record.latest.counts.dropped == ((DropReason.ARCHIVED, 1), (DropReason.CLOSED, 1))


def test_a_listed_record_is_read_after_its_end_and_stays(house: Context) -> None:
    run(house, [synopsis(1, OVER)], today=BEFORE)
    assert run(house, [synopsis(1, OVER, "Hedges and ditches")]) == {"records": 1, "changed": 1}


def test_a_record_that_can_be_used_no_more_has_not_vanished(house: Context) -> None:
    run(house, [synopsis(1, OPEN), synopsis(2, OPEN)])
    unusable = synopsis(1, OPEN, "", OpportunityNumber="")
    assert run(house, [unusable, synopsis(2, OPEN)]) == {"records": 2, "unchanged": 1, "rejected": 1}
    assert listed(house) == [ListingKey("1"), ListingKey("2")]


def test_records_that_share_a_key_keep_their_places_whether_they_are_read_or_not(house: Context) -> None:
    records = [synopsis(1, LONG_OVER), synopsis(1, OVER), synopsis(1, OVER), synopsis(1, OPEN)]
    assert run(house, records) == {"records": 4, "new": 1, "dropped": 3}
    assert listed(house) == [ListingKey("1", 3)]
    assert run(house, records) == {"records": 4, "unchanged": 1, "dropped": 3}
    assert run(house, records, today=BEFORE) == {"records": 4, "new": 1, "joined": 1, "unchanged": 1, "dropped": 2}
    assert run(house, records) == {"records": 4, "unchanged": 2, "dropped": 2}


@pytest.mark.parametrize("seed", range(2))
def test_dropping_unread_and_reading_everything_leave_the_same(
    house: Context, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311
    pool = [synopsis(chance.randrange(6), chance.choice((OPEN, OVER, LONG_OVER)), f"Fund {chance.randrange(3)}")
            for _ in range(20)]  # fmt: skip
    for days in sorted(chance.sample(range(4_000), 4)):
        records = chance.sample(pool, 12)
        today = date(2019, 1, 1) + timedelta(days=days)
        quick = run(house, records, "quick", today)
        with monkeypatch.context() as patch:
            patch.setattr(grants_gov_xml, "_end", lambda _: None)
            full = run(house, records, "full", today)
        assert {**quick, "joined": 0} == {**full, "joined": 0}
        assert listed(house, "quick") == listed(house, "full")
