"""Who uses the service: organizations, and the keys that their programs show."""

from dataclasses import dataclass
from datetime import datetime

LOCAL = "local"
"""The organization of whoever works on the machine itself: it is always there, and needs no key."""


@dataclass(frozen=True, slots=True)
class Organization:
    """One applicant, or whoever works for several; nothing that it keeps is seen by another."""

    organization_id: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key of an organization, as it is kept: `hash` is the SHA-256 of the key, which itself is kept nowhere.

    `key_id` stands at the beginning of the key, so that a person can tell which is which. `last_used_at` is right to
    the minute.
    """

    key_id: str
    organization_id: str
    name: str
    hash: str
    created_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None
