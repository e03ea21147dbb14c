"""A record that is written as it was in the last run is not read again, and all comes out as if it were."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from matcher.bootstrap import Context
from matcher.domain.opportunity import Opportunity
from matcher.domain.source import DropReason
from matcher.notices.formats import commongrants
from matcher.notices.formats.mappings import Fields
from matcher.services import source_reading
from matcher.services.import_source import SourceImporter
from tests.services.records import add, extract, item, run, told

OVER = {"closes": "2026-01-31"}


@pytest.fixture
def path(house: Context, tmp_path: Path) -> Path:
    """Return the extract of a source that has been imported: two open records, and one that is over."""
    path = extract(tmp_path / "grants.json", [item(0), item(1), item(2, **OVER)])
    add(house.store, path)
    assert told(run(house.store)) == {"records": 3, "new": 2, "dropped": 1}
    return path


@pytest.fixture
def read(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the titles of the records that are read from now on."""
    titles: list[str] = []
    real: Callable[[Fields], Opportunity] = commongrants._opportunity

    def watching(fields: Fields) -> Opportunity:
        titles.append(str(fields["title"]))
        return real(fields)

    monkeypatch.setattr(commongrants, "_opportunity", watching)
    return titles


def title(number: int) -> str:
    return str(item(number)["title"])


def test_a_second_import_reads_no_record_not_even_those_that_were_dropped(house: Context, read: list[str]) -> None:
    assert told(run(house.store)) == {"records": 3, "unchanged": 2, "dropped": 1}
    assert read == []


def test_only_what_is_written_otherwise_is_read(house: Context, path: Path, read: list[str]) -> None:
    extract(path, [item(0), item(1, closes="2027-06-01"), item(2, **OVER), item(3)])
    assert told(run(house.store)) == {"records": 4, "new": 1, "changed": 1, "unchanged": 1, "dropped": 1}
    assert read == [title(1), title(3)]


def test_who_asks_again_has_everything_read(house: Context, read: list[str]) -> None:
    assert told(run(house.store, again=True)) == {"records": 3, "unchanged": 2, "dropped": 1}
    assert read == [title(0), title(1), title(2)]


def test_another_version_of_the_readers_reads_everything(
    house: Context, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_reading, "readers_fingerprint", lambda: "another version")
    assert told(run(house.store)) == {"records": 3, "unchanged": 2, "dropped": 1}
    assert read == [title(0), title(1), title(2)]


def test_what_was_over_is_read_again_for_a_day_before_it_was_found_to_be(house: Context, read: list[str]) -> None:
    report = SourceImporter(house.store).run("grants", today=date(2026, 1, 1))
    assert told(report) == {"records": 3, "new": 1, "unchanged": 2}
    assert read == [title(2)]


def test_what_was_open_when_it_was_read_is_over_later_and_stays(house: Context, read: list[str]) -> None:
    report = SourceImporter(house.store).run("grants", today=date(2028, 1, 1))
    assert told(report) == {"records": 3, "unchanged": 2, "dropped": 1}
    assert report.dropped == {DropReason.CLOSED: 1}
    assert read == []


def test_a_record_that_comes_back_as_it_was_stands_in_the_catalogue_again(house: Context, path: Path) -> None:
    extract(path, [item(0)])
    assert told(run(house.store)) == {"records": 1, "unchanged": 1, "vanished": 1}
    extract(path, [item(0), item(1)])
    assert told(run(house.store)) == {"records": 2, "unchanged": 2, "returned": 1}
    assert all(one.vanished_at is None for one in house.store.opportunities.all())


def test_a_rejected_record_is_rejected_with_its_reason_every_time(house: Context, path: Path) -> None:
    extract(path, [item(0), item(1, title=None)])
    first, second = run(house.store).rejected, run(house.store).rejected
    assert [str(one) for one in first] == [str(one) for one in second] != []


def test_what_a_source_gives_no_more_is_forgotten(house: Context, path: Path, read: list[str]) -> None:
    extract(path, [item(0)])
    run(house.store)
    extract(path, [item(0), item(2, **OVER)])
    assert told(run(house.store)) == {"records": 2, "unchanged": 1, "dropped": 1}
    assert read == [title(2)]


def test_the_fingerprint_of_the_readers_is_stable_and_made_of_the_program() -> None:
    assert source_reading.readers_fingerprint() == source_reading.readers_fingerprint.__wrapped__()
    assert len(source_reading.readers_fingerprint()) == 64
