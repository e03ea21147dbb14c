r"""Where the words of a clean text stand in the original, although its file format folds and escapes them.

A file may fold one line into many, indent it, write `\u2019` or `''` for one character, and put list marks between the
parts. White space is therefore ignored, escapes are undone, and between two lines of the clean text the original may
hold marks of its own.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from enum import Enum
from functools import cached_property

from matcher.domain.evidence import Span


class _Style(Enum):
    """How a scalar is written; in the order in which they are tried."""

    PLAIN = re.compile(r"\S")
    DOUBLE_QUOTED = re.compile(
        r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
        r"|\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^xuU])|\S",
        re.DOTALL,
    )
    SINGLE_QUOTED = re.compile(r"''|\S")


_WORD = re.compile(r"\S+")

_NAMED_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


class Alignment:
    """For every character of a clean text, its place in the original.

    Args:
        clean: The clean text; its letters are its characters that are no white space.
        starts: The offset in the original at which each letter begins.
        ends: The offset in the original at which each letter ends (an escape of six characters is one letter).

    Raises:
        ValueError: There are more or fewer letters than places.
    """

    def __init__(self, clean: str, starts: list[int], ends: list[int]) -> None:
        self._places = _letter_places(clean)
        self._starts = starts
        self._ends = ends
        if not len(starts) == len(ends) == len(self._places):
            raise ValueError(f"the clean text has {len(self._places)} letters, the alignment {len(starts)}")

    def span_of(self, part: Span) -> Span | None:
        """Return where `part` (offsets into the clean text) stands in the original; None if it holds no letter."""
        first, last = bisect_left(self._places, part.start), bisect_left(self._places, part.end) - 1
        return None if last < first else Span(self._starts[first], self._ends[last])

    def clean_part_of(self, span: Span) -> Span | None:
        """Return which part of the clean text `span` (offsets into the original) holds; None if it holds no letter."""
        first, last = bisect_left(self._starts, span.start), bisect_right(self._ends, span.end) - 1
        return None if last < first else Span(self._places[first], self._places[last] + 1)


def align(clean: str, original: str, within: Span) -> Alignment | None:
    """Map `clean` to its place inside the stretch `within` of `original`, or return None if it is not there.

    The lines of `clean` may stand apart in the original (the items of a list), in their order; each is contiguous there
    but for white space.
    """
    if within.of(original) == clean:
        places = [within.start + place for place in _letter_places(clean)]
        return Alignment(clean, places, [place + 1 for place in places]) if places else None
    # half of an escaped backslash looks like a plain one, so a text that holds one is looked for as an escape first
    styles = sorted(_Style, key=lambda style: "\\" in clean and style is not _Style.DOUBLE_QUOTED)
    readings = [_Reading(original, within, style) for style in styles]
    starts: list[int] = []
    ends: list[int] = []
    position = within.start
    for line in filter(None, ("".join(line.split()) for line in clean.splitlines())):
        found = next((place for reading in readings if (place := reading.find(line, position))), None)
        if found is None:
            return None
        starts.extend(found[0])
        ends.extend(found[1])
        position = ends[-1]
    return Alignment(clean, starts, ends) if starts else None


def locate(clean: str, original: str, within: Span) -> Span | None:
    """Return where the words of `clean` stand inside the stretch `within` of `original`, or None if they do not.

    White space is ignored on both sides; folded lines and the escapes of YAML and JSON are undone.
    """
    alignment = align(clean, original, within)
    return alignment.span_of(Span(0, len(clean))) if alignment else None


def _letter_places(text: str) -> list[int]:
    return [place for word in _WORD.finditer(text) for place in range(*word.span())]


class _Reading:
    """The letters of a stretch read in one style, each with its place; made when it is first needed."""

    def __init__(self, original: str, within: Span, style: _Style) -> None:
        self._original = original
        self._within = within
        self._style = style

    @cached_property
    def _letters(self) -> tuple[str, list[int], list[int]]:
        letters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for token in self._style.value.finditer(self._original, self._within.start, self._within.end):
            for letter in _undone(token.group(), self._style):
                letters.append(letter)
                starts.append(token.start())
                ends.append(token.end())
        return "".join(letters), starts, ends

    def find(self, squeezed: str, position: int) -> tuple[list[int], list[int]] | None:
        """Return the starts and ends of the first occurrence of `squeezed` at or after `position`."""
        letters, starts, ends = self._letters
        index = letters.find(squeezed, bisect_left(starts, position))
        if index < 0:
            return None
        end = index + len(squeezed)
        return starts[index:end], ends[index:end]


def _undone(token: str, style: _Style) -> Iterator[str]:
    """Yield the letters that a token of the original stands for: none for an escaped space."""
    if len(token) == 1:
        yield token
    elif style is _Style.SINGLE_QUOTED:
        yield "'"
    else:
        yield from "".join(_unescaped(token).split())


def _unescaped(token: str) -> str:
    if token[1] in "xuU":
        codes = [int(code, 16) for code in re.split(r"\\[xuU]", token)[1:]]
        if len(codes) == 2:  # JSON writes characters beyond the basic plane as a surrogate pair
            return chr(0x10000 + ((codes[0] - 0xD800) << 10) + (codes[1] - 0xDC00))
        return chr(codes[0]) if codes[0] <= 0x10FFFF else token
    return _NAMED_ESCAPES.get(token[1], token[1])
