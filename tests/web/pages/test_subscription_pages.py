"""The pages behind the links in mails: a GET changes nothing, a POST acts, and neither asks for a key."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from matcher.bootstrap import Context
from matcher.domain.subscription import ConsentEvent, Subscription, SubscriptionState
from matcher.services.consent import unsubscribe
from matcher.services.keys import issue_key
from matcher.services.organizations import add_organization
from matcher.services.signed_links import LinkSigner, Purpose, Scope, Target
from matcher.services.subscribe import Wish, subscribe, subscribe_confirmed
from tests.web.houses import digested

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Links hold for a time, so all of a test happens at one."""
    with time_machine.travel(NOW, tick=False) as stopped:
        yield stopped


@pytest.fixture
def pending(context: Context) -> Subscription:
    """Somebody who was asked; and a key, so that pages are known to ask for none."""
    add_organization(context.store, "owner", "Owner")
    issue_key(context.store, "owner", "tests")
    return subscribe(context.store, Wish("officer@example.org"), NOW, means="test", domain="example.org")


def link(context: Context, purpose: Purpose, scope: Scope, identifier: str) -> str:
    return context.links.path(purpose, Target(scope, identifier))


def of_subscription(context: Context, purpose: Purpose, subscription: Subscription) -> str:
    return link(context, purpose, Scope.SUBSCRIPTION, subscription.subscription_id)


def heading(answer: TestResponse) -> str:
    return str(html.document_fromstring(answer.text).findtext(".//h1"))


def state(context: Context, subscription: Subscription) -> SubscriptionState:
    return context.store.subscriptions.get(subscription.subscription_id).state


def test_a_confirmation_shows_what_it_is_for_and_takes_a_post(
    client: FlaskClient, context: Context, pending: Subscription
) -> None:
    url = of_subscription(context, Purpose.CONFIRM, pending)
    shown = client.get(url)
    assert "all proposals of This machine, every Monday at 08:00 (UTC), to officer@example.org" in shown.text
    assert (shown.status_code, state(context, pending)) == (200, SubscriptionState.PENDING)
    taken = client.post(url)
    assert (heading(taken), state(context, pending)) == ("Your digest is confirmed", SubscriptionState.CONFIRMED)
    assert "Monday, November 23, 2026, 08:00 (UTC)" in taken.text
    assert client.post(url).status_code == 200
    events = [one.event for one in context.store.subscriptions.consents(pending.subscription_id)]
    assert events == [ConsentEvent.ASKED, ConsentEvent.CONFIRMED]


def test_a_confirmation_expires_and_cannot_undo_an_unsubscription(
    client: FlaskClient, context: Context, pending: Subscription, clock: time_machine.Traveller
) -> None:
    url = of_subscription(context, Purpose.CONFIRM, pending)
    clock.shift(timedelta(days=7, seconds=1))
    assert client.post(url).status_code == 400
    assert "has expired" in client.post(url).text
    unsubscribe(context.store, Target(Scope.SUBSCRIPTION, pending.subscription_id), NOW, "test")
    assert client.post(of_subscription(context, Purpose.CONFIRM, pending)).status_code == 400
    assert state(context, pending) is SubscriptionState.UNSUBSCRIBED


def test_unsubscribing_takes_a_post_and_no_log_in(client: FlaskClient, context: Context, pending: Subscription) -> None:
    url = of_subscription(context, Purpose.UNSUBSCRIBE, pending)
    for method in ("GET", "HEAD"):
        assert client.open(url, method=method).status_code == 200
        assert state(context, pending) is SubscriptionState.PENDING
    clicked = client.post(url, data={"List-Unsubscribe": "One-Click"})
    assert (clicked.status_code, state(context, pending)) == (200, SubscriptionState.UNSUBSCRIBED)
    last = context.store.subscriptions.consents(pending.subscription_id)[-1]
    assert (last.event, last.means) == (ConsentEvent.UNSUBSCRIBED, "one click in the mail program")
    again = client.post(url)
    assert (again.status_code, heading(again)) == (200, "You are unsubscribed")
    assert len(context.store.subscriptions.consents(pending.subscription_id)) == 2


