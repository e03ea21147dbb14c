"""Links that act for whoever holds them, without log-in: each names one thing to do, and is signed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from matcher.errors import InputRejected

CONFIRMATION_LIFETIME = timedelta(days=7)
"""How long the link of a confirmation holds; those that end something hold for ever."""


class Purpose(StrEnum):
    """What a link does; the value is the first part of its path."""

    CONFIRM = "confirm"
    UNSUBSCRIBE = "unsubscribe"
    PAUSE = "pause"


class Scope(StrEnum):
    """How much a link ends."""

    SUBSCRIPTION = "subscription"
    MAIL = "mail"
    """All subscriptions that a mail was for: what the one click of a mail program means."""
    EVERYTHING = "everything"
    """All subscriptions of the person whom a mail went to."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a link is about: the identifier is that of a subscription, or of a mail."""

    scope: Scope
    identifier: str


class LinkSigner:
    """Makes links and reads them back.

    Args:
        keys: The first signs; all of them verify.
        public_url: Where readers reach the web server, without a slash at the end.
    """

    def __init__(self, keys: Sequence[str], public_url: str) -> None:
        self._keys = list(reversed(keys))  # itsdangerous signs with the last one
        self._public_url = public_url

    def url(self, purpose: Purpose, target: Target) -> str:
        """Return the address that does `purpose` to `target`."""
        return f"{self._public_url}{self.path(purpose, target)}"

    def path(self, purpose: Purpose, target: Target) -> str:
        """Return the path of that address."""
        token = self._serializer(purpose).dumps([target.scope.value, target.identifier])
        return f"/{purpose.value}/{token}"

    def read(self, purpose: Purpose, token: str) -> Target:
        """Return what a token is about.

        Raises:
            InputRejected: It was not made here for this purpose, or it has expired.
        """
        lifetime = int(CONFIRMATION_LIFETIME.total_seconds()) if purpose is Purpose.CONFIRM else None
        try:
            scope, identifier = self._serializer(purpose).loads(token, max_age=lifetime)
            return Target(Scope(scope), str(identifier))
        except SignatureExpired:
            reason = f"this link held for {CONFIRMATION_LIFETIME.days} days and has expired; subscribe again"
            raise InputRejected(reason, source="link") from None
        except (BadSignature, ValueError, TypeError):
            reason = "this link is not one of ours, or was cut; copy the whole address from the mail"
            raise InputRejected(reason, source="link") from None

    def _serializer(self, purpose: Purpose) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(
            self._keys, salt=f"matcher {purpose.value}", signer_kwargs={"digest_method": hashlib.sha256}
        )
