"""Links that act for whoever holds them, without log-in: each names one thing to do, and is signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from itsdangerous import BadSignature, SignatureExpired

from matcher.errors import InputRejected
from matcher.services.signatures import serializer

CONFIRMATION_LIFETIME = timedelta(days=7)
"""How long the link of a confirmation holds; those that end something hold for ever."""
SIGN_IN_LIFETIME = timedelta(minutes=15)
"""How long a link that signs in holds."""


class Purpose(StrEnum):
    """What a link does; the value is the first part of its path."""

    CONFIRM = "confirm"
    UNSUBSCRIBE = "unsubscribe"
    PAUSE = "pause"
    MUTE = "mute"
    SIGN_IN = "sign-in"


_LIFETIMES = {
    Purpose.CONFIRM: (CONFIRMATION_LIFETIME, f"{CONFIRMATION_LIFETIME.days} days", "subscribe again"),
    Purpose.SIGN_IN: (SIGN_IN_LIFETIME, f"{SIGN_IN_LIFETIME.seconds // 60} minutes", "ask for a new one"),
}
"""Of the links that do not hold for ever: for how long, the same in words, and what helps afterwards."""


class Scope(StrEnum):
    """How much a link ends."""

    SUBSCRIPTION = "subscription"
    MAIL = "mail"
    """All subscriptions that a mail was for (the one click of a mail program means that), or what it told of."""
    EVERYTHING = "everything"
    """All subscriptions of the person whom a mail went to."""
    SIGN_IN = "sign-in"
    """One sign-in, once."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a link is about: the identifier is that of a subscription, of a mail, or of a sign-in."""

    scope: Scope
    identifier: str


class LinkSigner:
    """Makes links and reads them back.

    Args:
        keys: The first signs; all of them verify.
        public_url: Where readers reach the web server, without a slash at the end.
    """

    def __init__(self, keys: Sequence[str], public_url: str) -> None:
        self._keys = keys
        self._public_url = public_url

    def url(self, purpose: Purpose, target: Target) -> str:
        """Return the address that does `purpose` to `target`."""
        return f"{self._public_url}{self.path(purpose, target)}"

    def path(self, purpose: Purpose, target: Target) -> str:
        """Return the path of that address."""
        token = serializer(self._keys, purpose.value).dumps([target.scope.value, target.identifier])
        return f"/{purpose.value}/{token}"

    def read(self, purpose: Purpose, token: str) -> Target:
        """Return what a token is about.

        Raises:
            InputRejected: It was not made here for this purpose, or it has expired.
        """
        lifetime, in_words, help_words = _LIFETIMES.get(purpose, (None, "", ""))
        max_age = None if lifetime is None else int(lifetime.total_seconds())
        try:
            scope, identifier = serializer(self._keys, purpose.value).loads(token, max_age=max_age)
            return Target(Scope(scope), str(identifier))
        except SignatureExpired:
            reason = f"this link held for {in_words} and has expired; {help_words}"
            raise InputRejected(reason, source="link") from None
        except (BadSignature, ValueError, TypeError):
            reason = "this link is not one of ours, or was cut; copy the whole address from the mail"
            raise InputRejected(reason, source="link") from None
