"""What the calls about sources and amendments answer."""

from datetime import datetime
from typing import Any

from pydantic import Field

from matcher.domain.source import SourceKind
from matcher.domain.vocabulary import Verdict
from matcher.store.records import JobOutcome
from matcher.web.rest import source_examples as examples
from matcher.web.rest.answers import Answer, with_example
from matcher.web.rest.catalogue_answers import RejectionAnswer
from matcher.web.source_state import SourceState


class RunAnswer(Answer):
    """One row of the ledger: `records` = `new` + `changed` + `unchanged` + all of `dropped` + `rejected`."""

    run_id: int
    started_at: datetime
    finished_at: datetime | None = Field(description="Null: it is under way, or its process died.")
    outcome: JobOutcome | None
    is_unmodified: bool = Field(description="The source itself said that it has nothing new; nothing was read.")
    records: int = Field(description="How many records were read.")
    new: int
    changed: int
    unchanged: int
    dropped: dict[str, int] = Field(description="Usable records that were left out: `closed`, `archived`, `repeated`.")
    rejected: int = Field(description="Records that cannot be used, each with its place and reason.")
    joined: int = Field(description="New records that came under an entry which stood already.")
    vanished: int = Field(description="Records that a complete source gave before and no longer.")
    returned: int = Field(description="Records that had vanished and are given again.")
    error: str | None = Field(description="Why the run came to no good end.")


class SourceAnswer(Answer):
    """One place that opportunities come from, and how it fares."""

    name: str
    kind: SourceKind
    address: str
    interface: str | None = Field(description="How an address is asked page by page; null: it is one file.")
    query: dict[str, Any] = Field(description="What an interface is asked for; empty: everything.")
    interval_seconds: int | None = Field(description="How often it is looked at; null: only when somebody asks.")
    delay_seconds: float = Field(description="The least time between two requests to its host.")
    is_enabled: bool
    is_complete: bool = Field(description="It lists all that it has, so what is missing has been withdrawn.")
    keeps_closed: bool
    listed: int = Field(description="How many of its records stand in the catalogue now.")
    state: SourceState
    is_due: bool
    is_stale: bool = Field(description="No run succeeded within its interval.")
    stale_since: datetime | None = Field(description="When the interval ran out; null also if no run ever succeeded.")
    next_due_at: datetime | None = Field(
        description="When it is looked at next; null also if it was never looked at and so is due."
    )
    error: str | None = Field(description="Why the last run came to no good end.")
    last_success_at: datetime | None
    latest_run: RunAnswer | None = Field(description="Null: it was never looked at.")
    latest_success: RunAnswer | None
    runs_url: str


class LedgerTotals(Answer):
    """The latest runs of all sources together; they add up as each run does."""

    records: int
    new: int
    changed: int
    unchanged: int
    dropped: int
    rejected: int
    listed: int = Field(description="Records of all sources that stand in the catalogue now.")


class SourceList(Answer):
    """Every source, by name."""

    sources: list[SourceAnswer]
    totals: LedgerTotals

    model_config = with_example(examples.SOURCES)


class RunPage(Answer):
    """One page of the ledger of a source, latest run first."""

    name: str
    runs: list[RunAnswer]
    page: int
    page_size: int
    has_more: bool = Field(description="Whether the next page holds anything.")
    total: int = Field(description="How many runs there were.")

    model_config = with_example(examples.RUNS)


class RunRejectionPage(Answer):
    """One page of what a run rejected, by document and line."""

    name: str
    run_id: int
    is_kept: bool = Field(
        description="False: the run is told by its count alone; reasons are kept of the last run that read something."
    )
    rejections: list[RejectionAnswer]
    page: int
    page_size: int
    total: int = Field(description="How many records the run rejected, kept or not.")

    model_config = with_example(examples.RUN_REJECTIONS)


class FieldChangeAnswer(Answer):
    """One field that differs between two revisions."""

    field: str = Field(description="Its name in the opportunity.")
    before: str | int | bool | None = Field(description="Null: not stated. Of a running text, its number of words.")
    after: str | int | bool | None
    sentence: str


class RevisionAnswer(Answer):
    """An opportunity from one moment on."""

    revision: int
    at: datetime
    source: str = Field(description="The document that this content came from.")
    changes: list[FieldChangeAnswer] = Field(description="Since the revision before; empty for the first one.")


class RevisionPage(Answer):
    """One page of the history of an opportunity, latest revision first."""

    opportunity_id: str
    title: str
    revisions: list[RevisionAnswer]
    page: int
    page_size: int
    total: int

    model_config = with_example(examples.REVISIONS)


class MatchChangeAnswer(Answer):
    """What one amendment did to the match of the proposal; the fit and the verdict are null below the floor."""

    opportunity_id: str
    title: str
    revision: int = Field(description="The revision of the opportunity that is the cause.")
    previous_revision: int = Field(description="The one that the match was scored at before; others may lie between.")
    at: datetime
    source: str = Field(description="The document that the amendment came from.")
    changes: list[FieldChangeAnswer] = Field(description="All that changed since the previous revision.")
    previous_fit: float | None
    fit: float | None
    previous_verdict: Verdict | None
    verdict: Verdict | None
    sentence: str = Field(description="The effect in words.")


class MatchChangePage(Answer):
    """One page of what amendments did to the matches of a proposal, latest first."""

    proposal_id: str
    changes: list[MatchChangeAnswer]
    page: int
    page_size: int
    total: int

    model_config = with_example(examples.MATCH_CHANGES)
