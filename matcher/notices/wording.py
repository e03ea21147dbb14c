"""How cues are looked for in prose: any white space, either style of quotation marks, letters large or small."""

import re

from matcher.domain.evidence import Span

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\r\t\v\f\u00a0\u2007\u2009\u202f", " "),
        **dict.fromkeys("‘’ʼ′", "'"),
        **dict.fromkeys("“”„″", '"'),
        **dict.fromkeys("‐‑", "-"),
    }
)


def plain(text: str) -> str:
    """Return `text` with typographic spaces, quotation marks and hyphens made plain; offsets and line breaks stay."""
    if text.isascii() and not any(mark in text for mark in "\r\t\v\f"):
        return text
    return text.translate(_PLAIN)


def cue(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which a space means any short white space (` ?`: or none); letters match large and small.

    The white space is bounded so that a long line costs time in proportion to its length.
    """
    return re.compile(pattern.replace(" ?", r"\s{0,4}").replace(" ", r"\s{1,4}"), re.IGNORECASE | re.DOTALL)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Return the stretch `text[start:end]` without white space at its ends, or None if nothing else is in it."""
    words = text[start:end]
    left = start + len(words) - len(words.lstrip())
    right = start + len(words.rstrip())
    return Span(left, right) if left < right else None
