"""The weekly digest: who asked for it, and what one week's mail holds."""

from dataclasses import dataclass
from datetime import date

from matcher.domain.match import Match
from matcher.domain.opportunity import Opportunity


@dataclass(frozen=True, slots=True)
class Subscription:
    """Who is mailed about which proposal, and when: `weekday` 0 is Monday, `hour` is local to `time_zone` (IANA)."""

    subscription_id: str
    proposal_id: str
    email_address: str
    weekday: int = 0
    hour: int = 8
    time_zone: str = "UTC"
    minimum_fit: float = 0.4


@dataclass(frozen=True, slots=True)
class DigestItem:
    """One opportunity in a digest, with the match that put it there."""

    opportunity: Opportunity
    match: Match


@dataclass(frozen=True, slots=True)
class Digest:
    """One week's mail for one subscription; `week` is the ISO week (`2026-W47`) that makes it unique.

    `new` holds what was never mailed to this subscription, best fit first; `closing_soon` what was mailed before and
    closes soon; `left_out` counts what was not shown, by reason in words.
    """

    digest_id: str
    subscription: Subscription
    week: str
    as_of: date
    proposal_title: str
    new: tuple[DigestItem, ...]
    closing_soon: tuple[DigestItem, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing worth a mail."""
        return not self.new and not self.closing_soon
