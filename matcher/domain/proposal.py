"""A proposal: what an applicant wants to do, in the applicant's words."""

from dataclasses import dataclass

from matcher.domain.evidence import Fact, Span
from matcher.domain.vocabulary import ApplicantType


@dataclass(frozen=True, slots=True)
class Section:
    """A question (or heading) and its answer; `span` covers the answer in the proposal's text.

    `answer` is the clean reading text: quotation marks, escapes and line folding of the file format are undone.
    """

    question: str
    answer: str
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document small enough to encode: clean text, its span in the original, its section's question."""

    text: str
    span: Span
    question: str = ""


@dataclass(frozen=True, slots=True)
class ApplicantProfile:
    """What the proposal says of its applicant; None and empty mean that it does not say."""

    applicant_types: tuple[Fact[ApplicantType], ...] = ()
    partner_types: tuple[Fact[ApplicantType], ...] = ()
    places: tuple[Fact[str], ...] = ()
    people_served: Fact[int] | None = None
    employees: Fact[int] | None = None
    annual_budget: Fact[int] | None = None
    amount_requested: Fact[int] | None = None
    offers_cost_share: Fact[bool] | None = None
    year: Fact[int] | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal. `text` is the original text (for PDF, DOCX and HTML the extracted one); spans point into it."""

    title: str
    text: str
    sections: tuple[Section, ...]
    organization: str | None = None
    profile: ApplicantProfile = ApplicantProfile()
    source: str | None = None
