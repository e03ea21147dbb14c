"""A funding opportunity as its notice states it. Field names follow Simpler.Grants.gov."""

from dataclasses import dataclass
from datetime import date

from matcher.domain.dates import PartialDate
from matcher.domain.evidence import Quote
from matcher.domain.vocabulary import ApplicantType, Basis, OpportunityStatus, PriorityKind, SizeMeasure


@dataclass(frozen=True, slots=True)
class PriorityElement:
    """One separate thing that a priority asks the applicant to address."""

    key: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Priority:
    """What the funder wants the money to do; `key` is unique within its opportunity, `points` where stated."""

    key: str
    kind: PriorityKind
    title: str
    quote: Quote
    elements: tuple[PriorityElement, ...] = ()
    points: int | None = None


@dataclass(frozen=True, slots=True)
class AwardTier:
    """An award range for applicants of one size; sizes count people served, money is in the range's currency."""

    award_floor: int | None
    award_ceiling: int | None
    people_served_minimum: int | None
    people_served_maximum: int | None
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class FundingEvidence:
    """The words that one value of the money was read from; `field` is its name in `FundingRange`.

    The basis is inferred where the value was concluded, such as the largest of several awards.
    """

    field: str
    quote: Quote
    basis: Basis = Basis.STATED


@dataclass(frozen=True, slots=True)
class FundingRange:
    """The money: whole units of `currency` (ISO 4217); None is unknown, never zero.

    What awards typically or on average are bounds none of them; both ends are equal where one amount is given.
    `evidence` has the words of each value that was read from prose, none of what a source has a field for.
    """

    award_floor: int | None = None
    award_ceiling: int | None = None
    estimated_total_program_funding: int | None = None
    expected_number_of_awards: int | None = None
    is_cost_sharing: bool | None = None
    currency: str = "USD"
    tiers: tuple[AwardTier, ...] = ()
    typical_award_minimum: int | None = None
    typical_award_maximum: int | None = None
    evidence: tuple[FundingEvidence, ...] = ()

    def evidence_of(self, field: str) -> FundingEvidence | None:
        """Return the words that the value `field` was read from; None if it has none."""
        return next((one for one in self.evidence if one.field == field), None)


@dataclass(frozen=True, slots=True)
class SizeLimit:
    """A threshold of size that an applicant must keep; both ends are included, None leaves an end open."""

    measure: SizeMeasure
    minimum: int | None
    maximum: int | None
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class PartnerRequirement:
    """Whom an applicant must apply with: a partner of any one of `applicant_types`."""

    applicant_types: tuple[ApplicantType, ...]
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who may apply and where; empty `applicant_types` means that the notice does not say.

    `places` are the places that the work or the applicant must be in, as the notice writes them; empty means that
    none is named. `excluded_types` are those that the notice refuses; one that it both names and refuses is in doubt:
    only some of it may apply, or the notice contradicts itself.
    `note` is the notice's own wording. `conditions` are what it asks besides, which no rule can judge: whoever applies
    must read them.
    """

    applicant_types: tuple[ApplicantType, ...] = ()
    unrecognized_types: tuple[str, ...] = ()
    excluded_types: tuple[ApplicantType, ...] = ()
    places: tuple[str, ...] = ()
    size_limits: tuple[SizeLimit, ...] = ()
    required_partners: tuple[PartnerRequirement, ...] = ()
    note: Quote | None = None
    basis: Basis = Basis.STATED
    conditions: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyDate:
    """A dated milestone.

    `name` is one of `post`, `open`, `intent`, `application`, `award`, `archive`, `start` and `end` (both of the
    projects), or the notice's word.
    """

    name: str
    day: PartialDate
    quote: Quote | None = None
    basis: Basis = Basis.STATED


@dataclass(frozen=True, slots=True)
class ProjectPeriod:
    """How long a funded project lasts, in months; both are equal where one length is given, None leaves an end open."""

    minimum_months: int | None
    maximum_months: int | None
    quote: Quote | None = None
    basis: Basis = Basis.STATED


@dataclass(frozen=True, slots=True)
class SelectionCriterion:
    """What reviewers judge an application by; `key` is unique within its opportunity, `points` where stated."""

    key: str
    title: str
    quote: Quote
    points: int | None = None


@dataclass(frozen=True, slots=True)
class SourceCode:
    """A code as its source writes it, beside our vocabulary: the source's name of the field, and the code."""

    name: str
    code: str


