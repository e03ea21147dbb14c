"""What one week's mail to one person holds, as the facts that it shows."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matcher.domain.vocabulary import Verdict


@dataclass(frozen=True, slots=True)
class Deadline:
    """A dated deadline: `name` is `application` or `intent`; `ordinal` tells several of one name apart, from 1."""

    name: str
    ordinal: int
    day: date
    is_inferred: bool = False


@dataclass(frozen=True, slots=True)
class DigestItem:
    """One opportunity in a digest, as it fits one proposal; what is not known is None or says so in words.

    `fit` lies in 0 to 1; None: an amendment took it below the floor under which no match is kept. `revision` is the
    notice's. The two quotes are both there or both None. `start_by` is the last day to begin an application, inferred
    from what the notice asks for. `changes` are sentences on an amended notice, `effect` what that did to the match.
    `fingerprint` names the scorer.
    """

    opportunity_id: str
    revision: int
    title: str
    agency_name: str | None
    fit: float | None
    verdict: Verdict | None
    eligibility: str
    award: str
    closes: str
    deadlines: tuple[Deadline, ...] = ()
    start_by: date | None = None
    proposal_quote: str | None = None
    notice_quote: str | None = None
    missing: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    effect: str = ""
    source_url: str | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class DigestSection:
    """What a digest says of one proposal, each list best fit first.

    `new` was never mailed to this subscription; `brief` is new too, in one line each, for want of room; `waiting`
    counts what did not find room at all and comes next week. `left_out` counts what is not shown, by reason in words.
    """

    subscription_id: str
    proposal_id: str
    proposal_title: str
    new: tuple[DigestItem, ...] = ()
    brief: tuple[DigestItem, ...] = ()
    changed: tuple[DigestItem, ...] = ()
    closing_soon: tuple[DigestItem, ...] = ()
    waiting: int = 0
    left_out: tuple[tuple[str, int], ...] = ()

    @property
    def items(self) -> tuple[DigestItem, ...]:
        """Everything that is shown."""
        return (*self.new, *self.brief, *self.changed, *self.closing_soon)


@dataclass(frozen=True, slots=True)
class Digest:
    """The mail of one person and ISO week (`2026-W47`; None: a reminder between two of them): a section a proposal.

    `unreached` names the sources whose notices may be missing, each with a reason, and `looked_at` counts the notices
    that were there to fit (None: not to be told). Sections without items still tell what was left out.
    """

    digest_id: str
    organization_id: str
    email_address: str
    week: str | None
    as_of: date
    sections: tuple[DigestSection, ...]
    unreached: tuple[str, ...] = ()
    looked_at: int | None = None

    @property
    def items(self) -> tuple[DigestItem, ...]:
        """Everything that is shown, in the order of the sections."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing worth a mail."""
        return not self.items


class Fate(StrEnum):
    """What became of a match in a digest; the values are words that complete "not shown because it is …"."""

    NEW = "new"
    BRIEF = "new, in one line"
    CHANGED = "changed"
    CLOSING = "closing soon"
    WAITING = "waiting for room"
    BELOW_MINIMUM = "below your minimum fit"
    INELIGIBLE = "not open to your kind of applicant"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn by its source"
    MUTED = "muted by you"
    MAILED = "mailed in an earlier week"
    NOT_WANTED = "of a part that you left out"

    @property
    def is_shown(self) -> bool:
        """Whether the mail shows it."""
        return self in (Fate.NEW, Fate.BRIEF, Fate.CHANGED, Fate.CLOSING)


@dataclass(frozen=True, slots=True)
class Decision:
    """Why one match is in a digest or out of it: what it was judged by at that time.

    `fit` is None below the floor under which no match is kept; `verdict` is None where the fit alone decided.
    """

    opportunity_id: str
    revision: int
    fit: float | None
    verdict: Verdict | None
    fate: Fate
    fingerprint: str
