"""Which sources there are, which are due, and which are stale."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from matcher.bootstrap import Context
from matcher.domain.source import DropReason, LedgerCounts, Source, SourceKind
from matcher.errors import InputRejected, NotFound
from matcher.services.source_views import ledger_words, status_view
from matcher.services.sources import (
    WATCHED,
    SourceStatus,
    add_source,
    due_sources,
    enable_source,
    remove_source,
    source_of_path,
    source_statuses,
    watched_source,
)
from matcher.store.records import JobOutcome
from matcher.store.source_records import RunResult
from tests.services.records import add, extract, item, run

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOURLY = Source("hourly", SourceKind.URL, "https://example.org/grants.xml", 3_600)


def looked_at(house: Context, name: str, at: datetime, outcome: JobOutcome = JobOutcome.SUCCEEDED) -> None:
    with time_machine.travel(at, tick=False):
        run_id = house.store.sources.begin_run(name)
        error = None if outcome is JobOutcome.SUCCEEDED else "the server is down"
        house.store.sources.finish_run(run_id, RunResult(outcome, LedgerCounts(), error=error))


def status(house: Context, after: timedelta) -> SourceStatus:
    [found] = source_statuses(house.store, NOON + after)
    return found


def test_a_new_source_is_due_and_stale_until_it_first_succeeds(house: Context) -> None:
    add_source(house.store, HOURLY)
    fresh = status(house, timedelta())
    assert (fresh.is_due, fresh.is_stale, fresh.latest) == (True, True, None)
    looked_at(house, "hourly", NOON)
    hour = timedelta(hours=1)
    done = status(house, timedelta(minutes=59))
    assert (done.is_due, done.due_at, done.is_stale, done.stale_since) == (False, NOON + hour, False, None)
    later = status(house, timedelta(minutes=61))
    assert (later.is_due, later.is_stale, later.stale_since) == (True, True, NOON + hour)


def test_a_source_that_failed_is_tried_again_sooner_and_grows_stale(house: Context) -> None:
    add_source(house.store, HOURLY)
    looked_at(house, "hourly", NOON - timedelta(minutes=50))
    looked_at(house, "hourly", NOON, JobOutcome.FAILED)
    assert not status(house, timedelta(minutes=5)).is_due
    assert status(house, timedelta(minutes=5)).due_at == NOON + timedelta(minutes=15)
    failed = status(house, timedelta(minutes=15))
    assert (failed.is_due, failed.is_stale, failed.error) == (True, True, "the server is down")


def test_an_interrupted_run_is_made_good_soon(house: Context) -> None:
    add_source(house.store, HOURLY)
    with time_machine.travel(NOON, tick=False):
        house.store.sources.begin_run("hourly")
    assert status(house, timedelta(minutes=15)).is_due


@pytest.mark.parametrize("change", [{"is_enabled": False}, {"interval_seconds": None}])
def test_who_is_not_looked_at_by_itself_is_neither_due_nor_stale(house: Context, change: dict[str, object]) -> None:
    add_source(house.store, replace(HOURLY, **change))
    found = status(house, timedelta(days=9))
    assert (found.is_due, found.is_stale) == (False, False)


def test_a_disabled_source_can_be_enabled_again(house: Context) -> None:
    add_source(house.store, HOURLY)
    for is_enabled in (False, True):
        enable_source(house.store, "hourly", is_enabled=is_enabled)
        assert house.store.sources.get("hourly").source.is_enabled is is_enabled


def test_what_waited_longest_comes_first(house: Context) -> None:
    for name, minutes in (("a", 70), ("b", 90)):
        add_source(house.store, replace(HOURLY, name=name))
        looked_at(house, name, NOON - timedelta(minutes=minutes))
    add_source(house.store, replace(HOURLY, name="c"))
    assert due_sources(house.store, NOON) == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (replace(HOURLY, name="two words"), "letters, digits"),
        (replace(HOURLY, name=""), "letters, digits"),
        (replace(HOURLY, address="ftp://example.org/x"), "https://"),
        (replace(HOURLY, address="https://"), "names a host"),
        (replace(HOURLY, kind=SourceKind.FOLDER, address="relative"), "absolute"),
        (replace(HOURLY, kind=SourceKind.FOLDER, address="/no/such/folder"), "no such folder"),
        (replace(HOURLY, kind=SourceKind.FILE, address="/"), "no such file"),
    ],
)
def test_a_source_that_could_never_be_read_is_refused(house: Context, source: Source, reason: str) -> None:
    with pytest.raises(InputRejected, match=reason):
        add_source(house.store, source)


def test_the_watched_folder_is_a_source_that_follows_the_settings(house: Context, tmp_path: Path) -> None:
    first = watched_source(house.store, tmp_path, 60)
    assert (first.name, first.kind, first.address, first.interval_seconds) == (
        WATCHED,
        SourceKind.FOLDER,
        str(tmp_path),
        60,
    )
    enable_source(house.store, WATCHED, is_enabled=False)
    moved = watched_source(house.store, tmp_path / "other", 90)
    assert (moved.address, moved.interval_seconds, moved.is_enabled) == (str(tmp_path / "other"), 90, False)
    assert source_of_path(house.store, tmp_path / "other") == moved


def test_a_source_is_named_by_its_path_without_detours_and_a_link_stays_one(house: Context, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    plain = source_of_path(house.store, tmp_path / "real")
    assert source_of_path(house.store, tmp_path / "real" / ".." / "real") == plain
    assert plain.name == str(tmp_path / "real")
    assert source_of_path(house.store, tmp_path / "link").name == str(tmp_path / "link")


def test_what_only_a_removed_source_listed_stays_and_is_marked(house: Context, tmp_path: Path) -> None:
    add(house.store, extract(tmp_path / "a.json", [item(1), item(2)]))
    add(house.store, extract(tmp_path / "b.json", [item(2)]), "other")
    run(house.store)
    run(house.store, "other")
    remove_source(house.store, "grants")
    marked = {one.opportunity.title: one.vanished_at is not None for one in house.store.opportunities.all()}
    assert marked == {item(1)["title"]: True, item(2)["title"]: False}
    with pytest.raises(NotFound, match="grants"):
        remove_source(house.store, "grants")


def test_the_ledger_is_shown_as_a_sum(house: Context) -> None:
    dropped = ((DropReason.CLOSED, 1_500),)
    counts = LedgerCounts(records=1_506, new=2, changed=1, unchanged=2, dropped=dropped, rejected=1, vanished=3)
    assert ledger_words(counts, NOON) == (
        "1,506 records = 2 new + 1 changed + 2 unchanged + 1,500 closed before 2026-11-22 + 1 rejected; 3 vanished"
    )


def test_a_status_is_plain_json_with_its_last_success(house: Context) -> None:
    add_source(house.store, HOURLY)
    looked_at(house, "hourly", NOON)
    looked_at(house, "hourly", NOON, JobOutcome.FAILED)
    view = status_view(status(house, timedelta()))
    assert (view["name"], view["error"], view["last_success_at"]) == ("hourly", "the server is down", NOON.isoformat())
    assert (view["latest_run"]["outcome"], view["latest_success"]["outcome"]) == ("failed", "succeeded")
