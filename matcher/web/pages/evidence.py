"""The evidence of a match, laid out so that both texts can point at each other.

Every stretch of the proposal that is quoted has a number, whatever number of priorities it answers; so has every
priority. The marks in the proposal point at priorities, the priorities at marks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.domain.evidence import Quote, Span
from matcher.domain.match import ElementFit, Evidence, Match, PriorityFit
from matcher.domain.opportunity import Opportunity, Priority
from matcher.domain.vocabulary import PriorityKind
from matcher.text.alignment import locate
from matcher.web.pages.highlights import Piece, pieces, shortened

_KINDS = {
    PriorityKind.ABSOLUTE: "absolute priority",
    PriorityKind.COMPETITIVE_PREFERENCE: "competitive preference",
    PriorityKind.INVITATIONAL: "invitational priority",
    PriorityKind.GOAL: "one of several goals",
    PriorityKind.PURPOSE: "purpose of the money",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """Words of the proposal that answer something; `number` is that of their mark, None where they cannot be placed."""

    number: int | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ElementEvidence:
    """One thing that a priority asks for, and what answers it."""

    fit: ElementFit
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class PriorityEvidence:
    """One priority: its words with what is answered marked, what answers it, and each thing that it asks for."""

    number: int
    kind: str
    points: int | None
    fit: PriorityFit
    pieces: tuple[Piece, ...]
    answers: tuple[Answer, ...]
    elements: tuple[ElementEvidence, ...]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """All priorities of a match; `marks` are spans of the proposal's text by number, `answered` what each answers."""

    priorities: tuple[PriorityEvidence, ...]
    marks: tuple[tuple[str, Span], ...]
    answered: dict[str, tuple[int, ...]]


def lay_out_evidence(match: Match, opportunity: Opportunity) -> LaidOut:
    """Return what is quoted in a match with numbers, and each priority beside its words in the notice."""
    numbers = _numbers(match)
    stated = {priority.key: priority for priority in opportunity.priorities}
    priorities = tuple(
        _priority(number, found, stated.get(found.key), numbers) for number, found in enumerate(match.priorities, 1)
    )
    answered: dict[str, list[int]] = {}
    for own in priorities:
        for answer in (*own.answers, *(one for element in own.elements for one in element.answers)):
            if answer.number is not None and own.number not in answered.setdefault(str(answer.number), []):
                answered[str(answer.number)].append(own.number)
    return LaidOut(
        priorities,
        tuple((str(number), span) for span, number in numbers.items()),
        {name: tuple(found) for name, found in answered.items()},
    )


def _numbers(match: Match) -> dict[Span, int]:
    """Return the number of each span of the proposal that is quoted, counted in the order of its text."""
    spans = {one.proposal.span for priority in match.priorities for one in _evidence_of(priority)}
    return {span: number for number, span in enumerate(sorted(span for span in spans if span is not None), 1)}


def _priority(number: int, found: PriorityFit, stated: Priority | None, numbers: dict[Span, int]) -> PriorityEvidence:
    quote = Quote(found.title) if stated is None or not stated.quote.text else stated.quote
    elements = tuple(ElementEvidence(one, _answers(one.evidence, numbers)) for one in found.elements)
    notices = [one.notice.text for one in _evidence_of(found)]
    return PriorityEvidence(
        number=number,
        kind=_KINDS[found.kind],
        points=None if stated is None else stated.points,
        fit=found,
        pieces=shortened(pieces(quote.text, _found_in(quote.text, notices))),
        answers=_answers(found.evidence, numbers),
        elements=elements,
    )


def _evidence_of(priority: PriorityFit) -> tuple[Evidence, ...]:
    return (*priority.evidence, *(one for element in priority.elements for one in element.evidence))


def _answers(evidence: Sequence[Evidence], numbers: dict[Span, int]) -> tuple[Answer, ...]:
    return tuple(Answer(numbers.get(one.proposal.span) if one.proposal.span else None, one) for one in evidence)


def _found_in(text: str, quotes: Sequence[str]) -> list[tuple[str, Span]]:
    """Return where quotes of the notice stand in the words of a priority."""
    whole = Span(0, len(text))
    found = ((quote, locate(quote, text, whole)) for quote in dict.fromkeys(quotes) if quote.strip())
    return [(quote, span) for quote, span in found if span is not None]
