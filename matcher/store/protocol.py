"""What the rest of the house knows of the store. Every implementation passes `tests/store/contract`.

Every call is one short transaction (or, for vectors, several) and may be made from any thread. Besides what is named at
a method, any call may raise:

- `RetryLater`: another process held the database for too long; the same call may succeed later.
- `Unrecoverable`: the database, or a document in it, is damaged.

A store is of the whole house, or of one organization (`Store.for_organization`). The latter knows the proposals of that
organization alone, and what hangs on them; anything of another is `NotFound`, as if it had never been stored.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import BareMatch, MatchHead
from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import Proposal
from matcher.store.feedback_protocol import FeedbackRows, Feeds, Mutes
from matcher.store.mail_protocol import Digests, JobTurns, Mails, Subscriptions, Suppressions
from matcher.store.member_protocol import Members, SignIns
from matcher.store.organization_protocol import KeptAnswers, Keys, Organizations
from matcher.store.personal_protocol import PersonalData
from matcher.store.records import (
    JobOutcome,
    JobRun,
    KeptQuery,
    Mark,
    MatchChange,
    OpportunityRevision,
    Rejection,
    Saved,
    ScoredPair,
    StoredMatch,
    StoredOpportunity,
    StoredProposal,
    UnmatchedPair,
)
from matcher.store.source_protocol import Listings, Readings, Sources


class Revisioned(Protocol):
    """Rows whose revision grows by one whenever their content changes, and which carry the mark of their last scoring.

    To score a row: take its revision from `stale`, then read the other side, write or discard every pair, then mark.
    """

    def ids_and_revisions(self) -> dict[str, int]:
        """Return the current revision of every row, in the order of the identifiers."""
        ...

    def stale(self, fingerprint: str) -> list[tuple[str, int]]:
        """Return (identifier, revision) of every row that is not marked as (that revision, `fingerprint`)."""
        ...

    def mark_scored(self, identifier: str, mark: Mark) -> bool:
        """Set the mark if the row's revision still is `mark.revision`; return whether it was set."""
        ...

    def mark_all_scored(self, revisions: Mapping[str, int], fingerprint: str) -> None:
        """Set the mark of every row, by identifier, whose revision still is the one given."""
        ...

    def generation(self) -> int:
        """Return a counter that moves whenever a row is added, changed or deleted.

        A reader that keeps rows in memory reads it before the rows; they are fresh as long as it stands still.
        """
        ...


class Opportunities(Revisioned, Protocol):
    """The catalogue, and what could not enter it."""

    def save(self, opportunity: Opportunity, source: str) -> Saved:
        """Keep `opportunity` under its identifier; `source` names the document that it came from.

        Equal content changes nothing, the source included.

        Raises:
            InputRejected: A text in it cannot be written as UTF-8.
        """
        ...

    def get(self, opportunity_id: str) -> StoredOpportunity:
        """Return one opportunity.

        Raises:
            NotFound: None is stored under `opportunity_id`.
        """
        ...

    def some(self, opportunity_ids: Iterable[str]) -> dict[str, StoredOpportunity]:
        """Return those of these opportunities that are stored, by identifier and in its order."""
        ...

    def versions(self) -> dict[str, tuple[int, datetime | None]]:
        """Return the revision of every opportunity and since when it is gone, by identifier; no document is read."""
        ...

    def all(self) -> list[StoredOpportunity]:
        """Return every opportunity, by identifier."""
        ...

    def revisions(self, opportunity_id: str) -> list[OpportunityRevision]:
        """Return every revision of one opportunity, first one first; empty if it is unknown."""
        ...

    def revised_since(self, since: datetime | None) -> list[tuple[str, int]]:
        """Return (identifier, revision) of every amendment since then, or of all, latest first.

        A first revision is no amendment.
        """
        ...

    def rejections(self) -> list[Rejection]:
        """Return what the last run of each source that read something could not use, by document and line."""
        ...


