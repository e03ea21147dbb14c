"""Sentences of grant prose: abbreviations, decimals, bullets, numbered lists and missing spaces included."""

import re
from collections.abc import Iterator

from matcher.domain.evidence import Span
from matcher.text.layout import starts_list_item

# Possessive runs that begin after a letter keep long stretches of white space from costing quadratic time.
_NEWLINES = re.compile(r"(?<=\S)[^\S\n]*+\n\s*+(?=\S)")
_CAPITAL = re.compile(r"[\"'“‘(\[]?[A-Z0-9]")
_MARK_LENGTH = 8
_SHORT_LINE = 45
"""Wrapped prose has longer lines; a shorter one that a capital follows is an item of its own."""
_STOP = re.compile(
    r"(?<![.!?…])(?P<mark>[.!?…]+[\"'”’)\]]*)\s+(?=[\"'“‘(\[$#•–—-]*\s?[A-Z0-9À-ÖØ-Þ])"
    r"|(?<=[a-z][a-z]|\w[)\]”])(?P<unspaced>[.!?]+[\"”’)]*)(?=[A-Z][a-z’']|[A-Z]\s)"
)

_NEVER_LAST = frozenset({
    "adm", "al", "approx", "ave", "blvd", "ca", "capt", "cf", "col", "dept", "dr", "e.g", "ed", "esp", "fig", "ft",
    "gen", "gov", "hon", "i.e", "incl", "lt", "maj", "messrs", "mr", "mrs", "ms", "mt", "nos", "pp", "prof", "pub",
    "rep", "rev", "sec", "sen", "sgt", "st", "vol", "vs", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept",
    "sep", "oct", "nov", "dec",
})  # fmt: skip
_SOMETIMES_LAST = frozenset({
    "a.m", "assn", "b.a", "b.s", "bros", "co", "corp", "d.c", "ed.d", "esq", "etc", "inc", "jr", "l.a", "llc", "ltd",
    "m.a", "m.d", "m.s", "n.y", "p.m", "ph.d", "sr", "u.k", "u.n", "u.s", "u.s.a", "u.s.c", "c.f.r",
})  # fmt: skip
_STARTERS = frozenset({
    "a", "additionally", "after", "all", "also", "although", "an", "and", "as", "at", "because", "before", "but", "by",
    "each", "every", "for", "from", "he", "her", "his", "how", "however", "if", "in", "it", "its", "many", "most", "no",
    "not", "of", "on", "one", "or", "our", "over", "she", "since", "so", "some", "such", "that", "the", "their",
    "then", "there", "these", "they", "this", "those", "through", "to", "today", "together", "under", "until", "we",
    "what", "when", "where", "while", "who", "why", "with", "you", "your",
})  # fmt: skip
"""Words that begin a sentence rather than a name: they settle whether "Inc." or "U.S." ended one."""
_LAST_WORD = re.compile(r"[\w.'’-]+\Z")
_NEXT_WORD = re.compile(r"[\W_]*([\w’']+)")
_LIST_NUMBER = re.compile(r"\W*(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})\Z")


def sentence_spans(text: str) -> tuple[Span, ...]:
    """Return the sentences of `text` in order, without the white space between them.

    A paragraph break and the start of a list item end a sentence. Every character that is no white space lies in
    exactly one span. The rules for abbreviations are those of American English.
    """
    return tuple(
        Span(start, end)
        for block_start, block_end in _between(text, 0, len(text), _block_breaks(text))
        for start, end in _between(text, block_start, block_end, _stops(text, block_start, block_end))
    )


def _between(text: str, start: int, end: int, cuts: Iterator[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches that the offsets `cuts` cut `text[start:end]` into, trimmed, without empty ones."""
    for cut in [*cuts, end]:
        piece = text[start:cut]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            yield left, right
        start = cut


def _block_breaks(text: str) -> Iterator[int]:
    """Yield where a paragraph, a list item or a short line of its own begins."""
    return (found.end() for found in _NEWLINES.finditer(text) if _parts_blocks(text, found))


def _parts_blocks(text: str, newlines: re.Match[str]) -> bool:
    begin = newlines.end()
    if newlines.group().count("\n") > 1 or starts_list_item(text[begin : begin + _MARK_LENGTH]):
        return True
    return _CAPITAL.match(text, begin) is not None and _ends_short_line(text, newlines.start())


def _ends_short_line(text: str, line_end: int) -> bool:
    line = text[text.rfind("\n", 0, line_end) + 1 : line_end].strip()
    return len(line) < _SHORT_LINE or line.endswith((":", ";"))


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where sentences begin after a full stop, question mark or exclamation mark."""
    sentence_start = start
    for found in _STOP.finditer(text, start, end):
        mark = found.group("mark") or found.group("unspaced")
        if _ends_sentence(text, sentence_start, found.start(), found.end(), mark):
            sentence_start = found.end()
            yield found.end()


def _ends_sentence(text: str, sentence_start: int, stop: int, after: int, mark: str) -> bool:
    if mark[0] != "." or mark.startswith(".."):
        return True
    if _LIST_NUMBER.match(text, sentence_start, stop):  # in place: a text whose stops end nothing is one long sentence
        return False  # "2." before the item that it numbers
    found = _LAST_WORD.search(text[max(sentence_start, stop - 24) : stop])
    word = found.group().lower().strip("'’-") if found else ""
    if word == "no":
        return not text[after].isdigit()
    if word in _NEVER_LAST:
        return False
    is_initial = len(word) == 1 and word.isalpha() and word != "i"
    if word in _SOMETIMES_LAST or is_initial:
        following = _NEXT_WORD.match(text, after)
        return following is not None and following.group(1).lower() in _STARTERS
    return True
