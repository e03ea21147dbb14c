"""Words marked where they stand: a text cut into pieces, each with the marks that cover it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.domain.evidence import Span
from matcher.domain.proposal import Proposal, Section
from matcher.text.alignment import align
from matcher.text.layout import flowing

_LONGEST_PLAIN = 900
_KEPT_PLAIN = 380
ELLIPSIS = " […] "


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `marks` names the marks that cover it, and `begins` those that begin with it."""

    text: str
    marks: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedSection:
    """A section of a proposal with its marks."""

    question: str
    pieces: tuple[Piece, ...]


def pieces(text: str, marks: Iterable[tuple[str, Span]]) -> tuple[Piece, ...]:
    """Cut `text` wherever a mark begins or ends; the pieces together are the text."""
    known = [(name, span) for name, span in marks if span.start < span.end <= len(text)]
    edges = sorted({0, len(text), *(edge for _, span in known for edge in (span.start, span.end))})
    return tuple(
        Piece(
            text[start:end],
            tuple(name for name, span in known if span.start <= start and end <= span.end),
            tuple(name for name, span in known if span.start == start),
            tuple(name for name, span in known if span.end == end),
        )
        for start, end in pairwise(edges)
    )


def marked_sections(proposal: Proposal, marks: Sequence[tuple[str, Span]]) -> list[MarkedSection]:
    """Return the sections of a proposal as a person reads them, marked at spans of its original text.

    Where the words of an answer cannot be found in the original, the whole answer is marked.
    """
    return [
        MarkedSection(
            section.question, shortened(pieces(flowing(section.answer), _inside(section, proposal.text, marks)))
        )
        for section in proposal.sections
    ]


def shortened(cut: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with the middle of long ones that nothing marks left out."""
    return tuple(Piece(_short(piece.text)) if not piece.marks else piece for piece in cut)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_PLAIN else text[:_KEPT_PLAIN] + ELLIPSIS + text[-_KEPT_PLAIN:]


def _inside(section: Section, original: str, marks: Sequence[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """Return the marks that lie in a section, as spans of its answer."""
    own = [(name, span) for name, span in marks if section.span.start <= span.start and span.end <= section.span.end]
    alignment = align(section.answer, original, section.span) if own else None
    if alignment is None:
        return [(name, Span(0, len(section.answer))) for name, _ in own]
    return [(name, part) for name, span in own if (part := alignment.clean_part_of(span)) is not None]
