"""Subscriptions over REST: asked for, confirmed elsewhere, changed, paused, deleted; and what comes back."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient

from matcher.bootstrap import Context
from matcher.services.consent import confirm
from matcher.web.rest.subscription_examples import REPORT
from tests.web.houses import digested

BODY = {"email_address": "Officer@Example.org", "weekday": 2, "hour": 7, "time_zone": "America/Chicago"}


def asked(client: FlaskClient, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field of the body
    answer = client.post("/v1/subscriptions", json=BODY | changes)
    assert answer.status_code == 201, answer.text
    assert client.get(answer.headers["Location"]).json == answer.json
    made: dict[str, Any] = answer.json
    return made


def test_a_new_subscription_is_pending_and_asks_its_reader_by_mail(
    client: FlaskClient, context: Context, proposal_id: str
) -> None:
    made = asked(client, proposal_id=proposal_id)
    assert (made["state"], made["email_address"], made["next_digest_at"]) == ("pending", "officer@example.org", None)
    (mail,) = context.store.mails.for_address("officer@example.org")
    assert mail.kind == "confirmation"
    assert client.get("/v1/subscriptions").json["total"] == 1


@time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False)
def test_a_confirmed_one_says_when_its_next_digest_is_due(client: FlaskClient, context: Context) -> None:
    made = asked(client)
    confirm(context.store, made["subscription_id"], datetime.now(UTC), "test")
    found = client.get(f"/v1/subscriptions/{made['subscription_id']}").json
    assert (found["state"], found["next_digest_at"]) == ("confirmed", "2026-11-25T13:00:00Z")


def test_wishes_can_be_changed_and_consent_cannot(client: FlaskClient) -> None:
    made = asked(client)
    url = f"/v1/subscriptions/{made['subscription_id']}"
    changed = client.put(url, json={"hour": 20, "parts": ["closing", "new"], "minimum_fit": 0.7}).json
    assert (changed["hour"], changed["parts"], changed["minimum_fit"]) == (20, ["new", "closing"], 0.7)
    assert (changed["state"], changed["email_address"]) == ("pending", "officer@example.org")
    assert client.put(url, json={"state": "confirmed"}).status_code == 422
    assert client.put(f"{url}/pause", json={"is_paused": False}).status_code == 422


def test_a_confirmed_one_rests_and_goes_on(client: FlaskClient, context: Context) -> None:
    made = asked(client)
    confirm(context.store, made["subscription_id"], datetime.now(UTC), "test")
    url = f"/v1/subscriptions/{made['subscription_id']}"
    states = [client.put(f"{url}/pause", json={"is_paused": rests}).json["state"] for rests in (True, False)]
    assert states == ["paused", "confirmed"]
    assert client.delete(url).status_code == 204
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"email_address": "nobody"}, 422),
        ({"email_address": "a@example.org\r\nBcc: b@example.org"}, 422),
        ({"weekday": 7}, 422),
        ({"hour": "8"}, 422),
        ({"time_zone": "Mars/Olympus"}, 422),
        ({"minimum_fit": 1.5}, 422),
        ({"parts": []}, 422),
        ({"parts": ["everything"]}, 422),
        ({"unknown": 1}, 422),
        ({"proposal_id": "nobody"}, 404),
    ],
)
def test_an_unusable_wish_is_refused_and_nothing_is_kept(
    client: FlaskClient, changes: dict[str, object], status: int
) -> None:
    assert client.post("/v1/subscriptions", json=BODY | changes).status_code == status
    assert client.get("/v1/subscriptions").json["total"] == 0


def test_an_address_cannot_be_flooded_with_questions(client: FlaskClient) -> None:
    for _ in range(3):
        asked(client)
    answer = client.post("/v1/subscriptions", json=BODY)
    assert answer.status_code == 429
    assert 86_000 < int(answer.headers["Retry-After"]) <= 86_400
    assert "3 times within a day" in answer.json["detail"]


@time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False)  # links tell the second of their making
def test_a_preview_shows_the_mail_and_sends_none(client: FlaskClient, context: Context, proposal_id: str) -> None:
    made = asked(client, proposal_id=proposal_id, minimum_fit=0.0)
    shown = client.get(f"/v1/subscriptions/{made['subscription_id']}/preview").json
    assert "Youth Build" in shown["subject"]
    assert "Youth Build" in shown["text"]
    page = client.get(f"/subscriptions/{made['subscription_id']}/preview")
    assert (page.mimetype, page.text) == ("text/html", shown["html"])
    assert "script" not in page.headers["Content-Security-Policy"]
    assert [mail.kind for mail in context.store.mails.for_address("officer@example.org")] == ["confirmation"]


def test_a_digest_tells_why_each_match_is_in_it_or_out(client: FlaskClient, context: Context, proposal_id: str) -> None:
    made = digested(context, proposal_id)
    found = client.get(f"/v1/digests/{made['digest_id']}").json
    (page,) = found["subscriptions"]
    reasons = {one["title"]: (one["is_shown"], one["reason"]) for one in page["decisions"]}
    assert reasons["Youth Build"] == (True, "new")
    assert reasons["River Care"] == (False, "below your minimum fit")
    assert found["fingerprints"] == [context.scorer.fingerprint]
    assert client.get("/v1/digests/nothing").status_code == 404


def test_a_bounce_of_a_mail_of_ours_suppresses_its_recipient(
    client: FlaskClient, context: Context, proposal_id: str
) -> None:
    made = digested(context, proposal_id)
    mail = context.store.mails.get(made["digest_id"])
    report = REPORT.replace("grants@example.org", mail.email_address)
    foreign = client.post("/v1/bounces", data=report, content_type="message/rfc822")
    assert foreign.json == {"suppressed": 0, "passing": 0, "unknown": 1}
    assert context.store.suppressions.all() == []
    ours = report.replace("<digest.b2c5b5de-6b0f-5c0f-9d0e-9a2d60b0f6a1@example.org>", mail.message_id)
    assert client.post("/v1/bounces", data=ours, content_type="message/rfc822").json["suppressed"] == 1
    assert context.store.suppressions.find(mail.email_address) is not None
