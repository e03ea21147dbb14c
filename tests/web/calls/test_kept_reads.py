"""Reads that are answered from memory: the same bytes, until anything changes, and never for somebody else."""

import logging
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from matcher.bootstrap import Context
from matcher.domain.organization import LOCAL
from matcher.services.keys import issue_key, revoke_key
from matcher.services.organizations import add_organization
from matcher.web.app import create_app
from matcher.web.calls.asker import Asker
from matcher.web.calls.kept_reads import KeptRead, KeptReads, Question
from matcher.web.house import House
from tests.web.conftest import NewHouse
from tests.web.houses import NOTICES

TODAY = date(2026, 11, 22)


def question(address: str) -> Question:
    return address, "", b"", (), TODAY


def kept_read(body: bytes) -> KeptRead:
    return KeptRead(body, "tag", (), "/", Asker(LOCAL, None), None, float("inf"))


def found_count(client: FlaskClient) -> int:
    house: House = client.application.extensions["matcher"]
    return house.reads.found_count


def test_a_read_is_answered_from_memory_until_a_notice_changes(
    client: FlaskClient, context: Context, proposal_id: str
) -> None:
    url = f"/v1/proposals/{proposal_id}/matches"
    first, second = client.get(url), client.get(url)
    assert found_count(client) == 1
    assert second.data == first.data
    assert (second.headers["ETag"], second.content_type) == (first.headers["ETag"], first.content_type)
    context.store.opportunities.save(replace(NOTICES[0], title="Another title"), "youth-build.yaml")
    assert "Another title" in client.get(url).text
    assert found_count(client) == 1


def test_a_proposal_that_is_ranked_and_not_stored_leaves_what_is_kept(client: FlaskClient, proposal_id: str) -> None:
    url = f"/v1/proposals/{proposal_id}/matches"
    client.get(url)
    sent = client.post("/v1/matches", data="We clean rivers with volunteers.", headers={"Content-Type": "text/plain"})
    assert sent.status_code == 200
    before = found_count(client)
    client.get(url)
    assert found_count(client) == before + 1


def test_a_kept_answer_can_be_left_out_or_compressed(client: FlaskClient, proposal_id: str) -> None:
    url = f"/v1/proposals/{proposal_id}/matches"
    plain = client.get(url)
    for _ in range(2):
        assert client.get(url, headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
        assert client.get(url, headers={"If-None-Match": plain.headers["ETag"]}).status_code == 304
        assert "Content-Encoding" not in client.get(url).headers
    assert found_count(client) > 2


def test_another_address_another_asker_or_another_day_is_another_read(client: FlaskClient, context: Context) -> None:
    keys = []
    for name in ("ours", "theirs"):
        add_organization(context.store, name, name)
        keys.append(issue_key(context.store, name, "tests")[1])
    with time_machine.travel(datetime(2026, 11, 22, 12, 0, tzinfo=UTC), tick=False):
        for address in ("/v1/proposals", "/v1/proposals?page_size=2"):
            for key in keys:
                client.get(address, headers={"X-API-Key": key})
        before = found_count(client)
        client.get("/v1/proposals", headers={"X-API-Key": keys[0]})
        assert found_count(client) == before + 1
    with time_machine.travel(datetime(2026, 11, 23, 12, 0, tzinfo=UTC), tick=False):
        client.get("/v1/proposals", headers={"X-API-Key": keys[0]})
        assert found_count(client) == before + 1


def test_a_key_that_is_revoked_gets_nothing_from_memory(client: FlaskClient, context: Context) -> None:
    key, text = issue_key(context.store, LOCAL, "tests")
    shown = {"X-API-Key": text}
    assert [client.get("/v1/proposals", headers=shown).status_code for _ in range(3)] == [200] * 3
    revoke_key(context.store, key.key_id)
    assert client.get("/v1/proposals", headers=shown).status_code == 401


def test_errors_are_worked_out_each_time(client: FlaskClient) -> None:
    assert [client.get("/v1/proposals/nobody").status_code for _ in range(2)] == [404, 404]
    assert found_count(client) == 0


def test_what_takes_too_much_room_goes_least_asked_for_first() -> None:
    kept = KeptReads(maximum_bytes=10)
    for name in ("a", "b"):
        kept.keep(1, question(name), kept_read(b"12345"))
    assert kept.find(1, question("a")) is not None
    kept.keep(1, question("c"), kept_read(b"12345"))
    assert [kept.find(1, question(name)) is not None for name in "abc"] == [True, False, True]
    kept.keep(1, question("large"), kept_read(b"12345678901"))
    assert kept.find(1, question("large")) is None


def test_nothing_of_an_older_version_is_found() -> None:
    kept = KeptReads()
    kept.keep(1, question("a"), kept_read(b"old"))
    assert kept.find(2, question("a")) is None
    kept.keep(2, question("b"), kept_read(b"new"))
    assert kept.find(1, question("a")) is None


def test_what_is_given_again_is_counted_logged_and_named_like_any_other_answer(
    new_house: NewHouse, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    client = create_app(new_house(rate_limit="3/minute")).test_client()
    answers = [client.get("/v1/proposals", headers={"X-Request-Id": f"request-{number}"}) for number in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert found_count(client) > 0
    assert [answer.headers["X-Request-Id"] for answer in answers] == [f"request-{number}" for number in range(4)]
    logged = [record.__dict__ for record in caplog.records if record.getMessage() == "request answered"]
    same = ("method", "route", "status", "bytes", "organization_id", "key_id")
    assert {name: logged[0][name] for name in same} == {name: logged[1][name] for name in same}
    told = client.get("/metrics").text
    assert 'matcher_request_seconds_count{method="GET",route="/v1/proposals",status="200"} 3.0' in told


def test_what_was_answered_on_this_machine_is_not_given_to_whom_it_was_not_meant_for(client: FlaskClient) -> None:
    for _ in range(2):
        assert client.get("/v1/proposals").status_code == 200
    for disguise in (
        {"environ_overrides": {"REMOTE_ADDR": "192.0.2.7"}},
        {"headers": {"X-Forwarded-For": "192.0.2.7"}},
        {"headers": {"Host": "matcher.example.org"}},
        {"headers": {"Origin": "https://example.org"}},
        {"headers": {"X-API-Key": "matcher_nonsense"}},
        {"headers": {"Authorization": "Bearer nonsense"}},
    ):
        assert client.get("/v1/proposals", **disguise).status_code == 401, disguise


def test_the_use_of_a_key_is_recorded_however_often_the_same_is_read(client: FlaskClient, context: Context) -> None:
    key, text = issue_key(context.store, LOCAL, "tests")
    noon = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    with time_machine.travel(noon, tick=False) as clock:
        for _ in range(4):
            client.get("/v1/proposals", headers={"X-API-Key": text})
        assert context.store.keys.get(key.key_id).last_used_at == noon
        clock.shift(61)
        client.get("/v1/proposals", headers={"X-API-Key": text})
    assert context.store.keys.get(key.key_id).last_used_at == noon + timedelta(seconds=61)
