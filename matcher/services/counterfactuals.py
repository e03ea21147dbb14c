"""What would change a match most: each change is made, and the scorer says what comes of it.

Nothing is concluded from the parts of a fit. A changed proposal is scored like any other, against the same notice, so
every figure is one that the applicant would get.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from matcher.domain.evidence import Span
from matcher.domain.match import (
    Band,
    Change,
    Counterfactual,
    ElementFit,
    EligibilityFinding,
    Match,
    PriorityFit,
    band,
)
from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import ApplicantProfile, Proposal, Section
from matcher.domain.vocabulary import ApplicantType, PriorityKind, Verdict
from matcher.domain.wording import money
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.eligibility import Remedy, assess_eligibility, remedies
from matcher.scoring.scorer import EncodedProposal, Scorer
from matcher.services.ranking import RankedMatch
from matcher.text.asks import core_of

MOST_ANSWERS = 3
LEAST_GAIN = 0.03
"""A smaller gain of fit is not worth a rewrite."""
EXPLAINED = 3
"""So many of the matches that are shown first are worth the time of a closer look."""

_DECIMALS = 4
_PARAGRAPH = "\n\n"


@dataclass(frozen=True, slots=True)
class _Ask:
    """Something that the notice asks for: its key, how a person calls it, and the notice's words for it."""

    key: str
    title: str
    words: str


def with_counterfactuals(scorer: Scorer, proposal: Proposal, matches: Sequence[RankedMatch]) -> tuple[RankedMatch, ...]:
    """Return `matches`, the first few of them with what would change them most."""
    encoded = scorer.encode_proposal(proposal)
    explained = (
        replace(ranked, counterfactuals=counterfactuals(scorer, encoded, ranked.opportunity))
        for ranked in matches[:EXPLAINED]
    )
    return (*explained, *matches[EXPLAINED:])


def counterfactuals(scorer: Scorer, encoded: EncodedProposal, opportunity: Opportunity) -> tuple[Counterfactual, ...]:
    """Return what would change eligibility, then what would raise the fit by `LEAST_GAIN` or more, most first.

    A notice's own words stand in for an answer to what is weak so far. Their vectors are those of the notice, so no
    text is encoded that was not encoded before.
    """
    catalogue = scorer.catalogue([opportunity])
    match = scorer.explain(encoded, catalogue, 0, scorer.fits(encoded, catalogue))
    asks = {ask.words: ask for ask in _weak_asks(opportunity, match)}
    fits = _fits_with(scorer, encoded, catalogue, list(asks))
    answers = [
        _answered(ask, match, fit)
        for ask, fit in zip(asks.values(), fits, strict=True)
        if round(fit - match.fit, _DECIMALS) >= LEAST_GAIN
    ]
    answers.sort(key=lambda answer: -answer.fit)
    return (*_eligible_by(encoded.proposal.profile, opportunity, match), *answers[:MOST_ANSWERS])


def with_answer(proposal: Proposal, words: str) -> Proposal:
    """Return the proposal with one more answer at its end."""
    text = f"{proposal.text}{_PARAGRAPH}{words}"
    section = Section("", words, Span(len(text) - len(words), len(text)))
    return replace(proposal, text=text, sections=(*proposal.sections, section))


def _fits_with(scorer: Scorer, encoded: EncodedProposal, catalogue: Catalogue, answers: Sequence[str]) -> list[float]:
    """Return the fit of the proposal with each of `answers` added to it alone."""
    if not answers:
        return []
    changed = [with_answer(encoded.proposal, words) for words in answers]
    return [
        float(scorer.fits(replace(encoded, proposal=proposal, query=query), catalogue).opportunities[0])
        for proposal, query in zip(changed, scorer.encode_queries(changed), strict=True)
    ]


def _weak_asks(opportunity: Opportunity, match: Match) -> Iterator[_Ask]:
    """Yield each priority and element that is not answered, or weakly.

    There is none where nothing at all is addressed: to become another project is no advice. Goals are a choice: once
    one is addressed, the others need no answer. And a purpose is the whole notice in short.
    """
    touched = [found for found in match.priorities if _is_touched(found)]
    has_goal = any(found.kind is PriorityKind.GOAL for found in touched)
    for priority, found in zip(opportunity.priorities, match.priorities, strict=True):
        if not touched or (has_goal and priority.kind is PriorityKind.GOAL and found not in touched):
            continue
        if priority.kind is not PriorityKind.PURPOSE and _is_weak(found):
            yield _Ask(priority.key, priority.title, priority.quote.text or priority.title)
        for element, own in zip(priority.elements, found.elements, strict=True):
            if _is_weak(own):
                yield _Ask(element.key, element.quote.text, core_of(element.quote.text))


def _is_weak(found: PriorityFit | ElementFit) -> bool:
    return not found.is_addressed or band(found.fit) is Band.WEAK


def _is_touched(priority: PriorityFit) -> bool:
    return priority.is_addressed or any(element.is_addressed for element in priority.elements)


def _answered(ask: _Ask, match: Match, fit: float) -> Counterfactual:
    return Counterfactual(
        change=Change.PRIORITY_ADDRESSED,
        subject=ask.key,
        sentence=f"Answering “{ask.title}” would bring the fit from {match.fit:.2f} to {fit:.2f}.",
        fit=fit,
        verdict=match.eligibility.verdict,
    )


def _eligible_by(profile: ApplicantProfile, opportunity: Opportunity, match: Match) -> Iterator[Counterfactual]:
    """Yield what would better the verdict, or one of the rules that led to it."""
    for remedy in remedies(profile, opportunity):
        finding = assess_eligibility(remedy.profile, opportunity)
        sentence = f"{_outcome(match.eligibility, finding)} {_condition(remedy, opportunity)}."
        yield Counterfactual(remedy.change, remedy.subject, sentence, match.fit, finding.verdict)


def _outcome(before: EligibilityFinding, after: EligibilityFinding) -> str:
    """Return what a change achieved that made some rule pass and none fail."""
    if after.verdict is not before.verdict:
        return "Eligible" if after.verdict is Verdict.ELIGIBLE else "No longer shut out"
    failed = [sum(reason.verdict is Verdict.INELIGIBLE for reason in finding.reasons) for finding in (before, after)]
    return "One obstacle fewer" if failed[1] < failed[0] else "One doubt fewer"


def _condition(remedy: Remedy, opportunity: Opportunity) -> str:
    if remedy.change is Change.LEAD_APPLICANT:
        return f"if {ApplicantType(remedy.subject).one} leads"
    return f"with a request of {money(int(remedy.subject), opportunity.funding.currency)}"