class Proposals(Revisioned, Protocol):
    """What applicants uploaded."""

    def save(self, proposal: Proposal, proposal_id: str | None = None) -> Saved:
        """Keep `proposal` under `proposal_id`, or under a new UUID; equal content changes nothing.

        A new one is of the organization of the store (of the house's own, `local`, if the store is of the house), and
        stays so.

        Raises:
            InputRejected: A text in it cannot be written as UTF-8.
            NotFound: `proposal_id` is of another organization.
        """
        ...

    def get(self, proposal_id: str) -> StoredProposal:
        """Return one proposal.

        Raises:
            NotFound: None is stored under `proposal_id`.
        """
        ...

    def some(self, proposal_ids: Iterable[str]) -> dict[str, StoredProposal]:
        """Return those of these proposals that are stored, by identifier and in its order."""
        ...

    def all(self) -> list[StoredProposal]:
        """Return every proposal, by identifier."""
        ...

    def page(self, offset: int, limit: int) -> tuple[list[StoredProposal], int]:
        """Return some proposals, the one that came or changed last first, and how many there are."""
        ...

    def titles(self) -> dict[str, str]:
        """Return the title of every proposal, by identifier."""
        ...

    def title(self, proposal_id: str) -> str:
        """Return the title of one proposal.

        Raises:
            NotFound: None is stored under `proposal_id`.
        """
        ...

    def from_source(self, source: str) -> str | None:
        """Return the identifier of the proposal that came from the document `source` (the first, if several did)."""
        ...

    def delete(self, proposal_id: str) -> None:
        """Delete a proposal with its matches, its subscriptions and their digests.

        If it is ever saved again under the same identifier, its revisions go on from where they were.

        Raises:
            NotFound: None is stored under `proposal_id`.
        """
        ...


class Matches(Protocol):
    """The pairs at or above the floor of fit, with their explanation where somebody asked for it."""

    def write(self, proposal_id: str, proposal_revision: int, opportunity_revision: int, match: BareMatch) -> bool:
        """Keep `match` if both revisions are the current ones; return whether it was kept.

        What explains it stays if the same match comes again without.

        Raises:
            ValueError: The fit lies outside 0 to 1.
        """
        ...

    def write_many(self, rows: Iterable[ScoredPair]) -> int:
        """Do the same for many pairs in one transaction; return how many were kept.

        Raises:
            ValueError: A fit lies outside 0 to 1; nothing is kept then.
        """
        ...

    def explain_many(self, rows: Iterable[ScoredPair]) -> int:
        """Keep what explains the whole matches among these where the match stands as it was explained.

        That is: at the same revisions, by the same scorer. `Store.version` stays as it is. Returns how many were kept.
        """
        ...

    def discard_many(self, pairs: Iterable[UnmatchedPair]) -> int:
        """Delete the matches of pairs that are below the floor now, if both revisions are the current ones.

        Returns how many matches there were to delete.
        """
        ...

    def standing(
        self, proposal_ids: Collection[str], opportunity_ids: Collection[str] | None = None
    ) -> dict[str, set[str]]:
        """Return with which opportunities (among some, or all) each of some proposals has a match; none: no entry."""
        ...

    def changes(
        self, *, proposal_id: str | None = None, opportunity_id: str | None = None, since: datetime | None = None
    ) -> list[MatchChange]:
        """Return what new revisions of opportunities did to matches, latest first.

        A change is kept in the transaction that writes or discards the match. It tells of one cause: the proposal and
        the scorer are the same on both sides.
        """
        ...

    def count(self) -> int:
        """Return how many matches are kept."""
        ...

    def for_proposal(self, proposal_id: str) -> list[StoredMatch]:
        """Return the matches of one proposal, best fit first, ties by opportunity; empty if it is unknown."""
        ...

    def at_least(self, proposal_id: str, fit: float) -> list[BareMatch]:
        """Return the matches of one proposal with this fit or more, best fit first, ties by opportunity; all bare."""
        ...

    def among(self, proposal_id: str, opportunity_ids: Collection[str]) -> list[StoredMatch]:
        """Return the matches of one proposal with some opportunities, best fit first, ties by opportunity."""
        ...

    def below(self, proposal_id: str, fit: float, limit: int) -> tuple[list[tuple[str, int, float]], int]:
        """Return (opportunity, its revision, fit) of the best matches under this fit, and how many there are in all."""
        ...

    def heads(self, proposal_id: str) -> list[MatchHead]:
        """Return what decides the places of the matches of one proposal, in the same order; no document is read."""
        ...

    def for_opportunity(self, opportunity_id: str) -> list[StoredMatch]:
        """Return the matches of one opportunity, best fit first, ties by proposal; empty if it is unknown."""
        ...


