"""Whether the service is up and ready, and what its jobs did."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from matcher.bootstrap import Context
from matcher.errors import RetryLater, Unrecoverable
from matcher.store.records import JobOutcome
from matcher.web.app import create_app
from matcher.web.house import house_of
from tests.web.conftest import NewHouse
from tests.web.houses import PORTAL, look


def test_the_index_leads_to_calls_that_answer(client: FlaskClient) -> None:
    links = client.get("/").json["links"]
    assert links["description"] == "/openapi.json"
    assert {client.get(url).status_code for url in links.values()} == {200}


def test_the_process_is_up_whatever_the_store_does(client: FlaskClient, context: Context) -> None:
    context.store.close()
    assert client.get("/healthz").json == {"status": "up"}


def test_a_service_with_a_catalogue_is_ready_and_tells_what_it_encoded(client: FlaskClient, proposal_id: str) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json["opportunities"] == 4
    assert answer.json["encoded_count"] > 0


def test_readiness_tells_whether_scoring_is_warm(context: Context) -> None:
    app = create_app(context)
    client, warm_up = app.test_client(), house_of(app).warm_up
    assert client.get("/readyz").json["scoring"] == "cold"
    warm_up.begin()
    warm_up.wait()
    assert client.get("/readyz").json["scoring"] == "warm"


def test_a_warm_up_that_fails_is_told_and_leaves_the_service_ready(
    context: Context, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise Unrecoverable("the weights are not the published ones")

    monkeypatch.setattr(context.encoder, "warm_up", fail)
    app = create_app(context)
    house_of(app).warm_up.begin()
    house_of(app).warm_up.wait()
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.json["scoring"]) == (200, "failed")
    assert "warm-up failed" in caplog.messages


def test_an_empty_catalogue_is_not_ready_and_says_what_is_missing(new_house: NewHouse) -> None:
    answer = create_app(new_house(notices=())).test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json["errors"][0]["source"] == "catalogue"
    assert "matcher import" in answer.json["detail"]
    assert int(answer.headers["Retry-After"]) > 0


def test_a_store_that_cannot_be_read_is_not_ready_and_the_reason_stays_in_the_log(
    client: FlaskClient, context: Context, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RetryLater("postgresql://matcher@db.example.org/matcher cannot be reached")

    monkeypatch.setattr(context.store.turns, "all", fail)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["errors"][0]["source"]) == (503, "store")
    assert "db.example.org" not in answer.text
    assert any("db.example.org" in str(record.__dict__.get("reason")) for record in caplog.records)


def test_readiness_shows_the_latest_run_of_each_job(client: FlaskClient, context: Context) -> None:
    for name in ("import", "rescore", "import"):
        latest = context.store.jobs.start(name)
    context.store.jobs.finish(latest, JobOutcome.SUCCEEDED, {"new": 2})
    shown = client.get("/readyz").json["jobs"]
    assert [(run["name"], run["outcome"]) for run in shown] == [("import", "succeeded"), ("rescore", None)]
    assert shown[0]["counts"] == {"new": 2}


def test_sources_in_trouble_are_told_and_leave_the_service_ready(client: FlaskClient, context: Context) -> None:
    for name in ("fresh", "failing", "stale"):
        context.store.sources.add(replace(PORTAL, name=name))
    look(context, source=replace(PORTAL, name="fresh"))
    look(context, source=replace(PORTAL, name="failing"), error="the server answers 502")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (200, "ready")
    assert answer.json["sources"] == [
        {"name": "failing", "state": "failing", "error": "the server answers 502"},
        {"name": "stale", "state": "stale", "error": None},
    ]


def test_a_job_that_failed_last_is_told_with_its_next_attempt(client: FlaskClient, context: Context) -> None:
    moment = datetime(2026, 11, 23, 8, tzinfo=UTC)
    context.store.turns.finish("digest", None, moment, "ServerSilent: mail.example.org was not reached")
    context.store.turns.finish("tidy", None, moment, None)
    (failing,) = client.get("/readyz").json["failing_jobs"]
    assert (failing["name"], failing["failures"]) == ("digest", 1)
    assert failing["next_attempt_at"].startswith("2026-11-23T08:00:00")
    assert "was not reached" in failing["error"]


def test_job_runs_are_listed_latest_first(client: FlaskClient, context: Context) -> None:
    for name in ("import", "rescore", "digest"):
        context.store.jobs.start(name)
    assert [run["name"] for run in client.get("/v1/jobs?limit=2").json["jobs"]] == ["digest", "rescore"]
