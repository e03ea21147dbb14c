"""Text cut at the marks of its lists, whether these stand on lines of their own or within a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matcher.text.sentences import sentence_spans

_MARK = re.compile(
    r"(?:^|\n|(?<=\n))\s{0,40}(?:[-*·•]|\d{1,2}[.)]|[a-z][.)])\s{1,4}|[•▪‣●]\s{0,4}|(?<=[\s:.])-\s{0,2}(?=[A-Z])"
    r"|(?<=[\s;:.])[a-z][.)]\s{1,3}(?=\w)|;\s{1,4}(?:and\s|or\s)?"
)


@dataclass(frozen=True, slots=True)
class ListUnit:
    """A stretch of the text, where it starts, and the list mark before it ("" if there is none)."""

    words: str
    start: int
    mark: str


def list_units(words: str) -> Iterator[ListUnit]:
    """Yield the stretches between list marks, semicolons and sentence ends."""
    for span in sentence_spans(words):
        start, mark = span.start, ""
        for found in _MARK.finditer(words, span.start, span.end):
            if words[start : found.start()].strip():
                yield ListUnit(words[start : found.start()], start, mark)
            start, mark = found.end(), _kind_of(found.group())
        if words[start : span.end].strip():
            yield ListUnit(words[start : span.end], start, mark)


def _kind_of(mark: str) -> str:
    """Return what marks of one list have in common: a digit, a letter or the sign itself."""
    sign = mark.strip()[:1]
    return "1" if sign.isdigit() else "a" if sign.isalpha() else sign
