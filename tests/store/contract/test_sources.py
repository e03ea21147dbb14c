"""Sources and the ledger of their runs."""

from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy.exc import IntegrityError

from matcher.domain.source import DropReason, LedgerCounts, Source, SourceKind
from matcher.errors import InputRejected, NotFound, Unrecoverable
from matcher.store.protocol import Store
from matcher.store.records import JobOutcome, Rejection
from matcher.store.source_records import CatalogueChange, NewRejection, RunResult

from .builders import entry, listing

MONDAY = datetime(2026, 11, 16, 8, 30, tzinfo=UTC)
RIVERS = Source("rivers", SourceKind.URL, "https://example.org/rivers.xml", 3600, 2.5, True, False, True)
LAKES = Source("lakes", SourceKind.FOLDER, "/data/lakes")


@pytest.fixture
def known(store: Store) -> Store:
    """Return a store with the sources `lakes` and `rivers`."""
    store.sources.add(RIVERS)
    store.sources.add(LAKES)
    return store


def finished(store: Store, result: RunResult, name: str = "rivers") -> int:
    run_id = store.sources.begin_run(name)
    store.sources.finish_run(run_id, result)
    return run_id


def succeeded(counts: LedgerCounts | None = None, **values: object) -> RunResult:
    return RunResult(JobOutcome.SUCCEEDED, counts or LedgerCounts(), **values)


def test_sources_come_back_by_name_as_they_were_added(known: Store) -> None:
    assert [record.source for record in known.sources.all()] == [LAKES, RIVERS]
    assert known.sources.get("rivers").source == RIVERS


def test_a_name_that_is_taken_is_refused(known: Store) -> None:
    with pytest.raises(InputRejected, match="rivers: a source is already stored"):
        known.sources.add(Source("rivers", SourceKind.FILE, "/other"))


def test_an_unknown_source_is_not_found_and_named(store: Store) -> None:
    for call in (store.sources.get, store.sources.remove, store.sources.begin_run):
        with pytest.raises(NotFound, match="no-such-source"):
            call("no-such-source")
    with pytest.raises(NotFound, match="rivers"):
        store.sources.change(RIVERS)


def test_a_changed_source_keeps_its_fetch_state_unless_it_would_be_read_otherwise(known: Store) -> None:
    finished(known, succeeded(fetch_state="tag"))
    known.sources.change(Source("rivers", SourceKind.URL, RIVERS.address, None, 0, False, False, True))
    assert known.sources.get("rivers").fetch_state == "tag"
    known.sources.change(Source("rivers", SourceKind.URL, "https://example.org/other.xml"))
    assert known.sources.get("rivers").fetch_state is None


def test_a_run_is_under_way_until_it_is_finished(known: Store) -> None:
    with time_machine.travel(MONDAY, tick=False):
        run_id = known.sources.begin_run("rivers")
    under_way = known.sources.get("rivers").latest
    assert under_way is not None
    assert (under_way.run_id, under_way.started_at, under_way.finished_at) == (run_id, MONDAY, None)
    counts = LedgerCounts(records=6, new=1, changed=1, unchanged=1, dropped=((DropReason.CLOSED, 2),), rejected=1)
    known.sources.finish_run(run_id, succeeded(counts, rejections=(NewRejection("rivers.xml", 7, "no title"),)))
    done = known.sources.get("rivers").latest
    assert done is not None
    assert (done.outcome, done.counts) == (JobOutcome.SUCCEEDED, counts)


def test_a_failed_run_leaves_the_last_success_in_sight(known: Store) -> None:
    good = finished(known, succeeded())
    bad = finished(known, RunResult(JobOutcome.FAILED, LedgerCounts(), error="the server is down"))
    record = known.sources.get("rivers")
    assert record.latest is not None
    assert record.success is not None
    assert (record.latest.run_id, record.latest.error, record.success.run_id) == (bad, "the server is down", good)


def test_the_runs_of_one_source_come_latest_first_and_no_more_than_asked(known: Store) -> None:
    mine = [finished(known, succeeded()) for _ in range(3)]
    finished(known, succeeded(), "lakes")
    assert [run.run_id for run in known.sources.runs("rivers", 2)] == mine[:0:-1]
    assert [run.run_id for run in known.sources.runs("rivers", 2, offset=2)] == mine[:1]
    assert (known.sources.count_runs("rivers"), known.sources.count_runs("lakes")) == (3, 1)


def test_one_run_is_found_under_its_own_source_only(known: Store) -> None:
    run_id = finished(known, succeeded())
    assert known.sources.run("rivers", run_id).run_id == run_id
    with pytest.raises(NotFound, match=str(run_id)):
        known.sources.run("lakes", run_id)


