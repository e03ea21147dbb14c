"""What the calls about the catalogue and the state of the service answer."""

from datetime import date, datetime

from pydantic import Field

from matcher.domain.evidence import Quote
from matcher.domain.feedback import FeedbackKind
from matcher.domain.match import Band
from matcher.domain.opportunity import (
    Eligibility,
    FundingRange,
    Priority,
    ProjectPeriod,
    SelectionCriterion,
    SourceCode,
)
from matcher.domain.vocabulary import OpportunityStatus, Verdict
from matcher.store.records import JobOutcome
from matcher.web.rest import catalogue_examples, examples
from matcher.web.rest.answers import Answer, KeyDateAnswer, Next, with_example
from matcher.web.source_state import SourceState
from matcher.web.warm_up import Warmth


class OpportunitySummary(Answer):
    """The short facts of an opportunity."""

    opportunity_id: str
    title: str
    agency_name: str | None
    relevance: float | None = Field(
        description="How much it is about what was searched for, 0 to 1; null where nothing was. It orders what was "
        "found and is no fit: a few words are no proposal."
    )
    status: OpportunityStatus = Field(description="Where it stands on the day of the answer.")
    close_date: KeyDateAnswer | None = Field(description="The deadline that counts on the day of the answer.")
    closes: str = Field(description="The deadline in words.")
    award: str = Field(description="What one award may be, in words.")
    expected_number_of_awards: int | None
    funding_categories: list[str]
    source_url: str | None
    changed_at: datetime


class OpportunityPage(Answer):
    """One page of what was asked for: as sorted, else by relevance where something was searched for, else by name."""

    as_of: date
    note: str | None = Field(description="Why that day is not today; null if it is.")
    opportunities: list[OpportunitySummary]
    page: int
    page_size: int
    total: int
    next: Next
    not_stated: int = Field(
        description="Opportunities left out because their notice does not state what a filter asks for."
    )

    model_config = with_example(examples.OPPORTUNITY_PAGE)


class OpportunityAnswer(Answer):
    """A whole opportunity, with the text of its notice; every span counts code points of that text."""

    opportunity_id: str
    title: str
    text: str
    agency_name: str | None
    opportunity_number: str | None
    description: str
    status: OpportunityStatus = Field(description="As the source last said; `status_on_day` weighs the dates.")
    priorities: list[Priority]
    eligibility: Eligibility
    funding: FundingRange
    key_dates: list[KeyDateAnswer]
    is_rolling: bool
    assistance_listing_numbers: list[str]
    funding_categories: list[str]
    source_url: str | None
    agency_code: str | None
    funding_instruments: list[str]
    selection_criteria: list[SelectionCriterion]
    activities: list[Quote] = Field(description="What the money may be spent on, in the notice's words.")
    exclusions: list[Quote] = Field(description="What is not funded, in the notice's words.")
    source_codes: list[SourceCode] = Field(description="Codes as the source writes them.")
    project_period: ProjectPeriod | None = Field(description="How long a funded project lasts, in months.")
    as_of: date
    status_on_day: OpportunityStatus
    closes: str = Field(description="The deadline in words.")
    revision: int = Field(description="Grows by one whenever the content changes.")
    first_seen_at: datetime
    changed_at: datetime

    model_config = with_example(catalogue_examples.OPPORTUNITY)


class ReverseMatchAnswer(Answer):
    """How well one of your proposals fits the opportunity."""

    proposal_id: str
    title: str
    organization: str | None
    fit: float = Field(ge=0, le=1)
    band: Band
    verdict: Verdict = Field(description="Whether the applicant may apply.")
    feedback: FeedbackKind | None = Field(description="What your organization said of the match.")
    match_url: str


class ReverseMatchPage(Answer):
    """One page of the proposals of your organization that fit an opportunity, best fit first."""

    opportunity_id: str
    title: str
    matches: list[ReverseMatchAnswer]
    page: int
    page_size: int
    total: int

    model_config = with_example(catalogue_examples.REVERSE_MATCHES)


class RejectionAnswer(Answer):
    """A notice that could not be read."""

    source: str = Field(description="The document.")
    line: int | None = Field(description="The line that is meant; null: the whole document.")
    reason: str
    at: datetime


class RejectionList(Answer):
    """Every notice that could not be read, by document."""

    rejections: list[RejectionAnswer]

    model_config = with_example(examples.REJECTIONS)


class JobAnswer(Answer):
    """One run of a job; without `finished_at` it is still running, or its process died."""

    job_id: int
    name: str
    started_at: datetime
    finished_at: datetime | None
    outcome: JobOutcome | None
    counts: dict[str, int]
    error: str | None


class JobList(Answer):
    """The latest job runs, latest first."""

    jobs: list[JobAnswer]

    model_config = with_example(catalogue_examples.JOBS)


class SettingAnswer(Answer):
    """One setting of the installation; it is changed there, by `variable` or in the file of settings."""

    name: str
    variable: str = Field(description="The environment variable that sets it.")
    value: str | int | float
    is_default: bool
    description: str


class SettingGroupAnswer(Answer):
    """Settings that belong together."""

    name: str
    settings: list[SettingAnswer]


class SettingList(Answer):
    """The settings that decide results and mail; paths, servers and secrets are not told."""

    groups: list[SettingGroupAnswer]

    model_config = with_example(catalogue_examples.SETTINGS)


class Health(Answer):
    """The process is up."""

    status: str = Field("up", description="Always `up`.")

    model_config = with_example(catalogue_examples.HEALTH)


class SourceTrouble(Answer):
    """A source that did not bring what it should."""

    name: str
    state: SourceState
    error: str | None = Field(description="Why its last run came to no good end.")


class FailingJob(Answer):
    """A job whose last runs came to no good end, and when it is tried again."""

    name: str
    failures: int = Field(description="How many runs failed in a row.")
    next_attempt_at: datetime
    error: str | None = Field(description="Why the last one did.")


class Readiness(Answer):
    """The service can answer; what scoring needs may still be loading."""

    status: str = Field("ready", description="Always `ready`; otherwise the answer is a problem.")
    opportunities: int = Field(description="How many opportunities the catalogue holds.")
    scoring: Warmth = Field(
        description="Whether the model and the catalogue are loaded; while it is `cold`, the first scoring loads them, "
        "and while it is `warming`, a scoring waits. The service is ready in every case."
    )
    encoded_count: int = Field(description="Texts that this process encoded, not found in the store.")
    jobs: list[JobAnswer] = Field(description="The latest run of each job.")
    failing_jobs: list[FailingJob] = Field(description="Jobs that failed last; the service is ready still.")
    sources: list[SourceTrouble] = Field(description="Sources that are stale or failing; the service is ready still.")

    model_config = with_example(catalogue_examples.READINESS)


class Index(Answer):
    """Where to go from here."""

    name: str
    version: str
    links: dict[str, str]

    model_config = with_example(catalogue_examples.INDEX)
