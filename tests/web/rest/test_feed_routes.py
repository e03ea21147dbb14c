"""Feeds: read without a key by whoever has the address, and by nobody once they are revoked."""

import feedparser
import pytest
import time_machine
from flask.testing import FlaskClient
from icalendar import Calendar

from matcher.bootstrap import Context
from matcher.services.keys import issue_key
from matcher.services.organizations import add_organization
from tests.web.houses import opportunity

NOW = "2026-11-22 12:00:00+00:00"
PUBLIC = "http://127.0.0.1:8000"


def made(client: FlaskClient, proposal_id: str) -> dict[str, str]:
    answer = client.post(f"/v1/proposals/{proposal_id}/feeds", json={"name": "team calendar"})
    assert answer.status_code == 201
    return {name: value.removeprefix(PUBLIC) for name, value in answer.json.items()}


@pytest.fixture(autouse=True)
def every_match_is_worth_an_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher.web.rest.feed_routes.LEAST_FIT", 0.0)


@time_machine.travel(NOW, tick=False)
def test_the_atom_feed_holds_what_can_be_applied_for_best_fit_first(client: FlaskClient, proposal_id: str) -> None:
    answer = client.get(made(client, proposal_id)["atom_url"])
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(answer.data)
    assert not found.bozo
    assert found.feed.title == "Matches for Rebuilding the East Side"
    assert [entry.title for entry in found.entries] == ["Youth Build", "River Care"]
    assert "March 15, 2027, 113 days left" in found.entries[0].summary
    assert len({entry.id for entry in found.entries}) == 2


@time_machine.travel(NOW, tick=False)
def test_an_unchanged_feed_is_the_same_to_the_byte_and_costs_no_transfer(client: FlaskClient, proposal_id: str) -> None:
    url = made(client, proposal_id)["atom_url"]
    first = client.get(url)
    assert client.get(url).data == first.data
    assert client.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@time_machine.travel(NOW, tick=False)
def test_the_calendar_holds_the_deadlines_of_the_same_matches(client: FlaskClient, proposal_id: str) -> None:
    answer = client.get(made(client, proposal_id)["calendar_url"])
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    days = {str(event["summary"]): event["dtstart"].dt.isoformat() for event in events}
    assert days == {"Application due: Youth Build": "2027-03-15", "Application due: River Care": "2027-01-10"}


def test_a_title_of_a_notice_stays_text_in_a_feed(client: FlaskClient, proposal_id: str, context: Context) -> None:
    hostile = opportunity("hostile", "<b>]]>&\x08 Build", "Train young people in construction.", 2030, 1, 1)
    context.store.opportunities.save(hostile, "hostile.yaml")
    context.rescorer.rescore()
    found = feedparser.parse(client.get(made(client, proposal_id)["atom_url"]).data, sanitize_html=False)
    assert not found.bozo
    assert "<b>]]>& Build" in [entry.title for entry in found.entries]


def test_a_revoked_feed_is_gone_at_once_and_its_secret_is_nowhere_in_the_database(
    client: FlaskClient, proposal_id: str, context: Context
) -> None:
    feed = made(client, proposal_id)
    secret = feed["atom_url"].split("/")[2]
    assert len(secret) == 43
    database = (context.settings.home / "matcher.db").read_bytes()
    assert secret.encode() not in database
    assert client.get(f"/v1/proposals/{proposal_id}/feeds").json["feeds"][0]["feed_id"] == feed["feed_id"]
    assert client.delete(f"/v1/proposals/{proposal_id}/feeds/{feed['feed_id']}").status_code == 204
    for url in (feed["atom_url"], feed["calendar_url"], "/feeds/guess/matches.atom"):
        answer = client.get(url)
        assert answer.status_code == 404
        assert secret not in answer.text


def test_the_address_of_one_organization_works_without_its_key_and_a_key_makes_none_for_another(
    client: FlaskClient, proposal_id: str, context: Context
) -> None:
    url = made(client, proposal_id)["atom_url"]
    add_organization(context.store, "others", "Others")
    stranger = {"X-API-Key": issue_key(context.store, "others", "tests")[1]}
    assert client.get(url).status_code == 200
    feeds = f"/v1/proposals/{proposal_id}/feeds"
    assert client.post(feeds, json={"name": "x"}, headers=stranger).status_code == 404
    assert client.get(feeds, headers=stranger).status_code == 404


def test_a_feed_goes_with_its_proposal(client: FlaskClient, proposal_id: str) -> None:
    url = made(client, proposal_id)["atom_url"]
    client.delete(f"/v1/proposals/{proposal_id}")
    assert client.get(url).status_code == 404
