"""Ask for a weekly digest; nothing is mailed but one question until the reader confirms it."""

import dataclasses
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil

from matcher.domain.organization import LOCAL
from matcher.domain.schedule import time_zone
from matcher.domain.subscription import (
    EVERY_PART,
    Consent,
    ConsentEvent,
    DigestPart,
    Subscription,
    SubscriptionState,
)
from matcher.errors import AskedTooOften, InputRejected
from matcher.mail.addresses import kept_address
from matcher.store.mail_records import MailKind, Period, Recipient
from matcher.store.protocol import Store

_WEEKDAYS, _HOURS = range(7), range(24)
_QUESTIONS_A_DAY = 3
_DAY = timedelta(days=1)
"""Confirmations that one address is sent in a day, so that nobody can flood a stranger with them."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks for; None as proposal means all of the organization."""

    email_address: str
    proposal_id: str | None = None
    weekday: int = 0
    hour: int = 8
    time_zone: str = "UTC"
    minimum_fit: float = 0.4
    parts: tuple[DigestPart, ...] = EVERY_PART
    mails_quiet_weeks: bool = False
    wants_reminders: bool = False


def subscribe(
    store: Store, wish: Wish, now: datetime, *, means: str, domain: str, identifier: str | None = None
) -> Subscription:
    """Keep a subscription that is pending until its reader confirms it, and queue the mail that asks for that.

    Args:
        store: The store of the organization whose proposals the digest is about.
        wish: What is asked for; its address is kept in lower case.
        now: The present moment.
        means: How it was asked for, in words, for the record of consent.
        domain: What the Message-ID of the question ends with.
        identifier: Of the subscription; if it is stored already, what was broken off is gone on with. Without one, it
            gets a new UUID.

    Raises:
        InputRejected: The address, the weekday, the hour, the zone, the fit or the parts are unusable, the address is
            suppressed, or the same is confirmed already.
        NotFound: No such proposal is stored.
        AskedTooOften: The address was asked too often today.
    """
    subscription = _new(store, wish, identifier)
    earlier = _stored(store, subscription)
    if earlier is None:
        _refuse_flood(store, subscription.email_address, now)
        store.subscriptions.add(subscription, Consent(ConsentEvent.ASKED, now, means))
    recipient = Recipient(subscription.organization_id, subscription.email_address)
    store.mails.enqueue(Period(MailKind.CONFIRMATION, recipient, subscription.subscription_id), "{}", domain, now)
    return earlier or subscription


def subscribe_confirmed(store: Store, wish: Wish, now: datetime, *, means: str) -> Subscription:
    """Keep a subscription whose reader agreed in another way, which `means` tells in words.

    Raises:
        InputRejected: As for `subscribe`.
        NotFound: No such proposal is stored.
    """
    confirmed = replace(_new(store, wish), state=SubscriptionState.CONFIRMED, active_since=now)
    store.subscriptions.add(confirmed, Consent(ConsentEvent.CONFIRMED, now, means))
    return confirmed


def amend(store: Store, subscription: Subscription) -> Subscription:
    """Put other wishes in the place of the stored ones; address, organization and state stay as they are.

    Raises:
        InputRejected: The weekday, the hour, the zone, the fit or the parts are unusable.
        NotFound: It is not stored, or its proposal is not.
    """
    stored = store.subscriptions.get(subscription.subscription_id)
    kept = {name: getattr(stored, name) for name in ("email_address", "organization_id", "state", "active_since")}
    wanted = _checked(replace(subscription, **kept))
    store.subscriptions.change(wanted)
    return wanted


def _new(store: Store, wish: Wish, identifier: str | None = None) -> Subscription:
    address = kept_address(wish.email_address, "email_address")
    fields = {field.name: getattr(wish, field.name) for field in dataclasses.fields(wish)} | {"email_address": address}
    wanted = _checked(
        Subscription(identifier or str(uuid.uuid4()), organization_id=store.organization_id or LOCAL, **fields)
    )
    _refuse_suppressed(store, address)
    _refuse_repeated(store, wanted)
    return wanted


def _checked(subscription: Subscription) -> Subscription:
    time_zone(subscription.time_zone)
    if subscription.weekday not in _WEEKDAYS or subscription.hour not in _HOURS:
        raise InputRejected("needs a weekday from 0 (Monday) to 6 and an hour from 0 to 23", source="weekday, hour")
    if not 0 <= subscription.minimum_fit <= 1:
        raise InputRejected("needs a number from 0 to 1", source="minimum_fit")
    if not subscription.parts:
        raise InputRejected(f"a digest has at least one part of {_listed(DigestPart)}", source="parts")
    return replace(subscription, parts=tuple(part for part in DigestPart if part in subscription.parts))


def _refuse_suppressed(store: Store, email_address: str) -> None:
    suppression = store.suppressions.find(email_address)
    if suppression is not None:
        raise InputRejected(
            f"mail to this address came back ({suppression.reason}); "
            "once it works again, `matcher suppressions remove ADDRESS` lets it be mailed",
            source="email_address",
        )


def _stored(store: Store, wanted: Subscription) -> Subscription | None:
    """Return the subscription that is stored under the identifier of `wanted`, if there is one."""
    known = store.subscriptions.of_address(wanted.email_address)
    return next((one for one in known if one.subscription_id == wanted.subscription_id), None)


def _refuse_repeated(store: Store, wanted: Subscription) -> None:
    stands = (SubscriptionState.CONFIRMED, SubscriptionState.PAUSED)
    for other in store.subscriptions.of_address(wanted.email_address):
        is_same = (other.organization_id, other.proposal_id) == (wanted.organization_id, wanted.proposal_id)
        if is_same and other.state in stands and other.subscription_id != wanted.subscription_id:
            reason = f"this address has the subscription {other.subscription_id} to the same; change that one"
            raise InputRejected(reason, source="email_address")


def _refuse_flood(store: Store, email_address: str, now: datetime) -> None:
    asked = [
        mail
        for mail in store.mails.for_address(email_address)
        if mail.kind is MailKind.CONFIRMATION and mail.created_at > now - _DAY
    ]
    if len(asked) >= _QUESTIONS_A_DAY:
        seconds = ceil((min(mail.created_at for mail in asked) + _DAY - now).total_seconds())
        reason = f"this address was asked {len(asked)} times within a day; ask again tomorrow"
        raise AskedTooOften(reason, seconds=seconds)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
