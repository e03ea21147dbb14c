"""A creation that is sent twice under one key is carried out once, and answered twice."""

import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher.bootstrap import Context
from matcher.errors import RetryLater
from matcher.services.keys import issue_key
from matcher.services.organizations import add_organization
from matcher.store.records import AnswerKey, Claim
from matcher.web.app import create_app
from matcher.web.calls import idempotency
from matcher.web.calls.idempotency import LEASE, LIFETIME
from tests.web.conftest import NewHouse
from tests.web.houses import PROPOSAL

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def create(client: FlaskClient, key: str, text: str = PROPOSAL, **headers: str) -> TestResponse:
    sent = {"Idempotency-Key": key, **headers}
    return client.post("/v1/proposals", data=text, content_type="text/markdown", headers=sent)


def count(client: FlaskClient) -> int:
    return int(client.get("/v1/proposals").json["total"])


def test_the_second_sending_gets_the_first_answer_and_makes_nothing(client: FlaskClient) -> None:
    first, second = create(client, '"8e03978e"'), create(client, "8e03978e")
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.data == first.data
    assert second.headers["Location"] == first.headers["Location"]
    assert second.content_type == first.content_type
    assert ("Idempotency-Replayed" in first.headers, second.headers["Idempotency-Replayed"]) == (False, "true")
    assert count(client) == 1


def test_another_call_under_the_same_key_is_refused(client: FlaskClient) -> None:
    create(client, "a")
    refused = create(client, "a", PROPOSAL + "\nMore.")
    assert (refused.status_code, refused.mimetype) == (422, "application/problem+json")
    assert refused.json["errors"][0]["source"] == "Idempotency-Key"
    assert count(client) == 1


def test_a_call_that_is_still_being_carried_out_is_not_begun_again(client: FlaskClient, context: Context) -> None:
    first = create(client, "a")
    key = AnswerKey("local", "a")
    kept = context.store.kept_answers.claim(key, "", NOON, lifetime=LIFETIME, lease=LEASE)
    assert first.status_code == 201
    assert kept is not None
    context.store.kept_answers.release(key)
    now = datetime.now(UTC)
    claim = context.store.kept_answers.claim(key, kept.digest, now, lifetime=LIFETIME, lease=LEASE)
    assert isinstance(claim, Claim)
    refused = create(client, "a")
    assert refused.status_code == 409
    assert int(refused.headers["Retry-After"]) > 0
    with time_machine.travel(now + LEASE):
        assert create(client, "a").json["proposal_id"] == claim.creates


@pytest.mark.parametrize("part", ["score_proposal", "_note"], ids=["while it is scored", "before its answer is kept"])
def test_a_creation_that_failed_half_way_is_gone_on_with(
    client: FlaskClient, context: Context, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    def fail(*_: object) -> None:
        raise RetryLater("the disk is full; try again")

    owner = context.rescorer if part == "score_proposal" else idempotency
    with time_machine.travel(NOON, tick=False):
        with monkeypatch.context() as patch:
            patch.setattr(owner, part, fail)
            first = create(client, "a")
        kept = [one["proposal_id"] for one in client.get("/v1/proposals").json["proposals"]]
        assert (first.status_code, len(kept)) == (503 if part == "score_proposal" else 201, 1)
    with time_machine.travel(NOON + (LEASE if part == "_note" else timedelta())):
        assert create(client, "a").json["proposal_id"] == kept[0]
        assert count(client) == 1


def test_a_reader_is_asked_once_whatever_breaks_off_the_call(
    client: FlaskClient, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def subscribe() -> TestResponse:
        wish = {"email_address": "officer@example.org"}
        return client.post("/v1/subscriptions", json=wish, headers={"Idempotency-Key": "a"})

    with time_machine.travel(NOON, tick=False), monkeypatch.context() as patch:
        patch.setattr(idempotency, "_note", lambda *_: None)
        first = subscribe()
    with time_machine.travel(NOON + LEASE):
        assert subscribe().json == first.json
    assert len(context.store.mails.for_address("officer@example.org")) == 1


def test_a_file_is_the_same_call_whatever_separates_the_parts_of_its_form(client: FlaskClient) -> None:
    answers = [
        client.post(
            "/v1/proposals",
            data={"file": (io.BytesIO(PROPOSAL.encode()), "plan.md")},
            headers={"Idempotency-Key": "form"},
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].data == answers[1].data
    other = {"file": (io.BytesIO(PROPOSAL.encode()), "other.md")}
    assert client.post("/v1/proposals", data=other, headers={"Idempotency-Key": "form"}).status_code == 422


def test_a_call_that_was_refused_can_be_mended_under_the_same_key(client: FlaskClient) -> None:
    assert create(client, "a", "").status_code == 422
    assert create(client, "a").status_code == 201


def test_after_a_day_a_key_is_free_again(client: FlaskClient) -> None:
    with time_machine.travel(NOON):
        create(client, "a")
    with time_machine.travel(NOON + LIFETIME - timedelta(minutes=1)):
        create(client, "a")
        assert count(client) == 1
    with time_machine.travel(NOON + LIFETIME + timedelta(minutes=1)):
        create(client, "a")
        assert count(client) == 2


def test_two_organizations_may_choose_the_same_key(new_house: NewHouse) -> None:
    house = new_house()
    client = create_app(house).test_client()
    answers = []
    for name in ("ours", "theirs"):
        add_organization(house.store, name, name)
        answers.append(create(client, "a", **{"X-API-Key": issue_key(house.store, name, "tests")[1]}))
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json["proposal_id"] != answers[1].json["proposal_id"]


@pytest.mark.parametrize("key", ["", '""', "a b", "x" * 256, "ü"])
def test_a_key_of_another_form_is_refused(client: FlaskClient, key: str) -> None:
    assert create(client, key).status_code == 422
    assert count(client) == 0


def test_calls_that_create_nothing_take_no_notice(client: FlaskClient, context: Context) -> None:
    for _ in range(2):
        answer = client.post("/v1/matches", data=PROPOSAL, content_type="text/plain", headers={"Idempotency-Key": "a"})
        assert answer.status_code == 200
    assert "Idempotency-Replayed" not in answer.headers
    now = datetime.now(UTC)
    claim = context.store.kept_answers.claim(AnswerKey("local", "a"), "", now, lifetime=LIFETIME, lease=LEASE)
    assert isinstance(claim, Claim)
