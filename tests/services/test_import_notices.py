"""Notices come in; one bad one never stops the rest."""

from pathlib import Path

from matcher.bootstrap import Context
from matcher.services.import_notices import import_notices
from matcher.services.source_reading import notice_files
from tests.services.examples import GARDENS, HULLS, write
from tests.services.records import extract, item, told


def test_a_folder_is_imported_and_a_second_time_changes_nothing(house: Context, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", gardens=GARDENS, hulls=HULLS)
    assert told(import_notices(house.store, [folder])) == {"records": 2, "new": 2}
    assert told(import_notices(house.store, [folder])) == {"records": 2, "unchanged": 2}


def test_an_amended_notice_is_a_new_revision_of_the_same_opportunity(house: Context, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", gardens=GARDENS)
    import_notices(house.store, [folder])
    write(folder, gardens=GARDENS.replace("2026-06-30", "2026-07-31"))
    assert import_notices(house.store, [folder]).changed == ["gardens"]
    assert house.store.opportunities.get("gardens").revision == 2


def test_a_bad_notice_is_recorded_with_its_place_and_the_rest_goes_on(house: Context, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", bad=GARDENS.replace("kind: absolute", "kind: important"), hulls=HULLS)
    report = import_notices(house.store, [folder])
    assert report.new == ["hulls"]
    assert "kind" in report.rejected[0].reason
    rejection = house.store.opportunities.rejections()[0]
    assert rejection.source == str(folder / "bad.yaml")
    assert rejection.line == 6


def test_a_mended_notice_clears_its_record(house: Context, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", gardens="priorities: [")
    import_notices(house.store, [folder])
    write(folder, gardens=GARDENS)
    assert import_notices(house.store, [folder]).new == ["gardens"]
    assert house.store.opportunities.rejections() == []


def test_a_broken_edit_leaves_the_last_good_revision(house: Context, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", gardens=GARDENS)
    import_notices(house.store, [folder])
    write(folder, gardens=GARDENS[:40])
    assert len(import_notices(house.store, [folder]).rejected) == 1
    assert house.store.opportunities.get("gardens").opportunity.title == "School Gardens"


def test_only_notices_are_taken_from_a_folder_and_a_file_is_taken_as_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", gardens=GARDENS)
    for name in ("README.md", "picture.png", "call.txt"):
        (folder / name).write_text("text", encoding="utf-8")
    assert [path.name for path in notice_files([folder, folder / "picture.png"])] == [
        "call.txt",
        "gardens.yaml",
        "picture.png",
    ]


def test_the_same_path_is_one_source_however_often_it_is_imported(house: Context, tmp_path: Path) -> None:
    path = extract(tmp_path / "grants.json", [item(1)])
    for _ in range(2):
        import_notices(house.store, [path])
    [record] = house.store.sources.all()
    assert (record.source.name, record.source.interval_seconds) == (str(path), None)


def test_a_path_that_does_not_exist_is_told_and_becomes_no_source(house: Context, tmp_path: Path) -> None:
    report = import_notices(house.store, [tmp_path / "absent.yaml", write(tmp_path / "in", gardens=GARDENS)])
    assert report.new == ["gardens"]
    assert "absent.yaml: there is no such file" in str(report.errors[0])
    assert [record.source.address for record in house.store.sources.all()] == [str(tmp_path / "in")]


def test_an_extract_in_a_folder_is_read_beside_the_notices(house: Context, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", gardens=GARDENS)
    extract(folder / "grants.json", [item(1), item(2)])
    assert told(import_notices(house.store, [folder])) == {"records": 3, "new": 3}


def test_what_was_over_before_is_kept_on_request(house: Context, tmp_path: Path) -> None:
    path = extract(tmp_path / "grants.json", [item(1, closes="2020-01-01", status="closed"), item(2)])
    assert told(import_notices(house.store, [path])) == {"records": 2, "new": 1, "dropped": 1}
    assert told(import_notices(house.store, [path], keeps_closed=True)) == {"records": 2, "new": 1, "unchanged": 1}
