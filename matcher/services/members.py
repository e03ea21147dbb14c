"""Add, list and remove the people who may sign in for an organization."""

from datetime import UTC, datetime

from matcher.domain.organization import Member, Organization
from matcher.mail.addresses import kept_address
from matcher.store.protocol import Store


def add_member(store: Store, organization_id: str, email_address: str) -> Member:
    """Let somebody sign in for an organization by a link that is mailed to this address.

    Raises:
        InputRejected: It is no mail address, or a member of the organization already.
        NotFound: No such organization is stored.
    """
    member = Member(organization_id, kept_address(email_address, "email_address"), datetime.now(UTC))
    store.members.add(member)
    return member


def list_members(store: Store, organization_id: str) -> list[Member]:
    """Return the members of an organization, by address.

    Raises:
        NotFound: No such organization is stored.
    """
    store.organizations.get(organization_id)
    return store.members.of_organization(organization_id)


def organizations_left_alone(store: Store, email_address: str) -> list[Organization]:
    """Return the organizations for which nobody could sign in any more without the member of this address."""
    memberships = store.members.of_address(email_address)
    return [
        store.organizations.get(one.organization_id)
        for one in memberships
        if len(store.members.of_organization(one.organization_id)) == 1
    ]


def remove_member(store: Store, organization_id: str, email_address: str) -> None:
    """Let somebody sign in no more; wherever they are signed in, they are so no more.

    Raises:
        InputRejected: It is no mail address.
        NotFound: It is no member of the organization.
    """
    store.members.remove(organization_id, kept_address(email_address, "email_address"))
