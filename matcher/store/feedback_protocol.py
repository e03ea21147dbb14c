"""What the rest of the house knows of feedback, mutes and feeds in the store; see `matcher.store.protocol`."""

from typing import Protocol

from matcher.domain.feed import Feed
from matcher.domain.feedback import Feedback, Mute


class FeedbackRows(Protocol):
    """What was said of matches, one row a match; it goes with its proposal."""

    def put(self, feedback: Feedback) -> None:
        """Keep `feedback` in the place of what was said of the same match before.

        Raises:
            NotFound: Its proposal or its opportunity is not stored.
        """
        ...

    def remove(self, proposal_id: str, opportunity_id: str) -> None:
        """Take back what was said of a match.

        Raises:
            NotFound: Nothing was said of it.
        """
        ...

    def all(self) -> list[Feedback]:
        """Return everything that was said, latest first, ties by proposal and opportunity."""
        ...


class Mutes(Protocol):
    """What organizations do not want to see; in the store of the whole house, of all of them."""

    def add(self, mute: Mute) -> Mute:
        """Keep `mute` for the organization of the store (of the house's own, `local`, if the store is of the house).

        Returns the mute that holds now: the one that was there before, if it is about the same.
        """
        ...

    def get(self, mute_id: str) -> Mute:
        """Return one mute.

        Raises:
            NotFound: None is stored under `mute_id`.
        """
        ...

    def all(self) -> list[Mute]:
        """Return every mute, latest first, ties by identifier."""
        ...

    def remove(self, mute_id: str) -> None:
        """Lift a mute.

        Raises:
            NotFound: None is stored under `mute_id`.
        """
        ...


class Feeds(Protocol):
    """The feeds of proposals; each goes with its proposal."""

    def add(self, feed: Feed) -> None:
        """Keep `feed`.

        Raises:
            NotFound: Its proposal is not stored.
        """
        ...

    def find(self, secret_hash: str) -> Feed | None:
        """Return the feed whose secret has this hash, if there is one."""
        ...

    def for_proposal(self, proposal_id: str) -> list[Feed]:
        """Return the feeds of one proposal, oldest first; empty if it is unknown."""
        ...

    def remove(self, proposal_id: str, feed_id: str) -> None:
        """Revoke a feed: nothing is found at its address any more.

        Raises:
            NotFound: The proposal has no such feed.
        """
        ...
