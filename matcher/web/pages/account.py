"""Who is signed in, as the head of every page shows it."""

from dataclasses import dataclass

from matcher.web.calls.access import whoever_asks
from matcher.web.house import current_house


@dataclass(frozen=True, slots=True)
class Account:
    """A member who is signed in; `organization` is the name of whom they act for."""

    email_address: str
    organization: str


def signed_in() -> Account | None:
    """Return who is signed in; None if nobody is."""
    asking = whoever_asks()
    if asking is None or asking.session is None:
        return None
    organization = current_house().store.organizations.get(asking.organization_id)
    return Account(asking.session.email_address, organization.name)


def is_sign_in_offered() -> bool:
    """Whether a page offers to sign in: it cannot be told who asks for it, by key, session or place."""
    return whoever_asks() is None
