"""Make, list and remove organizations."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from matcher.domain.organization import LOCAL, Organization
from matcher.errors import InputRejected
from matcher.store.protocol import Store

_IDENTIFIER = re.compile(r"[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class OrganizationSummary:
    """An organization with the numbers of its keys that work and of its proposals."""

    organization: Organization
    keys: int
    proposals: int


def add_organization(store: Store, organization_id: str, name: str) -> Organization:
    """Keep a new organization.

    Args:
        store: The store of the house.
        organization_id: What it is called in commands: lower-case letters, digits and hyphens, 64 at most.
        name: What a person calls it.

    Raises:
        InputRejected: The identifier is taken or of another form, or the name is empty.
    """
    if not _IDENTIFIER.fullmatch(organization_id):
        reason = "an identifier is made of lower-case letters, digits and hyphens, such as east-side-builders"
        raise InputRejected(reason, source=organization_id)
    if not name.strip():
        raise InputRejected("needs the name by which people know it", source="name")
    organization = Organization(organization_id, name.strip(), datetime.now(UTC))
    store.organizations.add(organization)
    return organization


def list_organizations(store: Store) -> list[OrganizationSummary]:
    """Return every organization, by identifier."""
    counts = store.organizations.proposal_counts()
    working = [key.organization_id for key in store.keys.all() if key.revoked_at is None]
    return [
        OrganizationSummary(one, working.count(one.organization_id), counts.get(one.organization_id, 0))
        for one in store.organizations.all()
    ]


def remove_organization(store: Store, organization_id: str) -> None:
    """Delete an organization with its keys, proposals, matches and subscriptions.

    Raises:
        InputRejected: It is the organization of the machine itself, which is always there.
        NotFound: No such organization is stored.
    """
    if organization_id == LOCAL:
        raise InputRejected("this organization is the machine's own and stays; delete its proposals", source=LOCAL)
    store.organizations.remove(organization_id)