def test_the_last_reading_is_the_run_that_tells_what_is_rejected_now(known: Store) -> None:
    assert known.sources.last_reading("rivers") is None
    one = succeeded(LedgerCounts(records=1, rejected=1), rejections=(NewRejection("a.xml", 7, "no title"),))
    read = finished(known, one)
    finished(known, one, "lakes")
    finished(known, RunResult(JobOutcome.FAILED, LedgerCounts(), error="down"))
    finished(known, succeeded(is_unmodified=True))
    last = known.sources.last_reading("rivers")
    assert last is not None
    assert last.run_id == read
    assert [(told.source, told.line) for told in known.sources.rejections("rivers", read)] == [("a.xml", 7)]
    assert known.sources.rejections("rivers", finished(known, succeeded())) == []


def test_a_run_is_finished_once(known: Store) -> None:
    run_id = finished(known, succeeded())
    with pytest.raises(NotFound, match=str(run_id)):
        known.sources.finish_run(run_id, succeeded())


def test_the_rejections_now_are_those_of_the_last_run_of_each_source(known: Store) -> None:
    one = LedgerCounts(records=1, rejected=1)
    with time_machine.travel(MONDAY, tick=False):
        finished(known, succeeded(one, rejections=(NewRejection("a.xml", 7, "no title"),)))
        finished(known, succeeded(one, rejections=(NewRejection("b.pdf", None, "locked"),)), "lakes")
        finished(known, succeeded(one, rejections=(NewRejection("a.xml", 9, "no title"),)))
    assert known.opportunities.rejections() == [
        Rejection("a.xml", 9, "no title", MONDAY),
        Rejection("b.pdf", None, "locked", MONDAY),
    ]
    finished(known, succeeded())
    assert [rejection.source for rejection in known.opportunities.rejections()] == ["b.pdf"]


def test_the_rejections_of_earlier_runs_stay_and_what_comes_again_is_kept_once(known: Store) -> None:
    lasting, passing, late = (NewRejection("a.xml", line, "no title") for line in (7, 8, 9))
    told = [(lasting, passing), (lasting, lasting), (), (lasting, late)]
    runs = [
        finished(known, succeeded(LedgerCounts(records=len(one), rejected=len(one)), rejections=one)) for one in told
    ]
    unmodified = finished(known, succeeded(is_unmodified=True))
    found = [[one.line for one in known.sources.rejections("rivers", run_id)] for run_id in [*runs, unmodified]]
    assert found == [[7, 8], [7, 7], [], [7, 9], []]
    assert known.sources.rejections("lakes", runs[0]) == []
    assert [one.line for one in known.opportunities.rejections()] == [7, 9]


@pytest.mark.parametrize(
    "result",
    [RunResult(JobOutcome.FAILED, LedgerCounts(), error="down"), succeeded(is_unmodified=True)],
)
def test_a_run_that_read_nothing_leaves_the_rejections(known: Store, result: RunResult) -> None:
    one = LedgerCounts(records=1, rejected=1)
    finished(known, succeeded(one, rejections=(NewRejection("a.xml", 7, "no title"),)))
    finished(known, result)
    assert len(known.opportunities.rejections()) == 1


def test_a_ledger_that_the_rejections_do_not_bear_out_is_refused_and_the_run_stays_open(known: Store) -> None:
    run_id = known.sources.begin_run("rivers")
    with pytest.raises(Unrecoverable, match="rivers does not add up: 1 records count as rejected, and 0 reasons"):
        known.sources.finish_run(run_id, succeeded(LedgerCounts(records=1, rejected=1)))
    latest = known.sources.get("rivers").latest
    assert latest is not None
    assert latest.finished_at is None


def test_a_ledger_that_the_listings_do_not_bear_out_is_refused(known: Store) -> None:
    known.listings.apply(CatalogueChange((listing("rivers"),), (entry(),)), known.listings.generation())
    finished(known, succeeded(present=1))
    with pytest.raises(Unrecoverable, match="2 of its records must be listed, and 1 are"):
        finished(known, succeeded(present=2))


def test_the_database_itself_refuses_counts_that_do_not_add_up(known: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LedgerCounts, "__post_init__", lambda self: None)
    with pytest.raises(IntegrityError, match="ck_source_runs_adds_up"):
        finished(known, succeeded(LedgerCounts(records=3, new=2)))


def test_a_removed_source_takes_its_runs_listings_and_rejections_along_and_leaves_the_entries(known: Store) -> None:
    known.listings.apply(CatalogueChange((listing("rivers"),), (entry(),)), known.listings.generation())
    one = LedgerCounts(records=1, rejected=1)
    finished(known, succeeded(one, rejections=(NewRejection("a.xml", 7, "no title"),)))
    known.sources.remove("rivers")
    assert [record.source.name for record in known.sources.all()] == ["lakes"]
    assert known.listings.under(["river-fund"]) == {}
    assert known.opportunities.rejections() == []
    assert known.opportunities.get("river-fund").revision == 1