class Vectors(Protocol):
    """Vectors by (model id, text hash), kept for ever."""

    def load(self, model_id: str, text_hashes: Sequence[str]) -> dict[str, NDArray[np.float16]]:
        """Return the vectors that are kept, by text hash, each [dimensions] and read-only; others are absent."""
        ...

    def save(self, model_id: str, vectors: Mapping[str, NDArray[np.float16]]) -> None:
        """Keep `vectors` by text hash; one that is kept already stays as it is.

        Raises:
            ValueError: A vector is not float16 with one axis; nothing is kept then.
        """
        ...

    def forget_all_but(self, text_hashes: Collection[str]) -> int:
        """Delete the vectors of all other texts, of whatever model; return how many."""
        ...


class Queries(Protocol):
    """What proposals are compared by, kept so that a new notice need not have their texts read again."""

    def load(self, proposal_ids: Iterable[str], fingerprint: str) -> dict[str, KeptQuery]:
        """Return those that this scorer made of the current revisions, by proposal; others are absent."""
        ...

    def save(self, queries: Iterable[KeptQuery]) -> None:
        """Keep them in one transaction; what was made of a revision that is not the current one is not kept."""
        ...


class Jobs(Protocol):
    """A row for every run of every job."""

    def start(self, name: str) -> int:
        """Record that a run began; return its identifier."""
        ...

    def finish(self, job_id: int, outcome: JobOutcome, counts: Mapping[str, int], error: str | None = None) -> None:
        """Record how a run ended.

        Raises:
            NotFound: No run is stored under `job_id`, or it has ended already.
        """
        ...

    def recent(self, limit: int) -> list[JobRun]:
        """Return the latest `limit` runs, latest first."""
        ...

    def latest(self, outcome: JobOutcome | None = None) -> list[JobRun]:
        """Return the latest run of each job, by name; if an `outcome` is given, the latest that ended so."""
        ...

    def forget_before(self, moment: datetime) -> int:
        """Delete the rows of runs that began before then, but not the latest of each job; return how many."""
        ...


class Store(Protocol):
    """All that is kept, by kind."""

    @property
    def organization_id(self) -> str | None:
        """The organization whose store this is; None: the whole house's."""
        ...

    is_embedded: bool
    """Whether the data lie on this machine, so that what is cheap is never held up by a network."""
    organizations: Organizations
    keys: Keys
    members: Members
    sign_ins: SignIns
    kept_answers: KeptAnswers
    opportunities: Opportunities
    proposals: Proposals
    matches: Matches
    vectors: Vectors
    queries: Queries
    feedback: FeedbackRows
    mutes: Mutes
    feeds: Feeds
    subscriptions: Subscriptions
    mails: Mails
    digests: Digests
    suppressions: Suppressions
    jobs: Jobs
    turns: JobTurns
    sources: Sources
    listings: Listings
    readings: Readings
    personal: PersonalData

    def for_organization(self, organization_id: str) -> "Store":
        """Return the store as one organization sees it; it is cheap, and works on the same connections."""
        ...

    def version(self) -> int:
        """Return a number that moves whenever anything changes that answers are made of, whoever changes it.

        Vectors, job runs and their turns, kept answers and the last use of a key leave it as it is. It is as cheap as a
        call can be. A reader that keeps something in memory asks before it reads.
        """
        ...

    def compact(self) -> None:
        """Write the database anew, so that nothing is left of what was deleted; others wait meanwhile.

        Raises:
            RetryLater: Others held the database for too long.
        """
        ...

    def empty_log(self) -> bool:
        """Let the log of the database hold nothing of what was deleted, if that is quickly done; return whether it was.

        It is much cheaper than `compact`. In a file of SQLite nothing is then left; a server has a log of its own, and
        keeps deleted rows until it needs their room.
        """
        ...

    def close(self) -> None:
        """Let go of the database; the store is of no use afterwards."""
        ...
