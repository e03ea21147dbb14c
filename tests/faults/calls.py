"""What a program asks of the web service while something befalls it, with a note of every answer."""

from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher.errors import RetryLater
from tests.faults import moments
from tests.services.examples import PROPOSAL

NEWCOMER = "newcomer@example.org"
BEFALLEN = "*"
"""Marks an answer that was given after the fault began."""
_TEXT = PROPOSAL.replace("Gardens for every school", "Herbs for every yard")


def make_calls(client: FlaskClient, answers: Path) -> None:
    """Submit a proposal, revise it, read its matches, ask a reader, and read the catalogue.

    The two calls that create something have a key each, so that they can be made again.

    Args:
        client: Calls the service.
        answers: The file that has a line for every answer: its status, and whether it was given after a fault.

    Raises:
        RetryLater: An answer said that the service failed or is not ready, and the service has a reason to.
        AssertionError: An answer is an error without a reason, or does not explain itself.
    """

    def call(method: str, path: str, key: str = "", **sent: object) -> TestResponse:
        answer = client.open(path, method=method, headers={"Idempotency-Key": key} if key else {}, **sent)
        with answers.open("a", encoding="utf-8") as file:
            file.write(f"{answer.status_code}{BEFALLEN if moments.has_befallen() else ''}\n")
        _judge(answer)
        return answer

    proposals = "/v1/proposals"
    made = call("POST", proposals, "herbs", data=_TEXT, content_type="text/markdown").get_json()
    own = f"{proposals}/{made['proposal_id']}"
    call("PUT", own, data=f"{_TEXT}\nWe grow basil too.\n", content_type="text/markdown")
    call("GET", f"{own}/matches")
    call("POST", "/v1/subscriptions", "newcomer", json={"email_address": NEWCOMER, "proposal_id": made["proposal_id"]})
    call("GET", "/v1/opportunities")
    call("GET", "/v1/sources")


def _judge(answer: TestResponse) -> None:
    if answer.status_code < 400:
        return
    assert answer.mimetype == "application/problem+json", f"{answer.status_code} without an explanation"
    told = answer.get_json()["detail"]
    assert moments.has_befallen(), f"{answer.status_code} although nothing is wrong: {told}"
    assert answer.status_code >= 500 or "Retry-After" in answer.headers, f"it was refused: {told}"
    raise RetryLater(told)
