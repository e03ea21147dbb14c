"""What the store takes and gives back of sources: their runs, and the records that they list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from matcher.domain.opportunity import Opportunity
from matcher.domain.source import DropReason, JoinReason, LedgerCounts, Source
from matcher.store.records import JobOutcome


@dataclass(frozen=True, slots=True)
class ListingKey:
    """Which record of a source: the source's own key, and which one of those that share it, counted from 1."""

    record_key: str
    occurrence: int = 1


@dataclass(frozen=True, slots=True)
class KnownListing:
    """What is known of a record without reading it: enough to tell whether it changed."""

    content_hash: str
    opportunity_id: str
    place: str
    is_vanished: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What a record came to when it was last read: the hash of its content, and whether it was over.

    What was over on a day is over ever after, for the same reason; None: it was not over when it was read.
    """

    content_hash: str
    over_on: date | None = None
    over_because: DropReason | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One record of one source as it was last read, and the entry that it stands under.

    `opportunity` is what the record alone says, under the identifier that it states itself. `number_key` and
    `title_key` are what equal notices have in common; None where there is too little to go by.
    """

    source_name: str
    key: ListingKey
    opportunity_id: str
    opportunity: Opportunity
    content_hash: str
    place: str
    joined_by: JoinReason
    joined_because: str
    number_key: str | None
    title_key: str | None
    first_seen_at: datetime
    changed_at: datetime
    vanished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """Which entries may be the same notice: by the identifier that a record states, by number key, by title key."""

    by_stated_id: Mapping[str, str]
    by_number_key: Mapping[str, tuple[str, ...]]
    by_title_key: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue shall hold under `opportunity.opportunity_id`, and the document that says so."""

    opportunity: Opportunity
    source: str


@dataclass(frozen=True, slots=True)
class CatalogueChange:
    """Listings and the entries that follow from them; `vanished` are entries that no source lists any more."""

    listings: tuple[Listing, ...] = ()
    entries: tuple[Entry, ...] = ()
    vanished: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRun:
    """One run of one source; `is_unmodified` says that the source itself said that it has nothing new."""

    run_id: int
    source_name: str
    started_at: datetime
    finished_at: datetime | None
    outcome: JobOutcome | None
    counts: LedgerCounts
    is_unmodified: bool
    error: str | None


@dataclass(frozen=True, slots=True)
class NewRejection:
    """A record that cannot be used, on its way into the store."""

    source: str
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class RunResult:
    """How a run ended. `present` is how many records of the source must stand in the catalogue now (None: unknown).

    `fetch_state` is what the next request shall ask with; None leaves it as it is.
    """

    outcome: JobOutcome
    counts: LedgerCounts
    rejections: tuple[NewRejection, ...] = ()
    present: int | None = None
    is_unmodified: bool = False
    fetch_state: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source with the last run of it and the last that succeeded, and how many of its records are listed."""

    source: Source
    fetch_state: str | None
    latest: SourceRun | None
    success: SourceRun | None
    listed: int
