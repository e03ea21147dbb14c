"""Proposals that are kept."""

import io

import pytest
import time_machine
from flask.testing import FlaskClient

from matcher.bootstrap import Context
from matcher.web.rest.examples import PROPOSAL_JSON
from tests.web.houses import AS_OF, PROPOSAL


@time_machine.travel(f"{AS_OF} 12:00:00+00:00")
def test_a_stored_proposal_says_where_it_is_and_what_was_read_of_it(client: FlaskClient) -> None:
    answer = client.post("/v1/proposals", data=PROPOSAL, content_type="text/markdown")
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/v1/proposals/{answer.json['proposal_id']}"
    assert answer.json["title"] == "Rebuilding the East Side"
    assert answer.json["profile"]["applicant_types"][0]["value"] == "nonprofits_non_higher_education_with_501c3"
    stored = client.get(answer.headers["Location"]).json
    assert stored == {**answer.json, "text": PROPOSAL}
    assert client.get(stored["matches_url"]).json["counts"]["ranked"] == 2


def test_a_json_proposal_keeps_its_questions(client: FlaskClient) -> None:
    answer = client.post("/v1/proposals", json=PROPOSAL_JSON)
    assert answer.status_code == 201
    assert answer.json["organization"] == "East Side Builders"
    assert answer.json["sections"] == ["What will you do?", "Whom do you serve?"]


def test_texts_without_a_file_name_are_always_new_proposals(client: FlaskClient) -> None:
    for _ in range(2):
        assert client.post("/v1/proposals", data=PROPOSAL, content_type="text/plain").status_code == 201
    listed = client.get("/v1/proposals").json
    assert listed["total"] == 2
    assert len({entry["proposal_id"] for entry in listed["proposals"]}) == 2


@pytest.mark.parametrize("name", ["plan.md", "../../papers/plan.md"])
def test_a_file_is_known_by_its_plain_name_and_replaces_nobody_elses(client: FlaskClient, name: str) -> None:
    first = client.post("/v1/proposals", data={"file": (io.BytesIO(PROPOSAL.encode()), "plan.md")})
    again = client.post("/v1/proposals", data={"file": (io.BytesIO(PROPOSAL.upper().encode()), name)})
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json["proposal_id"] != first.json["proposal_id"]
    assert again.json["source"] == "plan.md"


def test_the_list_has_pages(client: FlaskClient) -> None:
    stored = {
        client.post("/v1/proposals", data=PROPOSAL, content_type="text/plain").json["proposal_id"] for _ in range(3)
    }
    pages = [client.get(f"/v1/proposals?page_size=2&page={page}").json["proposals"] for page in (1, 2)]
    assert [len(page) for page in pages] == [2, 1]
    assert {entry["proposal_id"] for page in pages for entry in page} == stored


def test_one_proposal_comes_with_its_text_and_a_list_without(client: FlaskClient, proposal_id: str) -> None:
    assert "text" in client.get(f"/v1/proposals/{proposal_id}").json
    assert "text" not in client.get("/v1/proposals").json["proposals"][0]


def test_a_deleted_proposal_is_gone_with_its_matches(client: FlaskClient, proposal_id: str, context: Context) -> None:
    assert client.delete(f"/v1/proposals/{proposal_id}").status_code == 204
    assert client.get(f"/v1/proposals/{proposal_id}").status_code == 404
    assert client.get(f"/v1/proposals/{proposal_id}/matches").status_code == 404
    assert context.store.matches.for_proposal(proposal_id) == []
    assert client.delete(f"/v1/proposals/{proposal_id}").status_code == 404


@time_machine.travel(f"{AS_OF} 12:00:00+00:00")
def test_a_new_text_keeps_the_identifier_and_is_scored(client: FlaskClient, proposal_id: str) -> None:
    url = f"/v1/proposals/{proposal_id}"
    before = client.get(f"{url}/matches").json["matches"]
    answer = client.put(
        url, data="# Rivers\n\nVolunteers clean rivers and restore wetlands.", content_type="text/markdown"
    )
    assert (answer.status_code, answer.json["proposal_id"], answer.json["revision"]) == (200, proposal_id, 2)
    assert answer.json["title"] == "Rivers"
    after = client.get(f"{url}/matches").json["matches"]
    assert after[0]["opportunity_id"] == "river-care" != before[0]["opportunity_id"]
    again = client.put(
        url, data="# Rivers\n\nVolunteers clean rivers and restore wetlands.", content_type="text/markdown"
    )
    assert again.json["revision"] == 2


def test_nothing_is_put_where_nothing_is(client: FlaskClient, context: Context) -> None:
    assert client.put("/v1/proposals/nobody", data=PROPOSAL, content_type="text/plain").status_code == 404
    assert client.get("/v1/proposals").json["total"] == 0
