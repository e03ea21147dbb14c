"""Proposals as Markdown or plain text: headings with what stands below them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.domain.evidence import Span
from matcher.proposals.blocks import blocks_of
from matcher.proposals.fields import TITLE, Field
from matcher.proposals.preamble import preamble_fields

_MARKDOWN_HEADING = re.compile(
    r"^(?:(?P<fence>[ ]{0,3}(?:```|~~~)[^\n]*\n(?:.*?\n)??[ ]{0,3}(?:```|~~~)[^\n]*$)"
    r"|(?P<marks>#{1,6})[ \t]++(?P<atx>\S[^\n]*)$"
    r"|(?P<setext>[^\s#>|-][^\n]*)\n(?P<line>={3,}|-{3,})[ \t\r]*$)",
    re.MULTILINE | re.DOTALL,
)
_HEADING_WORDS = 12
_HEADING_LINE = re.compile(r"(?:\*\*)?(?:(?:\d{1,2}|[IVX]{1,4}|[A-Z])[.)]\s+)?(?!(?:We|I)\b)[\"“(]?[A-Z0-9][^\n]*")
_NUMBER = re.compile(r"(?:\d{1,2}|[IVX]{1,4}|[A-Z])[.)]\s+")
_SECTION_NAME = re.compile(
    r"(?:executive |project |program |proposal |organi[sz]ation(?:al)? |our |the |statement of )*"
    r"(?:summary|abstract|introduction|background|overview|needs?|problem|mission|vision|goals?|objectives?|purpose"
    r"|history|budget|about us|description|narrative|approach|activities|outcomes|evaluation)(?: statement)?",
    re.IGNORECASE,
)
"""What proposals call their first section: such a heading is no title."""


@dataclass(frozen=True, slots=True)
class _Heading:
    words: str
    level: int
    span: Span


def heading_fields(text: str, within: Span, *, has_title: bool = False) -> tuple[Field, ...]:
    """Read the stretch `within` of `text` as sections; a text without headings is one section with question "".

    A first heading that stands above all others is the title, unless the proposal `has_title` already. Headings with
    nothing below them are left out.
    """
    headings = list(_markdown_headings(text, within)) or list(_plain_headings(text, within))
    fields: list[Field] = []
    start = within.start
    if headings and not has_title and not text[start : headings[0].span.start].strip() and _is_title(headings):
        title = headings.pop(0)
        fields += _found(Field.of_text(TITLE, text, _words_span(text, title)))
        start, has_title = title.span.end, True
    blocks = blocks_of(text, Span(start, headings[0].span.start if headings else within.end))
    if len(blocks) == 1 and not headings:
        fields += _found(Field.of_text("", text, blocks[0]))
    else:
        fields += preamble_fields(text, blocks, question="", has_title=has_title)
    return (*fields, *_sections(text, headings, within.end))


def _found(field: Field | None) -> list[Field]:
    return [field] if field else []


def _is_title(headings: Sequence[_Heading]) -> bool:
    return all(heading.level > headings[0].level for heading in headings[1:])


def _words_span(text: str, heading: _Heading) -> Span:
    start = heading.span.start + heading.span.of(text).find(heading.words)
    return Span(start, start + len(heading.words))


def _sections(text: str, headings: Sequence[_Heading], end: int) -> Iterator[Field]:
    ends = [*(heading.span.start for heading in headings[1:]), end]
    for heading, section_end in zip(headings, ends, strict=False):  # without headings, `ends` still holds `end`
        yield from _found(Field.of_text(heading.words, text, Span(heading.span.end, section_end)))


def has_markdown_headings(text: str) -> bool:
    """Whether `text` marks its headings with `#` or with a line below them."""
    return next(_markdown_headings(text, Span(0, len(text))), None) is not None


def _markdown_headings(text: str, within: Span) -> Iterator[_Heading]:
    for found in _MARKDOWN_HEADING.finditer(text, within.start, within.end):
        if found["fence"]:
            continue
        level = len(found["marks"]) if found["marks"] else 1 if found["line"].startswith("=") else 2
        words = (found["atx"] or found["setext"]).rstrip().rstrip("#").strip()
        yield _Heading(words, level, Span(found.start(), found.end()))


def _plain_headings(text: str, within: Span) -> Iterator[_Heading]:
    """Yield the short lines between blank lines that have a longer text below them."""
    blocks = blocks_of(text, within)
    for block, below in pairwise(blocks):
        words = block.of(text)
        if _is_plain_heading(words) and not _is_plain_heading(below.of(text)):
            heading = _NUMBER.sub("", words.strip("* "), count=1).rstrip(" :")
            stands_above = block is blocks[0] and not _SECTION_NAME.fullmatch(heading)
            yield _Heading(heading, 1 if stands_above else 2, block)


def _is_plain_heading(words: str) -> bool:
    if "\n" in words or len(words.split()) > _HEADING_WORDS or words.endswith((".", ",", ";", "!")):
        return False
    return ":" not in words[:-1] and _HEADING_LINE.fullmatch(words) is not None and any(map(str.isalpha, words))
