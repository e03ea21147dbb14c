"""Who uses the service: organizations, the keys that their programs show, and the people who sign in."""

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
    the minute. Only a key that `may_erase` also exports and erases all that its organization keeps.
    """

    key_id: str
    organization_id: str
    name: str
    hash: str
    created_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None
    may_erase: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may sign in for an organization, known by an e-mail address in lower case."""

    organization_id: str
    email_address: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in with an e-mail address: asked for, begun by the link in a mail (for one organization), ended.

    Until it begins, `organization_id` is None. Only while it lasts does a browser act for the organization. `leads_to`
    is the path of our own that its reader was on the way to.
    """

    sign_in_id: str
    email_address: str
    asked_at: datetime
    leads_to: str = "/"
    organization_id: str | None = None
    begun_at: datetime | None = None
    ended_at: datetime | None = None
