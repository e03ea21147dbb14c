from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from matcher.domain.schedule import Schedule
from matcher.domain.subscription import ConsentEvent, DigestPart, Subscription, SubscriptionState
from matcher.errors import InputRejected, NotFound
from matcher.store.protocol import Store

from .builders import MONDAY, READER, claim, consent, proposal, subscribe, subscription, written


def test_a_subscription_comes_back_as_it_was_added(store: Store) -> None:
    store.proposals.save(proposal(), "river-days")
    made = Subscription(
        "weekly",
        "river-days",
        "müller@example.org",
        4,
        17,
        "America/Chicago",
        0.25,
        parts=(DigestPart.NEW, DigestPart.CLOSING),
        mails_quiet_weeks=True,
        wants_reminders=True,
        state=SubscriptionState.PAUSED,
        active_since=MONDAY,
    )
    store.subscriptions.add(made, consent())
    assert store.subscriptions.get("weekly") == made


def test_a_subscription_to_an_unknown_proposal_is_refused_and_not_kept(store: Store) -> None:
    with pytest.raises(NotFound, match="nobody"):
        store.subscriptions.add(subscription(proposal_id="nobody"), consent())
    assert store.subscriptions.all() == []


def test_an_identifier_that_is_taken_is_refused_and_the_first_stays(store: Store) -> None:
    first = subscribe(store)
    with pytest.raises(InputRejected, match="weekly"):
        store.subscriptions.add(replace(first, email_address="other@example.org"), consent())
    assert store.subscriptions.all() == [first]


def test_subscriptions_are_listed_by_identifier_and_paged_by_age(store: Store) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        later = subscribe(store, "b")
        clock.shift(timedelta(seconds=1))
        earlier = subscribe(store, "a", proposal_id=None)
    assert store.subscriptions.all() == [earlier, later]
    assert store.subscriptions.page(0, 1) == ([later], 2)
    assert store.subscriptions.page(1, 1) == ([earlier], 2)


def test_only_confirmed_subscriptions_have_a_schedule_and_a_recipient(store: Store) -> None:
    stands = subscribe(store)
    subscribe(store, "other-hour", hour=9)
    for state in SubscriptionState:
        if state is not SubscriptionState.CONFIRMED:
            subscribe(store, state.value, state=state, hour=23)
    assert sorted(store.subscriptions.schedules()) == [Schedule(0, 8), Schedule(0, 9)]
    assert stands in store.subscriptions.of_recipient(READER)
    assert len(store.subscriptions.of_recipient(READER)) == 2
    assert len(store.subscriptions.of_address(READER.email_address)) == 5


def test_reminders_are_for_those_who_want_them(store: Store) -> None:
    subscribe(store)
    wanted = subscribe(store, "eager", wants_reminders=True)
    subscribe(store, "paused", wants_reminders=True, state=SubscriptionState.PAUSED)
    assert store.subscriptions.wanting_reminders() == [wanted]


def test_a_change_replaces_all_and_adds_to_the_record_of_consent(store: Store) -> None:
    changed = replace(subscribe(store), hour=20, state=SubscriptionState.UNSUBSCRIBED, active_since=None)
    store.subscriptions.change(changed, consent(ConsentEvent.UNSUBSCRIBED))
    assert store.subscriptions.get("weekly") == changed
    assert [one.event for one in store.subscriptions.consents("weekly")] == [
        ConsentEvent.CONFIRMED,
        ConsentEvent.UNSUBSCRIBED,
    ]


def test_an_unknown_subscription_is_not_found_and_named(store: Store) -> None:
    store.proposals.save(proposal(), "river-days")
    with pytest.raises(NotFound, match="no-such"):
        store.subscriptions.get("no-such")
    with pytest.raises(NotFound, match="no-such"):
        store.subscriptions.remove("no-such")
    with pytest.raises(NotFound, match="no-such"):
        store.subscriptions.change(subscription("no-such"))


def test_removing_a_subscription_ends_its_digests_and_keeps_the_proposal_and_the_consent(store: Store) -> None:
    subscribe(store)
    (mail,) = claim(store)
    store.mails.write("me", [written(mail, "river-fund")])
    store.subscriptions.remove("weekly")
    assert store.subscriptions.all() == []
    assert store.digests.pages(mail.mail_id) == []
    assert store.proposals.get("river-days").revision == 1
    assert store.subscriptions.consents("weekly") == [consent()]


def test_what_was_never_confirmed_is_dropped_when_it_is_old(store: Store) -> None:
    with time_machine.travel(MONDAY, tick=False):
        subscribe(store, "old", state=SubscriptionState.PENDING)
        subscribe(store, "confirmed")
    assert store.subscriptions.remove_unconfirmed(MONDAY) == 0
    assert store.subscriptions.remove_unconfirmed(MONDAY + timedelta(seconds=1)) == 1
    assert [one.subscription_id for one in store.subscriptions.all()] == ["confirmed"]
