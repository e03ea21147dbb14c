"""What becomes of each match of a proposal in a digest: shown in which part, or left out and why."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.domain.digest import Fate
from matcher.domain.feasibility import Feasibility
from matcher.domain.match import BareMatch
from matcher.domain.opportunity import Opportunity
from matcher.domain.subscription import DigestPart, Subscription
from matcher.domain.vocabulary import OVER, Verdict
from matcher.store.mail_records import Mailed
from matcher.store.records import StoredOpportunity

CLOSING_SOON = timedelta(days=14)
_BEFORE_NEXT_DIGEST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Reader:
    """What a subscription wants, and what it knows: each mailed notice, as it was shown.

    `work` tells what an application takes, counted from the day `as_of`.
    """

    subscription: Subscription
    mailed: Mapping[str, Mailed]
    is_muted: Callable[[Opportunity], bool]
    work: Callable[[StoredOpportunity], Feasibility]
    as_of: date

    def wants(self, part: DigestPart) -> bool:
        """Whether this part is wanted."""
        return part in self.subscription.parts


def fate(reader: Reader, stored: StoredOpportunity, match: BareMatch | None, moved: Collection[str]) -> Fate:
    """Return what becomes of a match that reaches the minimum fit or has moved, before room is given to what is new.

    Args:
        reader: Who reads the digest.
        stored: The notice as it is now.
        match: Its match; None only for what has moved.
        moved: The mailed notices whose amendments the reader must be told.
    """
    opportunity = stored.opportunity
    if reader.is_muted(opportunity):
        return Fate.MUTED
    if opportunity.opportunity_id in moved:
        return Fate.CHANGED if reader.wants(DigestPart.CHANGED) else Fate.NOT_WANTED
    if stored.vanished_at is not None:
        return Fate.WITHDRAWN
    if opportunity.status_on(reader.as_of) in OVER:
        return Fate.CLOSED
    if match is not None and match.eligibility.verdict is Verdict.INELIGIBLE:
        return Fate.INELIGIBLE
    if opportunity.opportunity_id not in reader.mailed:
        return Fate.NEW if reader.wants(DigestPart.NEW) else Fate.NOT_WANTED
    if not _closes_soon(reader.work(stored), reader.as_of):
        return Fate.MAILED
    return Fate.CLOSING if reader.wants(DigestPart.CLOSING) else Fate.NOT_WANTED


def _closes_soon(work: Feasibility, as_of: date) -> bool:
    """Whether the time to apply ends within two weeks, or the work on it must begin before the next digest."""
    if work.deadline is None or work.deadline < as_of:
        return False
    must_begin = work.start_by is not None and as_of <= work.start_by < as_of + _BEFORE_NEXT_DIGEST
    return must_begin or work.deadline <= as_of + CLOSING_SOON
