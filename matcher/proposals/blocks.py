"""Blocks of running text: what stands between blank lines."""

import re

from matcher.domain.evidence import Span

_BLOCK = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*(?:\n|\Z)))*")


def blocks_of(text: str, within: Span) -> tuple[Span, ...]:
    """Return the blocks in the stretch `within` of `text`, without the white space around them."""
    return tuple(
        Span(found.start(), found.start() + len(found.group().rstrip()))
        for found in _BLOCK.finditer(text, within.start, within.end)
    )
