"""What Prometheus reads, and who may."""

from datetime import UTC, datetime, timedelta

import time_machine
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from matcher.bootstrap import Context
from matcher.domain.organization import LOCAL
from matcher.services.keys import issue_key
from matcher.store.records import JobOutcome
from tests.web.houses import PROPOSAL

ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def figures(client: FlaskClient) -> dict[tuple[str, ...], float]:
    """Return every figure by its name and the values of its labels."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_requests_encodings_and_matches_are_counted(client: FlaskClient, context: Context) -> None:
    client.post("/v1/proposals", data=PROPOSAL, content_type="text/markdown")
    client.get("/v1/proposals")
    client.get("/nothing")
    found = figures(client)
    assert found["matcher_request_seconds_count", "GET", "/v1/proposals", "200"] == 1
    assert found["matcher_request_seconds_count", "GET", "unknown", "404"] == 1
    assert found["matcher_encoded_texts_total",] == context.encoder.encoded_count > 0
    assert found["matcher_cached_texts_total",] == context.encoder.found_count
    assert found["matcher_matches",] == 4
    assert found["matcher_encoding_queue_taken",] == 0
    assert found["matcher_encoding_queue_places",] == 4


def test_the_age_of_a_job_is_told_apart_from_the_age_of_its_success(client: FlaskClient, context: Context) -> None:
    for hours, outcome in ((3, JobOutcome.SUCCEEDED), (1, JobOutcome.FAILED)):
        with time_machine.travel(NOON - timedelta(hours=hours), tick=False):
            context.store.jobs.finish(context.store.jobs.start("digest"), outcome, {})
    with time_machine.travel(NOON, tick=False):
        found = figures(client)
    assert found["matcher_job_age_seconds", "digest"] == 3600
    assert found["matcher_job_success_age_seconds", "digest"] == 3 * 3600


def test_the_figures_are_for_the_machine_itself_or_for_who_has_a_key(client: FlaskClient, context: Context) -> None:
    assert client.get("/metrics", environ_overrides=ELSEWHERE).status_code == 401
    key = {"X-API-Key": issue_key(context.store, LOCAL, "monitoring")[1]}
    assert client.get("/metrics", environ_overrides=ELSEWHERE).status_code == 401
    assert client.get("/metrics", environ_overrides=ELSEWHERE, headers=key).status_code == 200
    assert client.get("/metrics").status_code == 200
