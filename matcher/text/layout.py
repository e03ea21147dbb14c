"""Extracted blocks to reading text: what PDF, DOCX and HTML have in common."""

import re
from collections.abc import Iterable
from itertools import pairwise

_LINE = range(50, 141)
"""How long the longest line is where somebody broke the lines of a paragraph by hand or by machine."""
_LIST_MARK = re.compile(r"(?:[-*•▪‣●○◦·]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
LIST_DASH = "- "
CELL_BREAK = " | "


def collapsed(text: str) -> str:
    """Return `text` with every run of white space as one space, and none at its ends."""
    return " ".join(text.split())


def starts_list_item(line: str) -> bool:
    """Whether `line` begins with a bullet or a number."""
    return _LIST_MARK.match(line.lstrip()) is not None


def joined_blocks(blocks: Iterable[str]) -> str:
    """Return the blocks as one text: a blank line between two, but one line break between the items of a list."""
    text: list[str] = []
    in_list = False
    for block in filter(None, (block.strip() for block in blocks)):
        is_item = starts_list_item(block)
        if text:
            text.append("\n" if is_item and in_list else "\n\n")
        text.append(block)
        in_list = is_item
    return "".join(text)


def flowing(text: str) -> str:
    """Return `text` with a space for every line break that only kept a line short; every other character stays.

    A line was broken for its length if the first word of the next one would have made it longer than all lines are.
    """
    lines = text.split("\n")
    width = max(map(len, lines))
    if width not in _LINE:
        return text
    flown = lines[:1]
    for line, following in pairwise(lines):
        word = next(iter(following.split()), "")
        is_broken = (
            bool(line.strip() and word) and len(line) + 1 + len(word) > width and not starts_list_item(following)
        )
        flown.append(f" {following}" if is_broken else f"\n{following}")
    return "".join(flown)
