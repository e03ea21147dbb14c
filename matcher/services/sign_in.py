"""Sign in by a link in a mail: asked for by anybody, mailed to members alone, taken once.

Who asks learns nothing of who is a member. Asking keeps a row, for a stranger as for a member, and looks nowhere else,
so that not even the time it takes tells. The members among those who asked are found when mail is sent.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from matcher.domain.organization import Member, Organization, SignIn
from matcher.errors import InputRejected, NotFound
from matcher.mail.addresses import kept_address
from matcher.services.signed_links import SIGN_IN_LIFETIME
from matcher.store.mail_records import MailKind, Period, Recipient
from matcher.store.protocol import Store

SESSION_LIFETIME = timedelta(days=14)
"""How long a browser stays signed in."""

_ASKED_AN_HOUR = 5
"""Mails that one address is sent in an hour, so that nobody can flood a member with them."""
_HOUR = timedelta(hours=1)
_BATCH = 100
_NO_MORE = "this link was used before, or its address signs in no more; ask for a new one"


@dataclass(frozen=True, slots=True)
class Offer:
    """What the link of a mail offers: to sign in with an address, for one of these organizations."""

    sign_in: SignIn
    organizations: Sequence[Organization]


def ask_to_sign_in(store: Store, email_address: str, now: datetime, leads_to: str = "/") -> None:
    """Ask for a mail with a link; whether one is sent, and why not, is told to nobody.

    Args:
        store: Where it is kept that somebody asks.
        email_address: Of whoever asks.
        now: The present moment.
        leads_to: The path of our own to go on to from there.

    Raises:
        InputRejected: What was given is no mail address.
    """
    address = kept_address(email_address, "email_address")
    if store.sign_ins.asked_since(address, now - _HOUR) < _ASKED_AN_HOUR:
        store.sign_ins.ask(SignIn(str(uuid.uuid4()), address, now, leads_to))


def queue_sign_ins(store: Store, domain: str, now: datetime) -> int:
    """Queue the mails of those who asked to sign in and are members; return how many.

    A mail belongs to the first of its reader's organizations; its link offers them all. `domain` ends its Message-ID.
    """
    count = 0
    while asked := store.sign_ins.unanswered(_BATCH):
        for sign_in in asked:
            members = store.members.of_address(sign_in.email_address)
            if members and not _is_over(sign_in, now):
                count += _enqueue(store, sign_in, members[0], domain, now)
            store.sign_ins.answer(sign_in.sign_in_id, now)
    return count


def offer(store: Store, sign_in_id: str, now: datetime) -> Offer:
    """Return what a link offers.

    Raises:
        InputRejected: It was used, is too old, or its address is no member of anything any more.
    """
    try:
        sign_in = store.sign_ins.get(sign_in_id)
    except NotFound:
        raise _refused() from None
    members = store.members.of_address(sign_in.email_address)
    organizations = [store.organizations.get(one.organization_id) for one in members]
    if not organizations or sign_in.begun_at is not None or _is_over(sign_in, now):
        raise _refused()
    return Offer(sign_in, organizations)


def sign_in(store: Store, sign_in_id: str, organization_id: str, now: datetime) -> SignIn:
    """Take what a link offers, once.

    Raises:
        InputRejected: As for `offer`, or the address is no member of this organization.
    """
    offered = offer(store, sign_in_id, now)
    if not store.sign_ins.begin(offered.sign_in.sign_in_id, organization_id, now):
        raise _refused()
    return store.sign_ins.get(sign_in_id)


def present_session(store: Store, sign_in_id: str, now: datetime) -> SignIn | None:
    """Return a sign-in that has begun and lasts; None if it does not."""
    try:
        found = store.sign_ins.get(sign_in_id)
    except NotFound:
        return None
    if found.begun_at is None or found.ended_at is not None or found.begun_at + SESSION_LIFETIME <= now:
        return None
    return found


def sign_out(store: Store, sign_in_id: str, now: datetime) -> None:
    """End a session, wherever a copy of its cookie may be."""
    store.sign_ins.end(sign_in_id, now)


def _enqueue(store: Store, sign_in: SignIn, member: Member, domain: str, now: datetime) -> bool:
    recipient = Recipient(member.organization_id, sign_in.email_address)
    return store.mails.enqueue(Period(MailKind.SIGN_IN, recipient, sign_in.sign_in_id), "{}", domain, now) is not None


def _is_over(sign_in: SignIn, now: datetime) -> bool:
    return sign_in.asked_at + SIGN_IN_LIFETIME <= now


def _refused() -> InputRejected:
    return InputRejected(_NO_MORE, source="link")
