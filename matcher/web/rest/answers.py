"""What the calls about proposals and matches answer: the shapes of `matcher.services.views`, described for OpenAPI."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from matcher.domain.evidence import Quote
from matcher.domain.feasibility import Feasibility
from matcher.domain.feedback import FeedbackKind
from matcher.domain.match import Band, Counterfactual, EligibilityFinding, PriorityFit
from matcher.domain.opportunity import FundingRange
from matcher.domain.proposal import ApplicantProfile
from matcher.domain.vocabulary import Basis, OpportunityStatus
from matcher.services.confidence import Confidence
from matcher.services.nudges import Nudge
from matcher.web.rest import examples

Next = Annotated[
    str | None, Field(description="What to give as `after` to get the entries that follow; null if there are none.")
]
CalendarDate = date
"""The type beside a field of the same name."""
IsCalibrated = Annotated[
    bool, Field(description="Whether fits mean something; if not, those of this model only keep their order.")
]


class Answer(BaseModel):
    """What a call answers. Nothing is checked against it here, so its schema is made when somebody asks for it."""

    model_config = ConfigDict(defer_build=True)


def with_example(example: dict[str, Any]) -> ConfigDict:
    """Return the configuration that shows `example` beside an answer in the OpenAPI file."""
    # the key is flask-openapi3's own
    return ConfigDict(openapi_extra={"example": example})  # type: ignore[typeddict-unknown-key]


class KeyDateAnswer(Answer):
    """A dated milestone of a notice."""

    name: str = Field(
        description="`post`, `open`, `intent`, `application`, `award`, `archive`, `start`, `end`, "
        "or the notice's own word."
    )
    date: CalendarDate | None = Field(description="The calendar date; null while its year is unknown.")
    text: str = Field(description="The date in words; says so where the year is not stated.")
    basis: Basis
    quote: Quote | None


class MatchAnswer(Answer):
    """How well the proposal fits one opportunity, and why."""

    opportunity_id: str
    title: str
    agency_name: str | None
    fit: float = Field(ge=0, le=1, description="Means the same for every proposal; independent of other opportunities.")
    band: Band
    confidence: Confidence = Field(description="How sure the fit is, by what it rests on and not by how high it is.")
    eligibility: EligibilityFinding
    also_asked: list[str] = Field(
        description="What the notice asks of applicants besides; the verdict leaves it out, the reader must judge it."
    )
    status: OpportunityStatus = Field(description="Where the opportunity stands on the day of the answer.")
    close_date: KeyDateAnswer | None = Field(description="The deadline that counts on the day of the answer.")
    days_left: int | None = Field(description="Days until the deadline; null if it is unknown or past.")
    closes: str = Field(description="The deadline in words.")
    key_dates: list[KeyDateAnswer]
    funding: FundingRange
    award: str = Field(description="What one award may be, in words.")
    priorities: list[PriorityFit] = Field(description="Every priority of the notice; no evidence means not addressed.")
    not_addressed: list[str] = Field(description="What the notice asks for and the proposal says nothing to.")
    counterfactuals: list[Counterfactual] | None = Field(
        description="What would change the match most, as the scorer gives it for a changed proposal: first what would "
        "better the verdict, then what would raise the fit. Null in lists: one match in full has it."
    )
    source_url: str | None
    feedback: FeedbackKind | None = Field(description="What your organization said of this match.")
    nudge: Nudge | None = Field(
        description="What your organization's feedback on others like it adds to the fit for the place in the order, "
        "with the reasons; the fit itself never moves. Null: nothing."
    )
    muted_because: str | None = Field(description="Why your organization does not want to see it, as a clause.")
    fingerprint: str = Field(description="Names the version of the scorer, its model and its parameters.")


class MatchInFull(MatchAnswer):
    """One match of a stored proposal, scored now."""

    as_of: date = Field(description="The day as of which deadlines were judged.")
    note: str | None = Field(description="Why that day is not today; null if it is.")
    is_calibrated: IsCalibrated
    feasibility: Feasibility = Field(
        description="Whether there is time to apply. Inferred from what the notice asks for, by rules of ours, and "
        "apart from the fit. `start_by` is the last day to start for one person who works on weekdays."
    )

    model_config = with_example(examples.MATCH_IN_FULL)


class Counts(Answer):
    """How many matches each group holds, whatever part of them is shown."""

    ranked: int = Field(description="Can still be applied for, as far as is known.")
    closed: int
    ineligible: int = Field(description="Open, but not to this applicant.")
    muted: int = Field(description="What your organization does not want to see.")


class RankingAnswer(Answer):
    """Matches, best fit first; groups that were asked for by `include` follow: ineligible, closed, then muted ones."""

    as_of: date = Field(description="The day as of which deadlines were judged.")
    note: str | None = Field(description="Why that day is not today; null if it is.")
    is_calibrated: IsCalibrated
    nothing_fits: bool = Field(description="Whether every match, of all groups and pages, is weak.")
    counts: Counts
    matches: list[MatchAnswer]


class ProposalFacts(Answer):
    """What was read of a proposal; null and empty mean that it does not say."""

    title: str
    organization: str | None
    source: str | None = Field(description="The name of the file that it came from.")
    sections: list[str] = Field(description="The questions or headings that were found.")
    profile: ApplicantProfile


class MatchedProposal(RankingAnswer):
    """The ranking of a proposal that was not stored."""

    proposal: ProposalFacts

    model_config = with_example(examples.MATCHED_PROPOSAL)


class RankingPage(RankingAnswer):
    """One page of the ranking of a stored proposal."""

    page: int
    page_size: int
    total: int = Field(description="Matches on all pages together.")
    next: Next
    not_stated: int = Field(description="Matches left out because their notice does not state what a filter asks for.")

    model_config = with_example(examples.RANKING_PAGE)


class StoredProposalAnswer(ProposalFacts):
    """A proposal that is kept."""

    proposal_id: str
    revision: int = Field(description="Grows by one whenever the content changes.")
    created_at: datetime
    changed_at: datetime
    matches_url: str

    model_config = with_example(examples.STORED_PROPOSAL)


class StoredProposalInFull(StoredProposalAnswer):
    """A proposal that is kept, with its text."""

    text: str = Field(description="All that was read of it; the spans of quotes count its Unicode code points.")

    model_config = with_example(examples.STORED_PROPOSAL_IN_FULL)


class ProposalPage(Answer):
    """One page of the stored proposals."""

    proposals: list[StoredProposalAnswer]
    page: int
    page_size: int
    total: int
    next: Next

    model_config = with_example(examples.PROPOSAL_PAGE)
