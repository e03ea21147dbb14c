"""What the store gives back: frozen records, each one row with its document decoded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import BareMatch, EligibilityFinding
from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import Proposal


class SaveOutcome(StrEnum):
    """What a save did to the row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class JobOutcome(StrEnum):
    """How a job run ended."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a row was last scored as: its revision then, and the fingerprint of the scorer."""

    revision: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Saved:
    """The receipt of a save: `revision` is the current one, whatever the outcome."""

    identifier: str
    revision: int
    outcome: SaveOutcome


@dataclass(frozen=True, slots=True)
class StoredOpportunity:
    """An opportunity with its place in time; `source` names the document that its present content came from.

    `vanished_at` is set while none of the sources that gave it lists it any more.
    """

    opportunity: Opportunity
    revision: int
    content_hash: str
    source: str
    first_seen_at: datetime
    changed_at: datetime
    vanished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpportunityRevision:
    """An opportunity as it was from `at` on; `source` names the document that this content came from."""

    opportunity: Opportunity
    revision: int
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredProposal:
    """A proposal with its identifier, the organization that it is of, and its place in time."""

    proposal_id: str
    organization_id: str
    proposal: Proposal
    revision: int
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """A match on its way into the store, with the revisions of both sides that it was computed from.

    It is bare, or a whole `Match` where somebody asked why.
    """

    proposal_id: str
    proposal_revision: int
    opportunity_revision: int
    match: BareMatch


@dataclass(frozen=True, slots=True)
class UnmatchedPair:
    """A pair that was scored below the floor, with the revisions of both sides that this was computed from.

    `fingerprint` names the scorer; without it, it passes for the one before.
    """

    proposal_id: str
    proposal_revision: int
    opportunity_id: str
    opportunity_revision: int
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class KeptQuery:
    """What a proposal is compared by, as one scorer made it of one revision.

    `vectors` are those of its passages: float16 [passages, dimensions]; `buckets` (uint32) and `weights` (float32) are
    its terms: both [terms].
    """

    proposal_id: str
    revision: int
    fingerprint: str
    vectors: NDArray[np.float16]
    buckets: NDArray[np.uint32]
    weights: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class StoredMatch:
    """A match as it was written, with the revisions that it rests on; a whole `Match` if its explanation is kept."""

    proposal_id: str
    match: BareMatch
    proposal_revision: int
    opportunity_revision: int
    scored_at: datetime


@dataclass(frozen=True, slots=True)
class MatchChange:
    """What a new revision of an opportunity did to its match with a proposal that itself did not change.

    A fit and its eligibility are None where the pair is below the floor, and so was or is no match.
    """

    proposal_id: str
    opportunity_id: str
    opportunity_revision: int
    previous_revision: int
    previous_fit: float | None
    fit: float | None
    previous_eligibility: EligibilityFinding | None
    eligibility: EligibilityFinding | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Rejection:
    """A notice that could not be used: which document, which line of it (None: the whole), and why."""

    source: str
    line: int | None
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """The word by which an organization names one call, so that it can be sent twice."""

    organization_id: str
    key: str


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to carry out a call; what it creates is kept under the identifier `creates`."""

    creates: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What was answered to a call whose content has this `digest`; `status` is None while it is being carried out."""

    digest: str
    status: int | None
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class JobRun:
    """One run of a scheduled job; without `finished_at` it is still running, or its process died."""

    job_id: int
    name: str
    started_at: datetime
    finished_at: datetime | None
    outcome: JobOutcome | None
    counts: Mapping[str, int]
    error: str | None
