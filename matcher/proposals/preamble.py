"""What stands before the first question or heading: banners of the site, the title, labelled facts, a summary."""

import re
from collections.abc import Iterator, Sequence

from matcher.domain.evidence import Span
from matcher.proposals.fields import TITLE, YEAR, Field
from matcher.proposals.roles import Role, role_of

_BANNER = re.compile(
    r"\b(?:applications?|submissions?|entries|nominations?|voting)\b.{0,60}\b(?:is|are|has|have|will be)\b.{0,40}"
    r"\b(?:open|closed|ended|accepted)\b|\bnow (?:open|closed|accepting)\b"
    r"|^(?:skip to|log ?in|sign (?:in|up)|menu|home|search|share|subscribe|donate|print|back to|cookies?)\b.{0,40}$",
    re.IGNORECASE,
)
_YEAR_LINE = re.compile(
    r"(?:.{0,60}\s)?(?P<year>(?:19|20)\d\d)\b.{0,60}"
    r"\b(?:challenge|competition|cycle|round|grants?|awards?|fund|program|prize|applications?|proposals?)\b.{0,30}",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"(?P<key>[A-Z][^:?.!\n]{2,60}):[ \t]+(?P<value>\S.*)")
_NO_HEADING_END = (".", ";", ",")
_LINE_WORDS = 25
"""Titles and banners are shorter; a longer line is prose."""


def preamble_fields(text: str, blocks: Sequence[Span], question: str, *, has_title: bool = False) -> Iterator[Field]:
    """Yield the title, the year of the competition, labelled facts ("Organization: …") and, as `question`, the rest.

    A banner that invites applications is about the site, so nothing is taken from it, least of all its year.
    """
    lines = [line for block in blocks for line in _lines(text, block)]
    prose: list[Span] = []
    for line in lines:
        words = line.of(text)
        is_short = _is_short(words) and not words.endswith(_NO_HEADING_END)
        year, labelled = _YEAR_LINE.fullmatch(words), _labelled(words, line)
        if _is_banner(words):
            continue
        if labelled:
            has_title = has_title or role_of(labelled) is Role.TITLE
            yield labelled
        elif year and is_short and not has_title and not prose:
            yield from _field(YEAR, text, line.start + year.start("year"), line.start + year.end("year"))
        elif is_short and not has_title and not prose:
            has_title = True
            yield from _field(TITLE, text, line.start, line.end)
        else:
            prose.append(line)
    if prose:
        yield from _field(question, text, prose[0].start, prose[-1].end)


def _is_short(words: str) -> bool:
    return len(words.split()) <= _LINE_WORDS


def _lines(text: str, block: Span) -> Iterator[Span]:
    for found in re.finditer(r"\S(?:[^\n]*\S)?", block.of(text)):
        yield Span(block.start + found.start(), block.start + found.end())


def _labelled(words: str, line: Span) -> Field | None:
    found = _LABELLED.fullmatch(words)
    if not found:
        return None
    field = Field.of_text(found["key"], " " * line.start + words, Span(line.start + found.start("value"), line.end))
    return field if field and role_of(field) not in (Role.ANSWER, Role.BOOKKEEPING) else None


def _is_banner(words: str) -> bool:
    return _is_short(words) and _BANNER.search(words) is not None


def _field(key: str, text: str, start: int, end: int) -> Iterator[Field]:
    field = Field.of_text(key, text, Span(start, end))
    if field:
        yield field
