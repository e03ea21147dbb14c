"""What is said of matches and what is muted, and what follows from both."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from matcher.bootstrap import Context
from tests.web.houses import AS_OF, PROPOSAL

Ranked = Callable[..., dict[str, object]]


@pytest.fixture
def url(proposal_id: str) -> str:
    return f"/v1/proposals/{proposal_id}/matches"


def ranked(client: FlaskClient, url: str, query: str = "") -> list[str]:
    answer = client.get(f"{url}?as_of={AS_OF}&{query}").json
    return [match["opportunity_id"] for match in answer["matches"]]


def test_what_is_said_of_a_match_is_shown_beside_it_and_can_be_taken_back(client: FlaskClient, url: str) -> None:
    said = client.put(f"{url}/youth-build/feedback", json={"kind": "applied"})
    assert (said.status_code, said.json["kind"]) == (200, "applied")
    assert client.get(f"{url}/youth-build?as_of={AS_OF}").json["feedback"] == "applied"
    assert client.get("/v1/feedback").json["feedback"] == [said.json]
    assert client.delete(f"{url}/youth-build/feedback").status_code == 204
    assert client.get(f"{url}/youth-build?as_of={AS_OF}").json["feedback"] is None
    assert client.delete(f"{url}/youth-build/feedback").status_code == 404


def test_a_match_that_is_not_for_us_is_set_aside_for_this_proposal_alone(client: FlaskClient, url: str) -> None:
    client.put(f"{url}/youth-build/feedback", json={"kind": "not_for_us"})
    assert ranked(client, url) == ["river-care"]
    assert ranked(client, url, "include=muted") == ["river-care", "youth-build"]
    answer = client.get(f"{url}?as_of={AS_OF}&include=muted").json
    assert answer["counts"]["muted"] == 1
    assert answer["matches"][-1]["muted_because"] == "you said that this match is not for you"
    other = client.post("/v1/proposals", data=PROPOSAL, content_type="text/plain").json["matches_url"]
    assert ranked(client, other)[0] == "youth-build"


@pytest.mark.parametrize(
    ("body", "because"),
    [
        ({"kind": "opportunity", "value": "youth-build"}, "you muted this notice"),
        ({"kind": "agency", "value": "office of  EXAMPLES"}, "you muted the agency office of EXAMPLES"),
    ],
)
def test_a_mute_holds_for_every_ranking_until_it_is_lifted(
    client: FlaskClient, url: str, body: dict[str, str], because: str
) -> None:
    made = client.post("/v1/mutes", json=body)
    assert made.status_code == 201
    assert "youth-build" not in ranked(client, url)
    sent = client.post(f"/v1/matches?as_of={AS_OF}&include=muted", data=PROPOSAL, content_type="text/plain").json
    assert {match["muted_because"] for match in sent["matches"] if match["opportunity_id"] == "youth-build"} == {
        because
    }
    assert client.get(made.headers["Location"]).json == made.json
    assert client.post("/v1/mutes", json=body).json == made.json
    assert client.get("/v1/mutes").json["total"] == 1
    assert client.delete(made.headers["Location"]).status_code == 204
    assert ranked(client, url)[0] == "youth-build"


def test_feedback_moves_the_order_and_says_so_while_the_fit_stays(
    client: FlaskClient, url: str, context: Context
) -> None:
    before = {match["opportunity_id"]: match["fit"] for match in client.get(f"{url}?as_of={AS_OF}").json["matches"]}
    client.put(f"{url}/old-houses/feedback", json={"kind": "relevant"})
    after = client.get(f"{url}?as_of={AS_OF}").json["matches"]
    assert {match["opportunity_id"]: match["fit"] for match in after} == before
    assert after[0]["nudge"] == {
        "amount": 0.01,
        "reasons": [
            {"trait": "agency", "value": "Office of Examples", "welcome": 1, "not_for_us": 0, "amount": 0.01},
        ],
    }
    client.delete(f"{url}/old-houses/feedback")
    assert client.get(f"{url}?as_of={AS_OF}").json["matches"][0]["nudge"] is None


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'{"kind": "luck"}', "application/json", 422),
        (b'{"kind": "relevant", "note": "x"}', "application/json", 422),
        (b'"{\\"kind\\": \\"relevant\\"}"', "application/json", 422),
        (b"{", "application/json", 422),
        (b"[" * 100_000, "application/json", 422),
        (b"\xff", "application/json", 422),
        (b"", "application/json", 422),
        (b'{"kind": "relevant"}', "text/plain", 415),
    ],
)
def test_a_body_that_is_not_what_is_taken_is_refused(
    client: FlaskClient, url: str, body: bytes, kind: str, status: int
) -> None:
    answer = client.put(f"{url}/youth-build/feedback", data=body, content_type=kind)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert client.get("/v1/feedback").json["total"] == 0


def test_nothing_can_be_said_of_or_muted_that_is_not_there(client: FlaskClient, url: str) -> None:
    said = {"json": {"kind": "relevant"}}
    assert client.put(f"{url}/nothing/feedback", **said).status_code == 404
    assert client.put("/v1/proposals/nobody/matches/youth-build/feedback", **said).status_code == 404
    assert client.post("/v1/mutes", json={"kind": "opportunity", "value": "nothing"}).status_code == 404
    assert client.post("/v1/mutes", json={"kind": "agency", "value": "  "}).status_code == 422
    assert client.delete("/v1/mutes/nothing").status_code == 404
