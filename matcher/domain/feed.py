"""A feed of the matches of one proposal, at an address that is its own key."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it is kept: `hash` is the SHA-256 of the secret in its address, which itself is kept nowhere."""

    feed_id: str
    proposal_id: str
    name: str
    hash: str
    created_at: datetime
