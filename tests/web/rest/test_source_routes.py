"""The coverage ledger by REST: how each source fares, its runs, and what each run rejected."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import text

from matcher.bootstrap import Context
from matcher.domain.source import DropReason, LedgerCounts, Source, SourceKind
from matcher.services.import_source import SourceImporter
from matcher.store.database import Database
from matcher.store.source_records import NewRejection
from tests.services.records import extract, item
from tests.web.houses import PORTAL, look

COUNTS = LedgerCounts(records=9, new=1, changed=1, unchanged=2, dropped=((DropReason.CLOSED, 3),), rejected=2)
REJECTED = (NewRejection(PORTAL.address, 7, "the title is missing"), NewRejection(PORTAL.address, None, "cut off"))
START = datetime(2026, 11, 22, 6, tzinfo=UTC)


def rejections(client: FlaskClient, run_id: int, query: str = "") -> dict[str, object]:
    answer = client.get(f"/v1/sources/portal/runs/{run_id}/rejections{query}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def test_a_source_is_listed_with_its_last_run_and_the_totals_of_all(client: FlaskClient, context: Context) -> None:
    context.store.sources.add(PORTAL)
    context.store.sources.add(replace(PORTAL, name="other"))
    look(context, COUNTS, REJECTED)
    look(context, LedgerCounts(records=1, new=1), source=replace(PORTAL, name="other"))
    answer = client.get("/v1/sources").json
    assert [source["name"] for source in answer["sources"]] == ["other", "portal"]
    run = answer["sources"][1]["latest_run"]
    assert (run["records"], run["dropped"], run["rejected"]) == (9, {"closed": 3}, 2)
    assert answer["totals"] == {
        "records": 10,
        "new": 2,
        "changed": 1,
        "unchanged": 2,
        "dropped": 3,
        "rejected": 2,
        "listed": 0,
    }


def test_what_a_source_lists_now_is_counted_beside_what_its_run_read(
    client: FlaskClient, context: Context, tmp_path: Path
) -> None:
    path = extract(tmp_path / "grants.json", [item(1), item(2), item(3, title=None)])
    context.store.sources.add(Source("grants", SourceKind.FILE, str(path), 3_600))
    SourceImporter(context.store).run("grants")
    [source] = client.get("/v1/sources").json["sources"]
    assert (source["latest_run"]["records"], source["listed"]) == (3, 2)
    run_id = source["latest_run"]["run_id"]
    [told] = client.get(f"/v1/sources/grants/runs/{run_id}/rejections").json["rejections"]
    assert (told["source"], "record 3" in told["reason"]) == (str(path), True)


@pytest.mark.parametrize(
    ("later", "state", "is_stale"),
    [(timedelta(minutes=59), "fresh", False), (timedelta(minutes=61), "stale", True)],
)
def test_a_source_goes_stale_when_its_interval_is_over(
    client: FlaskClient, context: Context, later: timedelta, state: str, is_stale: bool
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        context.store.sources.add(PORTAL)
        look(context)
        clock.move_to(START + later)
        [source] = client.get("/v1/sources").json["sources"]
    assert (source["state"], source["is_stale"]) == (state, is_stale)
    assert source["stale_since"] == ("2026-11-22T07:00:00Z" if is_stale else None)
    assert (source["last_success_at"], source["next_due_at"]) == ("2026-11-22T06:00:00Z", "2026-11-22T07:00:00Z")


def test_a_source_that_fails_tells_its_error_and_its_last_success(client: FlaskClient, context: Context) -> None:
    with time_machine.travel(START, tick=False) as clock:
        context.store.sources.add(PORTAL)
        look(context, LedgerCounts(records=1, new=1))
        clock.shift(timedelta(minutes=10))
        look(context, error="the server answers 502; nothing can be done here")
        [source] = client.get("/v1/sources").json["sources"]
    assert (source["state"], source["error"]) == ("failing", "the server answers 502; nothing can be done here")
    assert (source["latest_run"]["outcome"], source["latest_success"]["records"]) == ("failed", 1)
    assert source["last_success_at"] == "2026-11-22T06:00:00Z"


@pytest.mark.parametrize(("interval", "error"), [(3_600, None), (3_600, "no answer"), (60, "no answer")])
def test_the_next_look_is_told_as_the_scheduler_will_do_it(
    client: FlaskClient, context: Context, interval: int, error: str | None
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        context.store.sources.add(replace(PORTAL, interval_seconds=interval))
        look(context, error=error)
        due = datetime.fromisoformat(client.get("/v1/sources").json["sources"][0]["next_due_at"])
        for moment, is_due in ((due - timedelta(seconds=1), False), (due, True)):
            clock.move_to(moment)
            assert client.get("/v1/sources").json["sources"][0]["is_due"] is is_due


@pytest.mark.parametrize(
    ("changes", "state"), [({"is_enabled": False}, "disabled"), ({"interval_seconds": None}, "by_hand")]
)
def test_a_source_that_nobody_looks_at_by_itself_is_never_due(
    client: FlaskClient, context: Context, changes: dict[str, object], state: str
) -> None:
    context.store.sources.add(replace(PORTAL, **changes))
    look(context)
    [source] = client.get("/v1/sources").json["sources"]
    assert (source["state"], source["is_due"], source["next_due_at"]) == (state, False, None)


def test_runs_come_latest_first_and_in_pages(client: FlaskClient, context: Context) -> None:
    context.store.sources.add(PORTAL)
    ids = [look(context, LedgerCounts(records=count, unchanged=count)) for count in range(5)]
    pages = [client.get(f"/v1/sources/portal/runs?page_size=2&page={page}").json for page in (1, 2, 3, 4)]
    assert [[run["run_id"] for run in page["runs"]] for page in pages] == [ids[:2:-1], ids[2:0:-1], ids[:1], []]
    assert [page["has_more"] for page in pages] == [True, True, False, False]


def test_a_source_that_is_named_by_a_path_is_found_by_its_link(client: FlaskClient, context: Context) -> None:
    source = Source("/srv/notices/june runs.json", SourceKind.FILE, "/srv/notices/june runs.json")
    context.store.sources.add(source)
    run_id = look(context, source=source)
    url = client.get("/v1/sources").json["sources"][0]["runs_url"]
    assert url == "/v1/sources/%2Fsrv%2Fnotices%2Fjune%20runs.json/runs"
    assert client.get(url).json["name"] == source.name
    assert client.get(f"{url}/{run_id}/rejections").json["name"] == source.name


def test_what_a_run_rejected_is_told_with_place_and_reason_in_pages(client: FlaskClient, context: Context) -> None:
    context.store.sources.add(PORTAL)
    run_id = look(context, COUNTS, REJECTED)
    pages = [rejections(client, run_id, f"?page_size=1&page={page}") for page in (1, 2)]
    found = [(one["source"], one["line"], one["reason"]) for page in pages for one in page["rejections"]]
    assert sorted(found, key=str) == sorted([(one.source, one.line, one.reason) for one in REJECTED], key=str)
    assert {(page["total"], page["is_kept"]) for page in pages} == {(2, True)}


def test_reasons_outlast_runs_that_read_nothing(client: FlaskClient, context: Context) -> None:
    context.store.sources.add(PORTAL)
    run_id = look(context, COUNTS, REJECTED)
    later = [look(context, is_unmodified=True), look(context, error="no answer")]
    assert len(rejections(client, run_id)["rejections"]) == 2
    assert [rejections(client, one)["total"] for one in later] == [0, 0]


def test_the_reasons_of_an_earlier_run_are_told_beside_those_of_the_last(client: FlaskClient, context: Context) -> None:
    context.store.sources.add(PORTAL)
    earlier = look(context, COUNTS, REJECTED)
    latest = look(context, LedgerCounts(records=1, rejected=1), REJECTED[:1])
    told = [rejections(client, run_id) for run_id in (earlier, latest)]
    assert [(page["total"], len(page["rejections"]), page["is_kept"]) for page in told] == [(2, 2, True), (1, 1, True)]


def test_reasons_that_an_older_schema_did_not_keep_are_not_passed_off_as_none(
    client: FlaskClient, context: Context
) -> None:
    context.store.sources.add(PORTAL)
    run_id = look(context, COUNTS, REJECTED)
    with Database(context.settings.store_url).writing() as connection:
        connection.execute(text("DELETE FROM rejections"))
    told = rejections(client, run_id)
    assert (told["is_kept"], told["rejections"], told["total"]) == (False, [], 2)


def test_reasons_of_another_source_for_the_same_folder_stay_with_it(client: FlaskClient, context: Context) -> None:
    folder = Source("portal", SourceKind.FOLDER, "/srv/notices")
    file = Source("june", SourceKind.FILE, "/srv/notices/june.yaml")
    one = NewRejection(file.address, 3, "the title is missing")
    for source in (folder, file):
        context.store.sources.add(source)
    run_id = look(context, LedgerCounts(records=1, rejected=1), [one], source=folder)
    look(context, LedgerCounts(records=1, rejected=1), [replace(one, reason="another")], source=file)
    assert [told["reason"] for told in rejections(client, run_id)["rejections"]] == ["the title is missing"]


@pytest.mark.parametrize("url", ["/v1/sources/nowhere/runs", "/v1/sources/portal/runs/99/rejections"])
def test_an_unknown_source_or_run_is_not_found(client: FlaskClient, run_id: int, url: str) -> None:
    answer = client.get(url)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.json["errors"][0]["source"] in ("nowhere", "99")