@pytest.mark.parametrize(("scope", "ended"), [(Scope.MAIL, 1), (Scope.EVERYTHING, 2)])
def test_one_link_ends_what_the_mail_was_for_and_one_ends_everything(
    client: FlaskClient, context: Context, proposal_id: str, scope: Scope, ended: int
) -> None:
    made = digested(context, proposal_id)
    subscribe_confirmed(context.store, Wish("officer@example.org"), NOW, means="test")
    answer = client.post(link(context, Purpose.UNSUBSCRIBE, scope, made["digest_id"]))
    assert answer.status_code == 200
    found = context.store.subscriptions.of_address("officer@example.org")
    assert sum(one.state is SubscriptionState.UNSUBSCRIBED for one in found) == ended


def test_a_pause_is_shown_taken_and_ended(client: FlaskClient, context: Context) -> None:
    made = subscribe_confirmed(context.store, Wish("officer@example.org"), NOW, means="test")
    url = of_subscription(context, Purpose.PAUSE, made)
    assert heading(client.get(url)) == "Your digest is on"
    assert heading(client.post(url, data={"action": "pause"})) == "Your digest is paused"
    assert state(context, made) is SubscriptionState.PAUSED
    assert heading(client.get(url)) == "Your digest is paused"
    assert heading(client.post(url, data={"action": "resume"})) == "Your digest is on"


def test_what_is_gone_is_told_and_counts_as_ended(client: FlaskClient, context: Context, pending: Subscription) -> None:
    context.store.subscriptions.remove(pending.subscription_id)
    assert client.post(of_subscription(context, Purpose.UNSUBSCRIBE, pending)).status_code == 200
    assert client.get(of_subscription(context, Purpose.CONFIRM, pending)).status_code == 404
    assert client.post(of_subscription(context, Purpose.PAUSE, pending)).status_code == 404


def test_a_link_that_was_tampered_with_or_is_for_something_else_does_nothing(
    client: FlaskClient, context: Context, pending: Subscription
) -> None:
    confirm = of_subscription(context, Purpose.CONFIRM, pending)
    token = confirm.rpartition("/")[2]
    stranger = LinkSigner(["z" * 32], "").path(Purpose.UNSUBSCRIBE, Target(Scope.SUBSCRIPTION, pending.subscription_id))
    for url in (confirm[:-1], f"/unsubscribe/{token}", f"/pause/{token}", stranger, "/unsubscribe/x"):
        answer = client.post(url)
        assert (answer.status_code, heading(answer)) == (400, "This link does not work"), url
    assert state(context, pending) is SubscriptionState.PENDING


def test_a_link_of_before_a_rotation_of_keys_still_works(context: Context, pending: Subscription) -> None:
    target = Target(Scope.SUBSCRIPTION, pending.subscription_id)
    old, new = "o" * 32, "n" * 32
    token = LinkSigner([old], "").path(Purpose.UNSUBSCRIBE, target).rpartition("/")[2]
    assert LinkSigner([new, old], "").read(Purpose.UNSUBSCRIBE, token) == target
    fresh = LinkSigner([new, old], "").path(Purpose.UNSUBSCRIBE, target).rpartition("/")[2]
    assert LinkSigner([new], "").read(Purpose.UNSUBSCRIBE, fresh) == target


def test_pages_run_nothing_load_our_styles_alone_and_escape_every_word(
    client: FlaskClient, context: Context, proposal_id: str
) -> None:
    hostile = "<script>alert(1)</script>"
    stored = context.store.proposals.get(proposal_id).proposal
    context.store.proposals.save(replace(stored, title=hostile), proposal_id)
    made = subscribe_confirmed(context.store, Wish("officer@example.org", proposal_id), NOW, means="test")
    answer = client.get(of_subscription(context, Purpose.UNSUBSCRIBE, made))
    page = html.document_fromstring(answer.text)
    assert not page.xpath("//script[not(@src)] | //img | //iframe")
    assert hostile in page.text_content()
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self'" in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
