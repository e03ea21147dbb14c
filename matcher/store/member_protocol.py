"""What the rest of the house knows of members and their sign-ins in the store; see `matcher.store.protocol`."""

from datetime import datetime
from typing import Protocol

from matcher.domain.organization import Member, SignIn


class Members(Protocol):
    """Who may sign in for which organization; one address may be a member of several."""

    def add(self, member: Member) -> None:
        """Keep `member`.

        Raises:
            NotFound: Its organization is not stored.
            InputRejected: The address is a member of it already.
        """
        ...

    def of_organization(self, organization_id: str) -> list[Member]:
        """Return the members of an organization, by address; empty if it is unknown."""
        ...

    def of_address(self, email_address: str) -> list[Member]:
        """Return every membership of an address, by organization."""
        ...

    def remove(self, organization_id: str, email_address: str) -> None:
        """Delete a member, and every sign-in that has begun for it: whoever is signed in is so no more.

        Raises:
            NotFound: There is no such member.
        """
        ...


class SignIns(Protocol):
    """Every sign-in that was asked for, by members and by strangers alike."""

    def ask(self, sign_in: SignIn) -> None:
        """Keep a sign-in that is asked for, whether or not its address is a member anywhere."""
        ...

    def get(self, sign_in_id: str) -> SignIn:
        """Return one sign-in.

        Raises:
            NotFound: None is stored under `sign_in_id`.
        """
        ...

    def asked_since(self, email_address: str, moment: datetime) -> int:
        """Return how many were asked for with an address after `moment`."""
        ...

    def unanswered(self, limit: int) -> list[SignIn]:
        """Return up to `limit` sign-ins that nobody has looked at since they were asked for, oldest first."""
        ...

    def answer(self, sign_in_id: str, at: datetime) -> None:
        """Record that a sign-in was looked at."""
        ...

    def begin(self, sign_in_id: str, organization_id: str, at: datetime) -> bool:
        """Let a sign-in begin for an organization of which its address is a member, once.

        Returns False if it has begun before, is not stored, or its address is no such member.
        """
        ...

    def end(self, sign_in_id: str, at: datetime) -> None:
        """End a sign-in; one that has ended stays as it is."""
        ...

    def forget_before(self, moment: datetime) -> int:
        """Delete what was asked for before then, begun or not; return how many there were."""
        ...