APPLICATION = "application"
"""The name of the milestone that ends the time to apply."""
ARCHIVE = "archive"
"""The name of the last day on which the source shows the notice as a current one."""


@dataclass(frozen=True, slots=True)
class Opportunity:
    """One funding opportunity.

    `opportunity_id` is stable across imports. `text` is the running text of the notice, into which every span
    points. `is_rolling` says that applications are taken at any time. `activities` are what the money may be spent on
    and `exclusions` what is not funded, in the notice's words.
    """

    opportunity_id: str
    title: str
    text: str
    agency_name: str | None = None
    opportunity_number: str | None = None
    description: str = ""
    status: OpportunityStatus = OpportunityStatus.UNKNOWN
    priorities: tuple[Priority, ...] = ()
    eligibility: Eligibility = Eligibility()
    funding: FundingRange = FundingRange()
    key_dates: tuple[KeyDate, ...] = ()
    is_rolling: bool = False
    assistance_listing_numbers: tuple[str, ...] = ()
    funding_categories: tuple[str, ...] = ()
    source_url: str | None = None
    agency_code: str | None = None
    funding_instruments: tuple[str, ...] = ()
    selection_criteria: tuple[SelectionCriterion, ...] = ()
    activities: tuple[Quote, ...] = ()
    exclusions: tuple[Quote, ...] = ()
    source_codes: tuple[SourceCode, ...] = ()
    project_period: ProjectPeriod | None = None

    @property
    def application_dates(self) -> tuple[KeyDate, ...]:
        """The milestones that end a time to apply, in the notice's order."""
        return tuple(key_date for key_date in self.key_dates if key_date.name == APPLICATION)

    def close_date(self, as_of: date) -> KeyDate | None:
        """Return the deadline that counts on the day `as_of`: the next one, or else the last one that passed.

        A deadline without a year counts only if no other is known.
        """
        return self._closing(as_of)[1]

    def deadline(self, as_of: date) -> date | None:
        """Return the calendar date of `close_date`; None if no deadline is known, or none with a year."""
        return self._closing(as_of)[0]

    def _closing(self, as_of: date) -> tuple[date | None, KeyDate | None]:
        ahead: tuple[date, KeyDate] | None = None
        passed: tuple[date, KeyDate] | None = None
        undated: KeyDate | None = None
        for key_date in self.key_dates:  # in one pass: a list of the catalogue asks this of every notice
            if key_date.name != APPLICATION:
                continue
            day = key_date.day.as_date()
            if day is None:
                undated = undated or key_date
            elif day < as_of:
                passed = (day, key_date) if passed is None or day >= passed[0] else passed
            else:
                ahead = (day, key_date) if ahead is None or day < ahead[0] else ahead
        return ahead or passed or (None, undated)

    def status_on(self, as_of: date) -> OpportunityStatus:
        """Return where the opportunity stands on the day `as_of`.

        The dates decide where they can: a deadline before an archive date, and a deadline that is ahead before what the
        source says. A notice that says it is closed or archived is believed otherwise; one without any such date is as
        its source last said, and unknown if it never did.
        """
        day = self.deadline(as_of)
        if day is None or day < as_of:
            over = self._over(as_of, has_closed=day is not None and not self.is_rolling)
            if over is not None:
                return over
        if self.status is OpportunityStatus.FORECASTED:
            return OpportunityStatus.FORECASTED
        return OpportunityStatus.POSTED if day is not None or self.is_rolling else self.status

    def _over(self, as_of: date, *, has_closed: bool) -> OpportunityStatus | None:
        """Return how a notice without a deadline ahead is over on the day `as_of`; None if it is not."""
        if self.status in (OpportunityStatus.CLOSED, OpportunityStatus.ARCHIVED):
            return self.status
        if has_closed:
            return OpportunityStatus.CLOSED
        archived = [day for key in self.key_dates if key.name == ARCHIVE and (day := key.day.as_date()) is not None]
        return OpportunityStatus.ARCHIVED if archived and max(archived) < as_of else None
