"""Subscriptions as a page: who has a digest, how to ask for one, and how it ends."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from matcher.bootstrap import Context
from matcher.domain.subscription import DigestPart, Subscription, SubscriptionState
from matcher.services.subscribe import Wish, subscribe_confirmed

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WISH = {
    "email_address": "Officer@Example.org",
    "weekday": "2",
    "hour": "7",
    "time_zone": "America/Chicago",
    "minimum_fit": "0.7",
    "parts": ["new", "closing"],
    "wants_reminders": "true",
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def confirmed(context: Context) -> Subscription:
    return subscribe_confirmed(
        context.store, Wish("treasurer@example.org", time_zone="America/Denver"), NOW, means="test"
    )


def shown(client: FlaskClient, address: str = "/subscriptions") -> html.HtmlElement:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/html"), answer.text
    return html.document_fromstring(answer.text)


def sent(client: FlaskClient, address: str, **fields: object) -> TestResponse:
    """Send a form as a page was shown with it."""
    [token, *_] = shown(client).xpath("//input[@name='form_token']/@value")
    return client.post(address, data={**fields, "form_token": token})


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_wish_becomes_a_subscription_that_waits_for_its_reader(
    client: FlaskClient, context: Context, proposal_id: str
) -> None:
    answer = sent(client, "/subscriptions", **WISH, proposal_id=proposal_id)
    assert answer.status_code == 303
    [made] = context.store.subscriptions.all()
    assert made.state is SubscriptionState.PENDING
    assert (made.email_address, made.proposal_id) == ("officer@example.org", proposal_id)
    assert (made.weekday, made.hour, made.time_zone, made.minimum_fit) == (2, 7, "America/Chicago", 0.7)
    assert made.parts == (DigestPart.NEW, DigestPart.CLOSING)
    assert (made.mails_quiet_weeks, made.wants_reminders) == (False, True)
    page = shown(client, answer.headers["Location"])
    [told] = page.xpath("//*[@role='status']")
    assert "We asked officer@example.org by mail." in words(told)
    [card] = page.xpath("//li[contains(@class, 'card')]")
    assert "“Rebuilding the East Side”" in words(card)
    assert "waits for the link in the mail" in words(card)
    [consent] = context.store.subscriptions.consents(made.subscription_id)
    assert consent.means == "page of subscriptions"


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"email_address": "nobody"}, "Email address: "),
        ({"parts": []}, "What the mail tells: choose at least one part."),
        ({"hour": "25"}, "Hour: "),
        ({"email_address": "treasurer@example.org"}, "this address has the subscription"),
    ],
)
def test_what_is_wrong_is_told_beside_the_form_and_nothing_that_was_written_is_lost(
    client: FlaskClient, context: Context, confirmed: Subscription, changed: dict[str, object], problem: str
) -> None:
    answer = sent(client, "/subscriptions", **{**WISH, **changed})
    assert answer.status_code == 422
    page = html.document_fromstring(answer.text)
    [told] = page.xpath("//*[@role='alert']")
    assert problem in words(told)
    assert page.get_element_by_id("email_address").get("value") == {**WISH, **changed}["email_address"]
    assert page.xpath("//select[@id='weekday']/option[@selected]/@value") == ["2"]
    assert len(context.store.subscriptions.all()) == 1


def test_a_subscription_is_paused_goes_on_and_ends(
    client: FlaskClient, context: Context, confirmed: Subscription
) -> None:
    base = f"/subscriptions/{confirmed.subscription_id}"
    states = {
        "pause": SubscriptionState.PAUSED,
        "resume": SubscriptionState.CONFIRMED,
        "end": SubscriptionState.UNSUBSCRIBED,
    }
    for verb, state in states.items():
        assert shown(client).xpath(f"//form[@action='{base}/{verb}']"), verb
        assert sent(client, f"{base}/{verb}").status_code == 303
        assert context.store.subscriptions.get(confirmed.subscription_id).state is state
    assert not shown(client).xpath(f"//form[starts-with(@action, '{base}')]")


def test_a_form_that_no_page_of_ours_was_shown_with_changes_nothing(
    client: FlaskClient, context: Context, confirmed: Subscription
) -> None:
    assert client.post(f"/subscriptions/{confirmed.subscription_id}/end").status_code == 403
    assert client.post("/subscriptions", data=WISH).status_code == 403
    assert [one.state for one in context.store.subscriptions.all()] == [SubscriptionState.CONFIRMED]


def test_an_unknown_subscription_is_told_as_such(client: FlaskClient, confirmed: Subscription) -> None:
    for verb in ("pause", "resume", "end"):
        assert sent(client, f"/subscriptions/none/{verb}").status_code == 404


def test_the_form_begins_with_the_time_of_the_last_digest_and_the_proposal_of_the_link(
    client: FlaskClient, confirmed: Subscription, proposal_id: str
) -> None:
    page = shown(client, f"/subscriptions?proposal_id={proposal_id}")
    chosen = {select.get("name"): select.xpath("option[@selected]/text()") for select in page.iter("select")}
    assert chosen["proposal_id"] == ["Rebuilding the East Side"]
    assert chosen["time_zone"] == ["America/Denver"]
    assert page.xpath("//input[@name='parts'][not(@checked)]") == []


def test_the_twin_lists_the_same(client: FlaskClient, confirmed: Subscription) -> None:
    page = shown(client)
    [twin] = page.xpath("//link[@rel='alternate']/@href")
    [listed] = client.get(twin).json["subscriptions"]
    assert page.get_element_by_id(f"subscription-{listed['subscription_id']}") is not None
