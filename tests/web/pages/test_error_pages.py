"""Errors: a page for a person, a problem for a program, and no word of a caller becomes markup."""

import pytest
from flask.testing import FlaskClient
from lxml import html

PERSON = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
HOSTILE = "/no/<script>alert(1)</script>"


def test_a_person_reads_what_happened_on_a_page_with_the_headers_of_all_pages(client: FlaskClient) -> None:
    answer = client.get("/nowhere", headers=PERSON)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert html.document_fromstring(answer.text).findtext(".//h1") == "There is nothing here"


@pytest.mark.parametrize("accepted", ["application/json", "*/*", "application/problem+json"])
def test_a_program_gets_a_problem(client: FlaskClient, accepted: str) -> None:
    answer = client.get("/nowhere", headers={"Accept": accepted})
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert "Accept" in answer.headers["Vary"]


def test_under_v1_everybody_gets_a_problem(client: FlaskClient) -> None:
    assert client.get("/v1/proposals/unknown", headers=PERSON).mimetype == "application/problem+json"


def test_an_address_is_text_on_the_page(client: FlaskClient) -> None:
    assert "<script>alert" not in client.get(HOSTILE, headers=PERSON).text
