"""Passages: windows of whole sentences, small enough to encode, that know where they stand in the original."""

import re
from collections.abc import Iterable, Iterator, Sequence

from matcher.domain.evidence import Span
from matcher.domain.proposal import Passage, Section
from matcher.text.alignment import align
from matcher.text.layout import collapsed
from matcher.text.sentences import sentence_spans

WINDOW_WORDS = 150
"""About 200 tokens: what the default encoder reads (256 tokens) without cutting."""
OVERLAP_WORDS = 20
"""A last sentence this short is repeated at the start of the next window, so that no thought is cut in two."""
TAIL_WORDS = 20
"""A rest this short joins the window before it."""
LABEL_WORDS = 25
"""An answer this short may be a label rather than prose."""
_WORD = re.compile(r"\S+")
_LIST_MARK = re.compile(r"(?:[-*•–]|\d{1,2}[.)])\s+(?=\S)")
_PROSE_WORDS = 3
_PROSE_WORD_LENGTH = 4

_Sized = tuple[Span, int]
"""A stretch of a text and its number of words."""


def passages_of_text(text: str) -> tuple[Passage, ...]:
    """Cut a running text into passages; every character that is no white space lies in at least one of them."""
    return tuple(Passage(collapsed(span.of(text)), span) for span in _windows(text))


def passages_of_sections(sections: Sequence[Section], original: str) -> tuple[Passage, ...]:
    """Cut the answers of `sections` into passages that carry their section's question.

    No passage crosses sections. Short answers that only name things ("Central LA", "13,000") make no passage: they
    hold nothing that a priority could ask for. Every other answer is covered completely. The spans point into
    `original`, whose folding and escapes are undone.
    """
    return tuple(
        passage
        for section in sections
        if _carries_meaning(section)
        for passage in _of_section(section, original, _windows(section.answer))
    )


def sentences_of_sections(sections: Sequence[Section], original: str) -> tuple[Passage, ...]:
    """Cut the same answers into single sentences, the size of a quote."""
    return tuple(
        sentence
        for section in sections
        if _carries_meaning(section)
        for sentence in _of_section(section, original, _unmarked_sentences(section.answer))
    )


def _unmarked_sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of `text` without the mark of a list item in front of them."""
    for span in sentence_spans(text):
        mark = _LIST_MARK.match(text, span.start, span.end)
        yield Span(mark.end(), span.end) if mark else span


def _carries_meaning(section: Section) -> bool:
    words = section.answer.split()
    if not section.question or len(words) > LABEL_WORDS:
        return bool(words)
    if len(words) > _PROSE_WORDS and words[-1].endswith((".", "!", "?")):
        return True
    prose = (word for word in words if len(word.strip("(),.;:")) >= _PROSE_WORD_LENGTH and word[0].isalpha())
    return sum(not word[0].isupper() for word in prose) >= _PROSE_WORDS


def _of_section(section: Section, original: str, parts: Iterable[Span]) -> Iterator[Passage]:
    alignment = align(section.answer, original, section.span)
    for part in parts:
        span = alignment.span_of(part) if alignment else None
        yield Passage(collapsed(part.of(section.answer)), span or section.span, section.question)


def _windows(text: str) -> Iterator[Span]:
    """Yield overlapping windows of whole sentences that cover every word of `text`."""
    if _fits_one_window(text):
        yield Span(len(text) - len(text.lstrip()), len(text.rstrip()))
        return
    pieces = list(_pieces(text))
    first = 0
    while first < len(pieces):
        end = _window_end(pieces, first)
        yield Span(pieces[first][0].start, pieces[end - 1][0].end)
        overlaps = end < len(pieces) and end - first > 1 and pieces[end - 1][1] <= OVERLAP_WORDS
        first = end - 1 if overlaps else end


def _fits_one_window(text: str) -> bool:
    """Whether all sentences of `text` are sure to fit one window; most texts of notices do, and need not be cut."""
    words = len(text.split())
    most_cut = sum(map(text.count, ".!?"))  # where no space follows, a sentence may end inside of such a word
    return 0 < words <= WINDOW_WORDS - most_cut


def _window_end(pieces: Sequence[_Sized], first: int) -> int:
    """Return the index after the last piece of the window that begins with piece `first`."""
    words = 0
    for end in range(first, len(pieces)):
        words += pieces[end][1]
        if words > WINDOW_WORDS and end > first:
            rest = sum(count for _, count in pieces[end : end + TAIL_WORDS + 1])
            return len(pieces) if rest <= TAIL_WORDS else end
    return len(pieces)


def _pieces(text: str) -> Iterator[_Sized]:
    """Yield the sentences of `text` with their number of words, cutting those that are longer than a window."""
    for span in sentence_spans(text):
        count = len(span.of(text).split())
        if count <= WINDOW_WORDS:
            yield span, count
        else:
            yield from _cut(text, span)


def _cut(text: str, span: Span) -> Iterator[_Sized]:
    words = [found.span() for found in _WORD.finditer(text, span.start, span.end)]
    for first in range(0, len(words), WINDOW_WORDS):
        piece = words[first : first + WINDOW_WORDS]
        yield Span(piece[0][0], piece[-1][1]), len(piece)
