"""One line in the log for each request, and never a word of a proposal."""

import logging

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from matcher.web.calls.request_log import RequestIds
from tests.web.houses import PROPOSAL


def test_every_request_leaves_one_static_message_with_its_data_in_attributes(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    client.get("/v1/opportunities/youth-build?as_of=2026-11-22")
    client.get("/nothing")
    found, missing = [record for record in caplog.records if record.name == "matcher.web.calls.request_log"]
    assert found.getMessage() == missing.getMessage() == "request answered"
    assert (found.__dict__["method"], found.__dict__["status"]) == ("GET", 200)
    assert found.__dict__["route"] == "/v1/opportunities/<opportunity_id>"
    assert found.__dict__["milliseconds"] >= 0
    assert (missing.__dict__["status"], missing.__dict__["route"]) == (404, None)
    assert found.__dict__["organization_id"] == "local"


def test_the_identifier_of_a_request_is_in_the_log_and_in_the_answer(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    given = client.get("/healthz", headers={"X-Request-Id": "0af7651916cd43dd"})
    made = client.get("/healthz", headers={"X-Request-Id": "two words, or a trick"})
    identifiers = [record.__dict__["request_id"] for record in caplog.records]
    assert identifiers == [given.headers["X-Request-Id"], made.headers["X-Request-Id"]]
    assert identifiers[0] == "0af7651916cd43dd"
    assert "trick" not in identifiers[1]


def test_every_record_that_a_request_leaves_carries_its_identifier() -> None:
    record = logging.makeLogRecord({"msg": "slow"})
    app = Flask("tests")
    with app.test_request_context():
        g.request_id = "0af7651916cd43dd"
        assert RequestIds().filter(record)
    assert record.__dict__["request_id"] == "0af7651916cd43dd"
    assert RequestIds().filter(logging.makeLogRecord({}))


def test_nothing_of_a_proposal_is_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="matcher")
    client.post("/v1/proposals", data=PROPOSAL, content_type="text/markdown")
    client.post("/v1/matches", data=PROPOSAL + "\x00", content_type="text/plain")
    logged = "".join(str(record.__dict__) for record in caplog.records)
    assert len(caplog.records) >= 2
    assert "carpentry" not in logged
    assert "East Side" not in logged
