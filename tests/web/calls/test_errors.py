"""Every error is a problem of RFC 9457, and one on our side tells nothing of the inside."""

import logging
from dataclasses import replace
from typing import NoReturn

import pytest
from flask.testing import FlaskClient

from matcher.bootstrap import Context
from matcher.errors import RetryLater, Unrecoverable
from matcher.web.app import create_app
from matcher.web.calls.errors import Problem

SECRET = "/srv/private/matcher.db, table proposals"


class BrokenStore:
    """A store that answers every question with the same error."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __getattr__(self, name: str) -> NoReturn:
        raise self.error


def broken(context: Context, error: Exception) -> FlaskClient:
    return create_app(replace(context, store=BrokenStore(error))).test_client()  # type: ignore[arg-type]


def test_an_unknown_address_is_a_problem(client: FlaskClient) -> None:
    answer = client.get("/v2/nothing")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert Problem.model_validate(answer.json).title == "Not Found"


def test_an_unknown_method_is_a_problem_that_names_the_known_ones(client: FlaskClient) -> None:
    answer = client.put("/v1/matches")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("query", "source"),
    [
        ("as_of=22.11.2026", "as_of"),
        ("as_of=1795305600", "as_of"),
        ("as_of=2026-02-30", "as_of"),
        ("page=0", "page"),
        ("page_size=101", "page_size"),
        ("minimum_fit=nan", "minimum_fit"),
        ("include=everything", "include.0"),
        ("includ=closed", "includ"),
    ],
)
def test_an_unusable_parameter_is_named_and_not_echoed(
    client: FlaskClient, proposal_id: str, query: str, source: str
) -> None:
    answer = client.get(f"/v1/proposals/{proposal_id}/matches?{query}")
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert [flaw["source"] for flaw in answer.json["errors"]] == [source]
    assert query.partition("=")[2] not in answer.text


def test_a_busy_store_asks_for_a_later_try(context: Context) -> None:
    answer = broken(context, RetryLater("the database is held; try again in a moment")).get("/v1/proposals")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "try again" in answer.json["detail"]


@pytest.mark.parametrize("error", [Unrecoverable(SECRET), KeyError(SECRET), RuntimeError(SECRET)])
def test_an_error_on_our_side_carries_the_identifier_of_its_log_record_and_nothing_of_the_inside(
    context: Context, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    answer = broken(context, error).get("/v1/proposals")
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert SECRET not in answer.text
    assert type(error).__name__ not in answer.text
    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.__dict__["error_id"] in answer.json["detail"]
    assert answer.json["instance"] == f"urn:uuid:{record.__dict__['error_id']}"
    assert record.__dict__["error"] == type(error).__name__
    assert "__getattr__" in record.__dict__["stack"]


def test_only_messages_of_our_own_are_logged_for_others_may_quote_a_document(
    context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    broken(context, ValueError("We plant trees along every street")).get("/v1/proposals")
    broken(context, Unrecoverable("the file is damaged")).get("/v1/proposals")
    logged = [str(record.__dict__) for record in caplog.records if record.levelno == logging.ERROR]
    assert "We plant trees" not in "".join(logged)
    assert "the file is damaged" in logged[1]


def test_a_store_that_cannot_be_read_makes_the_service_not_ready(context: Context) -> None:
    answer = broken(context, Unrecoverable(SECRET)).get("/readyz")
    assert answer.status_code == 503
    assert answer.json["errors"][0]["source"] == "store"
    assert SECRET not in answer.text
