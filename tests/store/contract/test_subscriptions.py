from dataclasses import replace
from datetime import UTC, datetime

import pytest

from matcher.domain.digest import Subscription
from matcher.errors import InputRejected, NotFound
from matcher.store.protocol import Store

from .builders import claim, proposal, subscribe


def test_a_subscription_comes_back_as_it_was_added(store: Store) -> None:
    store.proposals.save(proposal(), "river-days")
    subscription = Subscription("weekly", "river-days", "müller@example.org", 4, 17, "America/Chicago", 0.25)
    store.subscriptions.add(subscription)
    assert store.subscriptions.get("weekly") == subscription


def test_a_subscription_to_an_unknown_proposal_is_refused_and_not_kept(store: Store) -> None:
    with pytest.raises(NotFound, match="nobody"):
        store.subscriptions.add(Subscription("weekly", "nobody", "reader@example.org"))
    assert store.subscriptions.all() == []


def test_an_identifier_that_is_taken_is_refused_and_the_first_stays(store: Store) -> None:
    first = subscribe(store)
    with pytest.raises(InputRejected, match="weekly"):
        store.subscriptions.add(replace(first, email_address="other@example.org"))
    assert store.subscriptions.all() == [first]


def test_subscriptions_are_listed_by_identifier_and_by_proposal(store: Store) -> None:
    later, earlier = subscribe(store, "b"), subscribe(store, "a")
    other = subscribe(store, "c", proposal_id="other")
    assert store.subscriptions.all() == [earlier, later, other]
    assert store.subscriptions.for_proposal("river-days") == [earlier, later]
    assert store.subscriptions.for_proposal("nobody") == []


def test_an_unknown_subscription_is_not_found_and_named(store: Store) -> None:
    with pytest.raises(NotFound, match="no-such"):
        store.subscriptions.get("no-such")
    with pytest.raises(NotFound, match="no-such"):
        store.subscriptions.remove("no-such")


def test_removing_a_subscription_ends_its_mail_and_keeps_the_proposal(store: Store) -> None:
    subscribe(store)
    subscribe(store, "other")
    claim(store)
    store.subscriptions.remove("weekly")
    assert [subscription.subscription_id for subscription in store.subscriptions.all()] == ["other"]
    assert store.digests.pending() == []
    assert store.proposals.get("river-days").revision == 1


def test_a_mail_that_went_out_while_its_reader_unsubscribed_has_nothing_to_mark(store: Store) -> None:
    subscribe(store)
    digest = claim(store)
    store.subscriptions.remove("weekly")
    assert not store.digests.mark_sent(digest.digest_id, datetime(2026, 11, 16, tzinfo=UTC))
    assert not store.digests.mark_failed(digest.digest_id, "refused", permanent=True)
