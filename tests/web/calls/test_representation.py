"""Tags, conditional reads, compression, and which pages of other sites may read."""

import gzip
import json

import pytest
from flask.testing import FlaskClient

from matcher.web.app import create_app
from tests.web.conftest import NewHouse

SITE = {"Origin": "https://app.example.org"}


@pytest.fixture
def url(proposal_id: str) -> str:
    return f"/v1/proposals/{proposal_id}/matches?as_of=2026-11-22"


def test_what_did_not_change_is_not_sent_again(client: FlaskClient, url: str) -> None:
    tag = client.get(url).headers["ETag"]
    again = client.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    assert client.get(url, headers={"If-None-Match": 'W/"another"'}).status_code == 200


def test_what_changed_has_another_tag(client: FlaskClient, url: str, proposal_id: str) -> None:
    tag = client.get("/v1/proposals").headers["ETag"]
    client.delete(f"/v1/proposals/{proposal_id}")
    changed = client.get("/v1/proposals", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_answers_are_kept_by_nobody_else(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "X-API-Key", "Accept-Encoding"} <= set(answer.vary)


def test_a_long_answer_is_compressed_for_who_takes_that_and_keeps_its_tag(client: FlaskClient, url: str) -> None:
    plain = client.get(url)
    small = client.get(url, headers={"Accept-Encoding": "br, gzip;q=0.8"})
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data)
    assert json.loads(gzip.decompress(small.data)) == plain.json
    assert small.headers["ETag"] == plain.headers["ETag"]


@pytest.mark.parametrize("accepted", ["identity", "gzip;q=0", "br"])
def test_who_does_not_take_compression_gets_none(client: FlaskClient, url: str, accepted: str) -> None:
    assert "Content-Encoding" not in client.get(url, headers={"Accept-Encoding": accepted}).headers


def test_a_short_answer_is_sent_as_it_is(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/healthz", headers={"Accept-Encoding": "gzip"}).headers


def test_times_are_utc_in_the_form_of_rfc_3339(client: FlaskClient, proposal_id: str) -> None:
    assert client.get(f"/v1/proposals/{proposal_id}").json["created_at"].endswith("Z")


def test_no_page_of_another_site_may_read_unless_the_settings_say_so(client: FlaskClient, new_house: NewHouse) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/healthz", headers=SITE).headers
    open_to = create_app(new_house(cors_origins="https://app.example.org, https://b.example")).test_client()
    answer = open_to.get("/v1/proposals", headers=SITE)
    assert answer.headers["Access-Control-Allow-Origin"] == SITE["Origin"]
    assert "Origin" in answer.vary
    assert "Access-Control-Allow-Origin" not in open_to.get("/healthz", headers={"Origin": "https://c.example"}).headers


def test_a_browser_that_asks_first_is_told_what_it_may_send(new_house: NewHouse) -> None:
    client = create_app(new_house(cors_origins="https://app.example.org")).test_client()
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-api-key"}
    answer = client.options("/v1/proposals", headers={**SITE, **asked})
    assert answer.status_code == 204
    assert "X-API-Key" in answer.headers["Access-Control-Allow-Headers"]
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    refused = client.options("/v1/proposals", headers={"Origin": "https://c.example", **asked})
    assert "Access-Control-Allow-Methods" not in refused.headers


def test_without_keys_a_form_of_another_site_is_refused(client: FlaskClient) -> None:
    """A browser sends such a form without asking; on the machine itself it would pass for the user."""
    form = {"data": "We plant trees.", "content_type": "text/plain"}
    assert client.post("/v1/proposals", headers=SITE, **form).status_code == 401
    assert client.post("/v1/proposals", headers={"Origin": "http://localhost:8000"}, **form).status_code == 201
