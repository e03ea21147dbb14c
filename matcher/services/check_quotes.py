"""Whether the words that are quoted stand where they are said to stand."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from matcher.domain.evidence import Quote
from matcher.domain.finding import Finding
from matcher.domain.match import Match
from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import Proposal
from matcher.text.alignment import align, locate

_AGAIN = "import or submit the document again"
_SHOWN = 60


def opportunity_flaws(opportunity: Opportunity) -> Iterator[Finding]:
    """Yield the quotes of a notice that do not stand in its text."""
    subject = f"opportunity {opportunity.opportunity_id}"
    for quote in quotes_in(opportunity):
        flaw = _flaw(quote, opportunity.text)
        if flaw is not None:
            yield Finding("quotes", subject, flaw, _AGAIN)


def proposal_flaws(proposal_id: str, proposal: Proposal) -> Iterator[Finding]:
    """Yield the sections and the facts of a proposal that do not stand in its text."""
    subject = f"proposal {proposal_id}"
    for section in proposal.sections:
        if section.span.end > len(proposal.text):
            yield Finding("quotes", subject, _beyond(section.span.end, proposal.text), _AGAIN)
    for quote in quotes_in(proposal.profile):
        flaw = _flaw(quote, proposal.text)
        if flaw is not None:
            yield Finding("quotes", subject, flaw, _AGAIN)


def match_flaws(match: Match, proposal: Proposal, opportunity: Opportunity) -> Iterator[str]:
    """Yield what is wrong with the evidence of a match that rests on these two documents.

    Where the words of an answer could not be found in the original, the whole answer is named.
    """
    for part in match.priorities:
        for evidence in (*part.evidence, *(one for element in part.elements for one in element.evidence)):
            flaw = _flaw(evidence.proposal, proposal.text)
            if flaw is not None and not _stands_in_an_answer(evidence.proposal, proposal):
                yield f"of the proposal: {flaw}"
            flaw = _flaw(evidence.notice, opportunity.text)
            if flaw is not None:
                yield f"of the notice: {flaw}"


def _stands_in_an_answer(quote: Quote, proposal: Proposal) -> bool:
    """Whether a clean answer has these words there, though its file puts marks of its own between its lines."""
    span, words = quote.span, _squeezed(quote.text)
    for section in proposal.sections:
        around = section.span
        if span is None or not (around.start <= span.start and span.end <= around.end <= len(proposal.text)):
            continue
        alignment = align(section.answer, proposal.text, around)
        part = alignment.clean_part_of(span) if alignment else None
        if _squeezed(part.of(section.answer)) == words if part else words in _squeezed(section.answer):
            return True
    return False


def quotes_in(document: Any) -> Iterator[Quote]:  # noqa: ANN401 - any dataclass of the domain
    """Yield every quote in a document, however deep it lies."""
    if isinstance(document, Quote):
        yield document
    elif isinstance(document, tuple):
        for part in document:
            yield from quotes_in(part)
    elif is_dataclass(document):
        for own in fields(document):
            yield from quotes_in(getattr(document, own.name))


def _flaw(quote: Quote, text: str) -> str | None:
    """Return what is wrong with the place of a quote; None if its words stand there, or it names no place."""
    if quote.span is None:
        return None
    if quote.span.end > len(text):
        return _beyond(quote.span.end, text)
    stretch = quote.span.of(text)
    if _squeezed(stretch) == _squeezed(quote.text) or locate(quote.text, text, quote.span) is not None:
        return None
    return f"at {quote.span.start} to {quote.span.end} stands “{_short(stretch)}”, not “{_short(quote.text)}”"


def _beyond(end: int, text: str) -> str:
    return f"a quote ends at {end:,}, and the text at {len(text):,}"


def _squeezed(text: str) -> str:
    """Return `text` without white space, which files fold as they like."""
    return "".join(text.split())


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
