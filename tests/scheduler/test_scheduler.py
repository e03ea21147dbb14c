"""The scheduler: a process of its own that ticks and asks what is due."""

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher import bootstrap
from matcher.bootstrap import Context
from matcher.domain.source import Source, SourceKind
from matcher.proposals.reader import read_proposal
from matcher.services.submit_proposal import submit_proposal
from matcher.settings import settings
from matcher.store.records import JobOutcome
from matcher.text.documents import read_document
from scheduler import __main__ as process
from scheduler.jobs import jobs, run
from tests.fakes import BagOfWords
from tests.services.examples import GARDENS, HULLS, PROPOSAL, write


def test_the_sources_job_brings_matches_up_to_date_and_leaves_its_counts(house: Context) -> None:
    saved = submit_proposal(house.store, house.rescorer, read_proposal(read_document(PROPOSAL.encode(), "p.md")))
    write(house.settings.opportunities, gardens=GARDENS)
    counts = run(house, jobs(house)["sources"])
    assert (counts["new"], counts["matches"]) == (1, 1)
    assert house.store.matches.for_proposal(saved.identifier)[0].match.opportunity_id == "gardens"
    rows = {row.name: row for row in house.store.jobs.recent(2)}
    assert rows["sources"].counts == counts
    assert rows["rescore"].counts["matches"] == 1


def test_only_sources_that_are_due_are_looked_at_and_one_that_fails_stops_no_other(
    house: Context, tmp_path: Path
) -> None:
    write(house.settings.opportunities, gardens=GARDENS)
    torn = tmp_path / "torn.json"
    torn.write_text("{", encoding="utf-8")
    house.store.sources.add(Source("a-torn-one", SourceKind.FILE, str(torn), 3_600))
    first = run(house, jobs(house)["sources"])
    assert (first["new"], first["failed"]) == (1, 1)
    again = run(house, jobs(house)["sources"])
    assert (again["records"], again["failed"]) == (0, 0)


def test_a_notice_dropped_in_while_it_runs_is_ranked_within_the_interval(house: Context, encoder: BagOfWords) -> None:
    write(house.settings.opportunities, gardens=GARDENS)
    saved = submit_proposal(house.store, house.rescorer, read_proposal(read_document(PROPOSAL.encode(), "p.md")))
    watching = replace(house, settings=house.settings.model_copy(update={"watch_seconds": 1}))
    stop = threading.Event()
    loop = threading.Thread(target=process.loop, args=(watching, stop))
    loop.start()
    try:
        wait_for(lambda: len(house.store.matches.for_proposal(saved.identifier)) == 1)
        before = len(encoder.encoded)
        write(house.settings.opportunities, hulls=HULLS)
        wait_for(lambda: len(house.store.matches.for_proposal(saved.identifier)) == 2)
    finally:
        stop.set()
        loop.join(timeout=120)
    assert not loop.is_alive()
    assert encoder.encoded[before:] == ["Submarine Hull Repair", "Develop welding of titanium submarine hulls."]


def wait_for(happened: object, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def in_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: BagOfWords) -> Path:
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MATCHER_OPPORTUNITIES", str(write(tmp_path / "notices", gardens=GARDENS)))
    monkeypatch.setattr(process, "build", lambda chosen: bootstrap.build(chosen, encoder=encoder))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def test_once_runs_one_job_and_stops(in_home: Path) -> None:
    answer = CliRunner().invoke(process.main, ["--once", "sources"])
    assert answer.exit_code == 0
    assert "1 new" in answer.output


def test_an_unknown_job_is_answered_with_the_known_ones(in_home: Path) -> None:
    answer = CliRunner().invoke(process.main, ["--once", "cleaning"])
    assert answer.exit_code == 2
    assert "sources, rescore, digest, reminders, mail, tidy" in answer.output


def test_a_failing_job_is_recorded_and_the_loop_goes_on(house: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = replace(jobs(house)["sources"], work=lambda: 1 / 0)
    process._attempt(house, failing)
    row = house.store.jobs.recent(1)[0]
    assert row.outcome is JobOutcome.FAILED
    assert "ZeroDivisionError" in (row.error or "")
