"""How well a proposal fits an opportunity, and why."""

from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.evidence import Quote
from matcher.domain.vocabulary import PriorityKind, Verdict


class Band(StrEnum):
    """A fit in one word."""

    STRONG = "strong"
    POSSIBLE = "possible"
    WEAK = "weak"


_LEAST_FIT = ((Band.STRONG, 0.7), (Band.POSSIBLE, 0.4))


def band(fit: float) -> Band:
    """Return the band of a fit of 0 to 1, decided on the two decimals that a person is shown."""
    return next((word for word, least in _LEAST_FIT if round(fit, 2) >= least), Band.WEAK)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the proposal beside the words of the notice that they answer.

    `similarity` (up to 1) says how strongly; `question` is the proposal's question that the words stand under.
    """

    proposal: Quote
    notice: Quote
    similarity: float
    question: str = ""


@dataclass(frozen=True, slots=True)
class ElementFit:
    """How well one element of a priority is addressed; no evidence means "not addressed"."""

    key: str
    text: str
    fit: float
    evidence: tuple[Evidence, ...] = ()

    @property
    def is_addressed(self) -> bool:
        """Whether the proposal says anything to this element."""
        return bool(self.evidence)


@dataclass(frozen=True, slots=True)
class PriorityFit:
    """How well one priority is addressed; `fit` lies in 0 to 1, no evidence means "not addressed"."""

    key: str
    kind: PriorityKind
    title: str
    fit: float
    evidence: tuple[Evidence, ...] = ()
    elements: tuple[ElementFit, ...] = ()

    @property
    def is_addressed(self) -> bool:
        """Whether the proposal says anything to this priority."""
        return bool(self.evidence)


@dataclass(frozen=True, slots=True)
class EligibilityReason:
    """One finding on eligibility: the rule it is about, what it decided, a sentence, and the deciding words."""

    rule: str
    verdict: Verdict
    sentence: str
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class EligibilityFinding:
    """The verdict over all findings: one failed rule makes ineligible, else one unknown makes unknown."""

    verdict: Verdict
    reasons: tuple[EligibilityReason, ...] = ()


class Change(StrEnum):
    """What an applicant could change about an application."""

    LEAD_APPLICANT = "lead_applicant"
    AMOUNT_REQUESTED = "amount_requested"
    PRIORITY_ADDRESSED = "priority_addressed"


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """What would come of one change: fit and verdict as the scorer gives them for the changed proposal.

    `subject` says what is changed to: an applicant type, an amount, or the key of a priority or element.
    """

    change: Change
    subject: str
    sentence: str
    fit: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class MatchHead:
    """What decides the place of a match in a ranking, without the reasons."""

    opportunity_id: str
    fit: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class BareMatch:
    """A scored pair, all of it but the words that show why; `fingerprint` names the scorer.

    `fit` lies in 0 to 1 and depends on this pair alone.
    """

    opportunity_id: str
    fit: float
    eligibility: EligibilityFinding
    fingerprint: str

    @property
    def verdict(self) -> Verdict:
        """Whether the applicant may apply, as far as is known."""
        return self.eligibility.verdict


@dataclass(frozen=True, slots=True)
class Match(BareMatch):
    """A scored pair with its explanation: how well each priority of the notice is addressed, in words of both sides."""

    priorities: tuple[PriorityFit, ...]

    @property
    def best_evidence(self) -> Evidence | None:
        """The most telling pair of quotes, or None if nothing is addressed."""
        quoted = [evidence for priority in self.priorities for evidence in priority.evidence]
        quoted += [e for p in self.priorities for element in p.elements for e in element.evidence]
        return max(quoted, key=lambda evidence: evidence.similarity, default=None)
