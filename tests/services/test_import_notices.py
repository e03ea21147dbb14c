"""Notices come in; one bad one never stops the rest."""

from pathlib import Path

from matcher.bootstrap import Context
from matcher.services.import_notices import import_notices, notice_files
from tests.services.examples import GARDENS, HULLS, write


def test_a_folder_is_imported_and_a_second_time_changes_nothing(house: Context, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", gardens=GARDENS, hulls=HULLS)
    assert import_notices(house.store, [folder]).counts == {"new": 2, "changed": 0, "unchanged": 0, "rejected": 0}
    assert import_notices(house.store, [folder]).counts == {"new": 0, "changed": 0, "unchanged": 2, "rejected": 0}


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
