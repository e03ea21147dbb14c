"""The page behind "Not for us" in a mail: a GET changes nothing, a POST mutes, or takes that back."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from matcher.bootstrap import Context
from matcher.domain.feedback import MuteKind
from matcher.services.digest_mail import digest_message
from matcher.services.keys import issue_key
from matcher.services.organizations import add_organization
from matcher.services.signed_links import LinkSigner, Purpose, Scope, Target
from tests.web.houses import digested

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """What is told depends on the day."""
    with time_machine.travel(NOW, tick=False) as stopped:
        yield stopped


@pytest.fixture
def digest_id(context: Context, proposal_id: str) -> str:
    """A digest that went out; and a key, so that the page is known to ask for none."""
    made = digested(context, proposal_id)["digest_id"]
    add_organization(context.store, "owner", "Owner")
    issue_key(context.store, "owner", "tests")
    return made


def link(context: Context, mail_id: str, notice: str = "youth-build") -> str:
    return f"{context.links.path(Purpose.MUTE, Target(Scope.MAIL, mail_id))}?notice={notice}"


def actions(answer: TestResponse) -> list[str]:
    assert answer.status_code == 200
    return [str(field.get("value")) for field in html.document_fromstring(answer.text).xpath("//form/input")]


def mutes(context: Context) -> set[tuple[MuteKind, str]]:
    return {(one.kind, one.value) for one in context.store.for_organization("local").mutes.all()}


def test_a_get_shows_what_can_be_muted_and_changes_nothing(
    client: FlaskClient, context: Context, digest_id: str
) -> None:
    answer = client.get(link(context, digest_id))
    assert actions(answer) == ["mute-notice", "mute-funder"]
    assert "“Youth Build”" in answer.text
    assert "Office of Examples" in answer.text
    assert "This machine, for everybody there" in answer.text
    assert mutes(context) == set()


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [("notice", MuteKind.OPPORTUNITY, "youth-build"), ("funder", MuteKind.AGENCY, "Office of Examples")],
)
def test_a_post_mutes_once_and_another_takes_it_back(
    client: FlaskClient, context: Context, digest_id: str, name: str, kind: MuteKind, value: str
) -> None:
    url = link(context, digest_id)
    for _ in range(2):
        assert f"show-{name}" in actions(client.post(url, data={"action": f"mute-{name}"}))
        assert mutes(context) == {(kind, value)}
    assert f"show-{name}" in actions(client.get(url))
    for _ in range(2):
        assert f"mute-{name}" in actions(client.post(url, data={"action": f"show-{name}"}))
        assert mutes(context) == set()


def test_what_is_muted_from_a_mail_is_in_no_ranking_until_it_is_shown_again(
    client: FlaskClient, context: Context, proposal_id: str, digest_id: str
) -> None:
    def ranked() -> list[str]:
        _, key = issue_key(context.store, "local", "reader")
        answer = client.get(f"/v1/proposals/{proposal_id}/matches", headers={"X-API-Key": key})
        return [match["opportunity_id"] for match in answer.json["matches"]]

    before = ranked()
    client.post(link(context, digest_id), data={"action": "mute-notice"})
    assert ranked() == [name for name in before if name != "youth-build"]
    client.post(link(context, digest_id), data={"action": "show-notice"})
    assert ranked() == before


def test_the_link_in_the_mail_leads_to_the_page(client: FlaskClient, context: Context, digest_id: str) -> None:
    message = digest_message(context.store.mails.get(digest_id), context.outgoing, NOW)
    body = message.as_bytes().replace(b"=\r\n", b"").replace(b"=3D", b"=").decode()
    (url,) = re.findall(r"Not for us: (\S+notice=youth-build)\r\n", body)
    assert "“Youth Build”" in client.get(url.removeprefix(context.outgoing.public_url)).text


def test_a_post_that_names_nothing_to_do_does_nothing(client: FlaskClient, context: Context, digest_id: str) -> None:
    for data in ({}, {"action": "x"}, {"List-Unsubscribe": "One-Click"}):
        assert actions(client.post(link(context, digest_id), data=data)) == ["mute-notice", "mute-funder"]
    assert mutes(context) == set()


@pytest.mark.parametrize("notice", ["", "unheard-of", "old-houses"])
def test_a_notice_that_the_mail_did_not_tell_of_cannot_be_muted(
    client: FlaskClient, context: Context, digest_id: str, notice: str
) -> None:
    assert client.post(link(context, digest_id, notice), data={"action": "mute-notice"}).status_code == 404
    assert mutes(context) == set()


def test_a_mail_whose_words_are_not_kept_any_more_mutes_nothing(
    client: FlaskClient, context: Context, digest_id: str
) -> None:
    context.store.mails.forget_before(NOW + timedelta(days=1))
    answer = client.post(link(context, digest_id), data={"action": "mute-notice"})
    assert (answer.status_code, mutes(context)) == (404, set())
    assert "too old to act on" in answer.text


def test_a_link_that_was_not_signed_here_or_is_for_something_else_does_nothing(
    client: FlaskClient, context: Context, digest_id: str
) -> None:
    target = Target(Scope.MAIL, digest_id)
    others = (LinkSigner(["z" * 32], "").path(Purpose.MUTE, target), context.links.path(Purpose.UNSUBSCRIBE, target))
    for path in others:
        url = f"/mute/{path.rpartition('/')[2]}?notice=youth-build"
        assert client.post(url, data={"action": "mute-notice"}).status_code == 400
    assert mutes(context) == set()
