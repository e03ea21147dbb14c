"""Confirmations and reminders: each sent once, to whom still wants it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from matcher.bootstrap import Context
from matcher.mail.errors import DeliveryDeferred, DeliveryRefused
from matcher.services.consent import confirm, unsubscribe
from matcher.services.reminders import queue_reminders
from matcher.services.send_mails import send_mails
from matcher.services.signed_links import Purpose, Scope, Target
from matcher.services.subscribe import Wish, subscribe
from matcher.services.tidy import tidy
from matcher.store.mail_records import MailState
from tests.services.posts import MONDAY, SIGNER, Postbox, outgoing, reader, send

NOW = MONDAY
DAY = timedelta(days=1)
# The gardens close on June 30, 2026, a Tuesday, and ask for seven working days: five and one for each of two things.
BEGIN = datetime(2026, 6, 19, 9, tzinfo=UTC)


def post(house: Context, postbox: Postbox, now: datetime = NOW) -> dict[str, int]:
    counts = send_mails(house.store, outgoing(postbox), lambda: now).counts
    return {name: count for name, count in counts.items() if count}


def ask(house: Context, proposal_id: str | None = None) -> str:
    wish = Wish("reader@example.org", proposal_id)
    return subscribe(house.store, wish, NOW, means="test", domain="example.org").subscription_id


def test_a_confirmation_goes_out_once_and_its_link_confirms(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    subscription_id = ask(mailing, proposal_id)
    assert post(mailing, postbox) == {"sent": 1}
    assert post(mailing, postbox) == {}
    (message,) = postbox.sent
    assert message["Subject"] == "Please confirm: a weekly funding digest about “Gardens for every school”"
    assert message["List-Unsubscribe"] is None
    assert "every Monday at 08:00 (UTC)" in postbox.text().replace("\n", " ")
    token = postbox.text().partition("/confirm/")[2].split()[0]
    assert SIGNER.read(Purpose.CONFIRM, token) == Target(Scope.SUBSCRIPTION, subscription_id)


def test_nobody_is_asked_who_answered_or_left_meanwhile(mailing: Context, postbox: Postbox) -> None:
    answered, left, gone = ask(mailing), ask(mailing), ask(mailing)
    confirm(mailing.store, answered, NOW, "test")
    unsubscribe(mailing.store, Target(Scope.SUBSCRIPTION, left), NOW, "test")
    mailing.store.subscriptions.remove(gone)
    assert post(mailing, postbox) == {"cancelled": 3}
    assert postbox.sent == []


def test_a_confirmation_that_is_put_off_goes_out_later_and_a_refused_one_never(
    mailing: Context, postbox: Postbox
) -> None:
    ask(mailing)
    assert post(mailing, Postbox({"reader": DeliveryDeferred("later")})) == {"deferred": 1}
    assert post(mailing, Postbox({"reader": DeliveryRefused("550 no")}), NOW + timedelta(minutes=5)) == {"refused": 1}
    assert post(mailing, postbox, NOW + DAY) == {}
    assert mailing.store.suppressions.find("reader@example.org") is not None


@pytest.fixture
def reminded(mailing: Context, proposal_id: str, postbox: Postbox) -> str:
    """Somebody who wants reminders, and was told of the gardens in February."""
    made = reader(mailing, proposal_id, wants_reminders=True, hour=8)
    send(mailing, postbox)
    postbox.sent.clear()
    return made.subscription_id


def queue(house: Context, now: datetime) -> int:
    return queue_reminders(house.store, house.catalogue, "example.org", now)["queued"]


@pytest.mark.usefixtures("reminded")
def test_a_reminder_comes_on_the_day_to_begin_once(mailing: Context, postbox: Postbox) -> None:
    assert queue(mailing, BEGIN - DAY) == 0
    assert queue(mailing, BEGIN - timedelta(hours=2)) == 0, "not before the hour of the digests"
    assert [queue(mailing, BEGIN + days * DAY) for days in (0, 0, 1)] == [1, 0, 0]
    assert post(mailing, postbox, BEGIN) == {"sent": 1}
    (subject,) = postbox.subjects
    assert re.fullmatch(r"1 match closing soon: School Gardens \(0\.\d\d\)", subject)
    assert "Reminder of June 19, 2026" in postbox.text()
    assert "June 30, 2026, 11 days left" in postbox.text()
    assert postbox.sent[0]["List-Unsubscribe"]


@pytest.mark.usefixtures("reminded")
def test_a_reminder_that_an_outage_held_up_is_caught_up_while_there_is_time(mailing: Context) -> None:
    assert queue(mailing, BEGIN + 5 * DAY) == 1
    assert queue(mailing, BEGIN + 20 * DAY) == 0


def test_who_was_told_too_late_or_wants_no_reminders_gets_none(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    reader(mailing, proposal_id, "plain@example.org")
    reader(mailing, proposal_id, wants_reminders=True, since=BEGIN - timedelta(days=20), weekday=4)
    send(mailing, postbox, BEGIN)
    assert queue(mailing, BEGIN + timedelta(hours=1)) == 0


def test_who_left_between_queue_and_post_gets_no_reminder(mailing: Context, reminded: str, postbox: Postbox) -> None:
    queue(mailing, BEGIN)
    subscription = mailing.store.subscriptions.get(reminded)
    mailing.store.subscriptions.change(replace(subscription, wants_reminders=False))
    assert post(mailing, postbox, BEGIN) == {"cancelled": 1}


def test_what_nobody_needs_is_forgotten_and_what_was_sent_stays(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    ask(mailing)
    stands = reader(mailing, proposal_id, "stands@example.org")
    send(mailing, postbox)
    later = datetime.now(UTC) + timedelta(days=200)
    counts = tidy(mailing.store, later)
    assert (counts["unconfirmed"], counts["given_up"]) == (1, 1)
    assert [one.subscription_id for one in mailing.store.subscriptions.all()] == [stands.subscription_id]
    assert mailing.store.mails.counts() == {MailState.SENT: 1, MailState.REFUSED: 1}
    assert all(mail.content is None for mail in mailing.store.mails.for_address("stands@example.org"))
