"""A source comes in exactly: what changed is what is said to have changed, and the ledger adds up."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from matcher.bootstrap import Context
from matcher.domain.source import DropReason, JoinReason, Source, SourceKind
from matcher.domain.vocabulary import OpportunityStatus
from matcher.errors import NotFound, RetryLater
from matcher.services import record_batches
from matcher.services.downloads import Downloads
from matcher.services.import_source import SourceImporter
from matcher.store.records import JobOutcome
from matcher.store.source_records import SourceRun
from tests.services.examples import GARDENS, write
from tests.services.records import TODAY, Shelf, add, extract, item, run, told


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "grants.json"


def latest(house: Context, name: str = "grants") -> SourceRun:
    found = house.store.sources.get(name).latest
    assert found is not None
    return found


def vanished(house: Context) -> list[str]:
    return [one.opportunity.title for one in house.store.opportunities.all() if one.vanished_at is not None]


def test_a_second_import_of_the_same_file_changes_nothing_and_says_so(house: Context, path: Path) -> None:
    add(house.store, extract(path, map(item, range(5))))
    assert told(run(house.store)) == {"records": 5, "new": 5}
    before = (house.store.opportunities.all(), house.store.listings.generation())
    assert told(run(house.store)) == {"records": 5, "unchanged": 5}
    assert (house.store.opportunities.all(), house.store.listings.generation()) == before


def test_a_changed_record_is_one_new_revision_and_the_others_stay(house: Context, path: Path) -> None:
    add(house.store, extract(path, map(item, range(3))))
    run(house.store)
    extract(path, [item(0), item(1, closes="2027-06-01"), item(2)])
    report = run(house.store)
    assert told(report) == {"records": 3, "changed": 1, "unchanged": 2}
    assert len(house.store.opportunities.revisions(report.changed[0])) == 2
    assert sum(house.store.opportunities.ids_and_revisions().values()) == 4


def test_a_forecast_that_becomes_a_posting_is_one_opportunity_with_its_history(house: Context, path: Path) -> None:
    add(house.store, extract(path, [item(1, status="forecasted")]))
    run(house.store)
    extract(path, [item(1)])
    [name] = run(house.store).changed
    statuses = [one.opportunity.status for one in house.store.opportunities.revisions(name)]
    assert statuses == [OpportunityStatus.FORECASTED, OpportunityStatus.POSTED]


def test_a_record_that_vanishes_is_marked_and_kept_and_comes_back(house: Context, path: Path) -> None:
    add(house.store, extract(path, [item(1), item(2)]))
    run(house.store)
    extract(path, [item(1)])
    assert told(run(house.store)) == {"records": 1, "unchanged": 1, "vanished": 1}
    assert vanished(house) == [item(2)["title"]]
    extract(path, [item(1), item(2)])
    assert told(run(house.store)) == {"records": 2, "unchanged": 2, "returned": 1}
    assert vanished(house) == []
    assert set(house.store.opportunities.ids_and_revisions().values()) == {1}


def test_a_source_that_is_not_complete_marks_nothing_as_vanished(house: Context, path: Path) -> None:
    add(house.store, extract(path, [item(1), item(2)]), is_complete=False)
    run(house.store)
    extract(path, [item(1)])
    assert told(run(house.store)) == {"records": 1, "unchanged": 1}
    assert vanished(house) == []


def test_a_feed_shows_only_its_newest_and_so_nothing_of_it_vanishes(house: Context, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    add(house.store, feed(path, "rivers", "lakes"))
    run(house.store)
    feed(path, "lakes", "ponds")
    assert told(run(house.store)) == {"records": 2, "new": 1, "unchanged": 1}
    assert vanished(house) == []


def test_a_record_that_is_rejected_now_has_not_vanished(house: Context, path: Path) -> None:
    add(house.store, extract(path, [item(1), item(2)]))
    run(house.store)
    extract(path, [item(1), item(2, title=None)])
    assert told(run(house.store)) == {"records": 2, "unchanged": 1, "rejected": 1}
    assert vanished(house) == []
    [rejection] = house.store.opportunities.rejections()
    assert rejection.source == str(path)
    assert "record 2" in rejection.reason


def test_what_is_over_when_it_is_first_seen_is_dropped_with_its_reason_and_what_is_kept_stays(
    house: Context, path: Path
) -> None:
    over = {"closes": "2026-01-31", "status": "closed"}
    add(house.store, extract(path, [item(1), item(2, **over)]))
    assert run(house.store).dropped == {DropReason.CLOSED: 1}
    extract(path, [item(1, **over), item(2, **over)])
    assert told(run(house.store)) == {"records": 2, "changed": 1, "dropped": 1}
    assert latest(house).counts.dropped == ((DropReason.CLOSED, 1),)


def test_a_source_that_keeps_closed_ones_drops_none(house: Context, path: Path) -> None:
    add(house.store, extract(path, [item(1, closes="2026-01-31", status="closed")]), keeps_closed=True)
    assert told(run(house.store)) == {"records": 1, "new": 1}


def test_a_notice_that_somebody_chose_is_kept_though_it_is_over(house: Context, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", gardens=GARDENS)
    house.store.sources.add(Source("grants", SourceKind.FOLDER, str(folder)))
    assert run(house.store).new == ["gardens"]


def test_the_very_same_record_twice_is_dropped_as_repeated(house: Context, path: Path) -> None:
    add(house.store, extract(path, [item(1), item(1)]))
    assert run(house.store).dropped == {DropReason.REPEATED: 1}


def test_two_records_under_one_key_are_one_entry_that_shows_the_posting_in_either_order(
    house: Context, path: Path
) -> None:
    pair = [item(1), item(1, status="forecasted")]
    add(house.store, extract(path, pair))
    assert told(run(house.store)) == {"records": 2, "new": 2, "joined": 1}
    extract(path, reversed(pair))
    assert told(run(house.store)) == {"records": 2, "changed": 2}
    [stored] = house.store.opportunities.all()
    assert (stored.opportunity.status, stored.revision) == (OpportunityStatus.POSTED, 1)


def test_the_same_notice_from_two_sources_is_one_entry_with_both_and_the_reason(
    house: Context, path: Path, tmp_path: Path
) -> None:
    add(house.store, extract(path, [item(1)]))
    add(house.store, extract(tmp_path / "copy.json", [item(1)]), "copy")
    run(house.store)
    assert told(run(house.store, "copy")) == {"records": 1, "new": 1, "joined": 1}
    [stored] = house.store.opportunities.all()
    listings = house.store.listings.under([stored.opportunity.opportunity_id])[stored.opportunity.opportunity_id]
    assert [(one.source_name, one.joined_by) for one in listings] == [
        ("copy", JoinReason.IDENTIFIER),
        ("grants", JoinReason.FIRST),
    ]


def test_two_sources_that_disagree_do_not_take_turns(house: Context, path: Path, tmp_path: Path) -> None:
    add(house.store, extract(path, [item(1)]))
    add(house.store, extract(tmp_path / "copy.json", [item(1, closes="2027-09-01")]), "copy")
    for _ in range(3):
        run(house.store)
        run(house.store, "copy")
    [stored] = house.store.opportunities.all()
    assert (stored.revision, str(stored.opportunity.key_dates[0].day)) == (1, "May 1, 2027")


def test_an_entry_vanishes_only_when_no_source_lists_it_and_shows_the_one_that_still_does(
    house: Context, path: Path, tmp_path: Path
) -> None:
    add(house.store, extract(path, [item(1), item(2)]))
    copy = extract(tmp_path / "copy.json", [item(1, closes="2027-09-01"), item(3)])
    add(house.store, copy, "copy")
    run(house.store)
    run(house.store, "copy")
    extract(path, [item(2)])
    run(house.store)
    assert vanished(house) == []
    shared = next(one for one in house.store.opportunities.all() if one.source == str(copy) and one.revision == 2)
    assert str(shared.opportunity.key_dates[0].day) == "September 1, 2027"
    extract(copy, [item(3)])
    run(house.store, "copy")
    assert vanished(house) == [item(1)["title"]]


@pytest.mark.parametrize("content", ["", "{", None])
def test_a_source_that_fails_keeps_its_data_and_says_why(house: Context, path: Path, content: str | None) -> None:
    add(house.store, extract(path, [item(1)]))
    run(house.store)
    path.unlink() if content is None else path.write_text(content, encoding="utf-8")
    report = run(house.store)
    assert len(report.errors) == 1
    assert latest(house).outcome is JobOutcome.FAILED
    assert latest(house).error
    assert vanished(house) == []
    assert house.store.sources.get("grants").success is not None


def test_a_source_that_comes_back_empty_is_not_believed(house: Context, path: Path) -> None:
    add(house.store, extract(path, [item(1)]))
    run(house.store)
    extract(path, [])
    assert "came back empty; its 1 records stay" in str(run(house.store).errors[0])
    assert vanished(house) == []


def test_an_unknown_source_is_not_found(house: Context) -> None:
    with pytest.raises(NotFound, match="grants"):
        run(house.store)


def test_a_mistake_of_the_program_closes_the_row_and_is_not_hidden(
    house: Context, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(house.store, extract(path, [item(1)]))
    monkeypatch.setattr(record_batches, "Entries", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(house.store)
    assert latest(house).error == "ZeroDivisionError: division by zero"


def test_a_batch_is_tried_again_when_somebody_else_wrote_meanwhile(
    house: Context, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(house.store, extract(path, [item(1)]))
    add(house.store, extract(tmp_path / "copy.json", [item(1)]), "copy")
    apply = house.store.listings.apply

    def overtaken(*arguments: object) -> bool:
        monkeypatch.setattr(house.store.listings, "apply", apply)
        run(house.store, "copy")
        return apply(*arguments)

    monkeypatch.setattr(house.store.listings, "apply", overtaken)
    assert told(run(house.store)) == {"records": 1, "new": 1, "joined": 1}
    assert len(house.store.opportunities.all()) == 1


def test_who_is_always_overtaken_is_told_to_come_back(
    house: Context, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(house.store, extract(path, [item(1)]))
    monkeypatch.setattr(house.store.listings, "apply", lambda *_: False)
    [error] = run(house.store).errors
    assert isinstance(error, RetryLater)
    assert latest(house).counts.records == 0


def test_many_records_are_written_a_few_hundred_at_a_time(
    house: Context, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(house.store, extract(path, map(item, range(1_201))))
    sizes: list[int] = []
    apply = house.store.listings.apply
    monkeypatch.setattr(
        house.store.listings,
        "apply",
        lambda change, generation: sizes.append(len(change.listings)) or apply(change, generation),
    )
    assert told(run(house.store)) == {"records": 1_201, "new": 1_201}
    assert sizes == [500, 500, 201]


def test_progress_sees_every_record_go_by(house: Context, path: Path) -> None:
    add(house.store, extract(path, map(item, range(3))))
    shown: list[object] = []

    def watching(items: Iterable[object]) -> Iterable[object]:
        for one in items:
            shown.append(one)
            yield one

    run(house.store, progress=watching)
    assert len(shown) == 3


@pytest.fixture
def shelf(house: Context, path: Path) -> Shelf:
    """Return a server with one extract, which the source `grants` fetches."""
    house.store.sources.add(Source("grants", SourceKind.URL, "https://example.org/grants.json", 3_600))
    return Shelf(extract(path, [item(1)]))


def fetch(house: Context, shelf: Shelf, **options: bool) -> dict[str, int]:
    importer = SourceImporter(house.store, Downloads(house.settings.home / "sources", lambda _: shelf))
    return told(importer.run("grants", today=TODAY, **options))


def test_an_address_is_fetched_with_the_state_of_the_last_success(house: Context, shelf: Shelf) -> None:
    assert fetch(house, shelf) == {"records": 1, "new": 1}
    assert fetch(house, shelf) == {"unmodified": 1}
    assert latest(house).is_unmodified
    assert [None if state is None else state.etag for state in shelf.asked] == [None, "1"]
    assert house.store.opportunities.all()[0].source == "https://example.org/grants.json"


def test_what_is_unmodified_is_read_again_on_request(house: Context, shelf: Shelf) -> None:
    fetch(house, shelf)
    assert fetch(house, shelf, again=True) == {"records": 1, "unchanged": 1}


def test_the_state_of_a_fetch_whose_import_failed_is_not_kept(house: Context, shelf: Shelf) -> None:
    good = shelf.path.read_text(encoding="utf-8")
    shelf.path.write_text("<html>We are moving.</html>", encoding="utf-8")
    assert fetch(house, shelf)["failed"] == 1
    shelf.path.write_text(good, encoding="utf-8")
    assert fetch(house, shelf) == {"records": 1, "new": 1}


def test_a_server_that_is_down_is_on_the_ledger(house: Context, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    fetch(house, shelf)

    def down(*_: object) -> None:
        raise RetryLater("https://example.org: the server answered 503")

    monkeypatch.setattr(shelf, "fetch", down)
    assert fetch(house, shelf) == {"failed": 1}
    assert latest(house).error == "https://example.org: the server answered 503"
    assert latest(house).started_at - house.store.sources.get("grants").success.started_at < timedelta(minutes=1)


def feed(path: Path, *topics: str) -> Path:
    items = "".join(
        f"<item><title>Grants for {topic} and their friends</title><link>https://example.org/{topic}</link>"
        f"<description>The fund supports work on {topic} by nonprofits.</description></item>"
        for topic in topics
    )
    path.write_text(f'<rss version="2.0"><channel><title>Fund</title>{items}</channel></rss>', encoding="utf-8")
    return path
