"""Make, show and revoke the keys of organizations, and find out whose key a request shows.

A key is 256 random bits. Nobody can try them out, with or without the hash, so one round of SHA-256 keeps it as well as
the slow hashes that passwords need would, and costs a request nothing (NIST SP 800-63B, section 5.1.2.2, asks for slow
ones below 112 bits only).
"""

import hashlib
import hmac
import re
import secrets
import threading
from datetime import UTC, datetime, timedelta

from matcher.domain.organization import ApiKey
from matcher.errors import InputRejected, NotFound
from matcher.store.protocol import Store

USE_RECORDED_EVERY = timedelta(minutes=1)
"""A use is recorded at most so often: a write at every request would cost more than the request."""

_KEY_ID_BYTES = 6
_SECRET_BYTES = 32
_FORM = re.compile(r"matcher_([0-9a-f]{12})_[A-Za-z0-9_-]{43}")
_NO_HASH = hashlib.sha256(b"").hexdigest()


def issue_key(store: Store, organization_id: str, name: str, *, may_erase: bool = False) -> tuple[ApiKey, str]:
    """Make a key for an organization; return what is kept of it, and the key itself, which is shown this once.

    Args:
        store: The store of the house.
        organization_id: Whose key it is.
        name: What will use it.
        may_erase: Whether it also exports and erases all that the organization keeps.

    Raises:
        InputRejected: The name, which tells a person what uses the key, is empty.
        NotFound: No such organization is stored.
    """
    if not name.strip():
        raise InputRejected("needs a word on what will use the key, such as “website”", source="name")
    key_id = secrets.token_hex(_KEY_ID_BYTES)
    text = f"matcher_{key_id}_{secrets.token_urlsafe(_SECRET_BYTES)}"
    key = ApiKey(key_id, organization_id, name.strip(), _hash(text), datetime.now(UTC), may_erase=may_erase)
    store.keys.add(key)
    return key, text


def list_keys(store: Store, organization_id: str | None = None) -> list[ApiKey]:
    """Return the keys of one organization, or of all, revoked ones too.

    Raises:
        NotFound: No such organization is stored.
    """
    if organization_id is None:
        return store.keys.all()
    store.organizations.get(organization_id)
    return [key for key in store.keys.all() if key.organization_id == organization_id]


def revoke_key(store: Store, key_id: str) -> None:
    """Make a key useless, at once and for good.

    Raises:
        NotFound: No such key is stored.
    """
    store.keys.revoke(key_id, datetime.now(UTC))


def who_asks(store: Store, text: str, now: datetime) -> ApiKey | None:
    """Return the key that `text` is, with its use recorded; None if it is none, or one that was revoked.

    The comparison takes equally long wherever two hashes part, and for a key that is unknown.
    """
    form = _FORM.fullmatch(text)
    key = _known(store, form.group(1)) if form else None
    is_right = hmac.compare_digest(_hash(text), _NO_HASH if key is None else key.hash)
    if key is None or not is_right or key.revoked_at is not None:
        return None
    if key.last_used_at is None or now - key.last_used_at >= USE_RECORDED_EVERY:
        store.keys.touch(key.key_id, now, USE_RECORDED_EVERY)
    return key


class KeyRing:
    """Knows the keys that were shown lately, as long as the version of the store stays; safe from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._version = -1
        self._asked: dict[str, ApiKey] = {}
        self._is_empty = True

    def who_asks(self, text: str, now: datetime) -> ApiKey | None:
        """Return the key that `text` is, as the function of this name does; a revoked one is unknown at once."""
        self._refresh()
        shown = _hash(text)
        known = self._asked.get(shown)
        if known is not None and known.last_used_at is not None and now - known.last_used_at < USE_RECORDED_EVERY:
            return known
        found = who_asks(self._store, text, now)
        if found is not None:
            with self._lock:
                self._asked[shown] = found
        return found

    def is_empty(self) -> bool:
        """Whether no key was ever made."""
        self._refresh()
        return self._is_empty

    def _refresh(self) -> None:
        """Forget what was known before the last change of the store."""
        version = self._store.version()
        if version == self._version:
            return
        is_empty = self._store.keys.is_empty()
        with self._lock:
            self._asked, self._is_empty, self._version = {}, is_empty, version


def _known(store: Store, key_id: str) -> ApiKey | None:
    try:
        return store.keys.get(key_id)
    except NotFound:
        return None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
