"""Confirm, end, pause and resume subscriptions; each leaves a line in the record of consent."""

from dataclasses import replace
from datetime import datetime

from matcher.domain.subscription import Consent, ConsentEvent, Subscription, SubscriptionState
from matcher.errors import InputRejected, NotFound
from matcher.services.signed_links import Scope, Target
from matcher.store.protocol import Store

_EVENTS = {
    SubscriptionState.CONFIRMED: ConsentEvent.RESUMED,
    SubscriptionState.PAUSED: ConsentEvent.PAUSED,
    SubscriptionState.UNSUBSCRIBED: ConsentEvent.UNSUBSCRIBED,
}


def confirm(store: Store, subscription_id: str, now: datetime, means: str) -> Subscription:
    """Let a pending subscription be mailed, from its next occasion on; one that is confirmed stays as it is.

    Raises:
        NotFound: It is not stored any more.
        InputRejected: Its reader has unsubscribed since.
    """
    subscription = store.subscriptions.get(subscription_id)
    if subscription.state is SubscriptionState.UNSUBSCRIBED:
        raise InputRejected("this subscription was ended; subscribe again to have it back", source=subscription_id)
    if subscription.state is not SubscriptionState.PENDING:
        return subscription
    confirmed = replace(subscription, state=SubscriptionState.CONFIRMED, active_since=now)
    store.subscriptions.change(confirmed, Consent(ConsentEvent.CONFIRMED, now, means))
    return confirmed


def targets(store: Store, target: Target) -> list[Subscription]:
    """Return the subscriptions that a link is about, without those that are gone."""
    if target.scope is Scope.SUBSCRIPTION:
        return _stored(store, [target.identifier])
    if target.scope is Scope.MAIL:
        return _stored(store, store.digests.subscriptions_of(target.identifier))
    try:
        address = store.mails.get(target.identifier).email_address
    except NotFound:
        return []
    return store.subscriptions.of_address(address)


def unsubscribe(store: Store, target: Target, now: datetime, means: str) -> list[Subscription]:
    """End what a link is about; what has ended already stays ended. Returns all of it."""
    return [_set(store, one, SubscriptionState.UNSUBSCRIBED, now, means) for one in targets(store, target)]


def pause(store: Store, subscription_id: str, now: datetime, means: str) -> Subscription:
    """Let a confirmed subscription rest; what its digests would have shown stays unseen.

    Raises:
        NotFound: It is not stored.
        InputRejected: It is neither confirmed nor paused.
    """
    return _set(store, _standing(store, subscription_id), SubscriptionState.PAUSED, now, means)


def resume(store: Store, subscription_id: str, now: datetime, means: str) -> Subscription:
    """Let a paused subscription be mailed again, from its next occasion on.

    Raises:
        NotFound: It is not stored.
        InputRejected: It is neither confirmed nor paused.
    """
    return _set(store, _standing(store, subscription_id), SubscriptionState.CONFIRMED, now, means)


def _standing(store: Store, subscription_id: str) -> Subscription:
    subscription = store.subscriptions.get(subscription_id)
    if subscription.state not in (SubscriptionState.CONFIRMED, SubscriptionState.PAUSED):
        reason = f"a subscription that is {subscription.state.value} can be neither paused nor resumed"
        raise InputRejected(reason, source=subscription_id)
    return subscription


def _set(store: Store, subscription: Subscription, state: SubscriptionState, now: datetime, means: str) -> Subscription:
    if subscription.state is state:
        return subscription
    is_active = state is SubscriptionState.CONFIRMED
    changed = replace(subscription, state=state, active_since=now if is_active else None)
    store.subscriptions.change(changed, Consent(_EVENTS[state], now, means))
    return changed


def _stored(store: Store, subscription_ids: list[str]) -> list[Subscription]:
    found = []
    for subscription_id in subscription_ids:
        try:
            found.append(store.subscriptions.get(subscription_id))
        except NotFound:
            continue
    return found
