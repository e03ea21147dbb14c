"""What reviewers judge applications by, with the points that each criterion can earn."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from matcher.domain.evidence import Span
from matcher.domain.opportunity import SelectionCriterion
from matcher.notices.criteria_sentences import spoken_criteria
from matcher.notices.listing import heading_words
from matcher.notices.page import Block, Page, shorter
from matcher.notices.points import POINTS, number_of
from matcher.notices.wording import cue, plain, trimmed
from matcher.text.layout import CELL_BREAK, collapsed

_SECTION = cue(
    r"(?:.{0,40}\b)?(?:(?:selection|evaluation|review|scoring|rating|judging|merit|award|assessment) "
    r"(?:criteria|criterion|factors|rubric)|scoring|rubric|criteria|application review(?: information)?"
    r"|(?:application |proposal )?(?:review|scoring|selection|evaluation)(?: and (?:selection|scoring|award))? process"
    r"|how (?:we|your|the|applications?|proposals?)\b.{0,30}\b(?:score|review|evaluate|judge|select|assess)\w*.{0,30}"
    r")(?: ?\([^()]{1,40}\))?\W*"
)
_ANNOUNCED = cue(
    r"\b(?:(?:selection|evaluation|review|scoring|merit) criteria"
    r"|(?:scored|evaluated|judged|assessed|rated|reviewed|selected) "
    r"(?:\w{1,14} ){0,3}(?:on|by|according to|against|using|based on|for))\b"
)
_MARK = re.compile(
    r"\s*(?:(?P<hashes>#{1,6})\s*)?(?:\*\*|__)?"
    r"(?:(?P<bullet>[-*•▪●○◦·])\s+|(?P<letter>\(?[A-Za-z][.)])\s+|(?P<number>\(?\d{1,2}[.)])\s+"
    r"|(?P<roman>\(?[IVXivx]{1,5}[.)])\s+)?(?:\*\*|__)?"
    r"(?:(?P<named>(?:selection )?criterion|factor)\s+(?:\d{1,2}|[A-Z])\s*[:.–—-]\s*)?",
    re.IGNORECASE,
)
_QUALIFIER = r"(?:(?:worth|up to|maximum(?: of)?|max\.?|total(?: of)?|possible|points?:|score:|weight:) ?){0,3}"
_TITLE = r"(?P<title>[^\n|(\[:]{2,150}?)"
_SCORED = (
    cue(rf"{_TITLE} ?[.*_]{{0,3}} ?[(\[] ?{_QUALIFIER}{POINTS}[^)\]\n]{{0,30}}[)\]] ?(?=$|[.:;*_–—|\n]|-)"),
    cue(rf"{_TITLE} ?[*_]{{0,2}} ?[:|,–—-] ?{_QUALIFIER}{POINTS} ?(?=$|[.;:)|*\n])"),
    cue(rf"[(\[]?{_QUALIFIER}{POINTS}[)\]]? ?[:–—|-] ?(?P<title>[^\n|.:;]{{2,150}})"),
)
_TABLE_HEAD = cue(r"[^\n]{2,60}\|(?:[^\n|]{0,40}\|)*? ?(?:maximum |possible |max\.? )?(?:points|score|weight)\b[^\n]*")
_TABLE_ROW = cue(r"(?P<title>[^\n|]{2,150}) ?\|(?:[^\n|]{0,300}\|)*? ?(?P<points>\d{1,3})(?: ?points?)? ?\|?$")
_NO_CRITERION = cue(r"\W*(?:total|sub-?total|maximum|overall|absolute|competitive|invitational|bonus|minimum|points)\b")
_REVIEWERS_ASK = cue(
    r"(?:is|are|do|does|will|would|can|has|have|to what|how (?!to\b)|what|why|who (?!(?:can|may|is)\b)).{1,90}\?"
)
"""A question that explains a criterion looks like a heading otherwise."""

_TOTAL = cue(r"\W*(?:total|sub-?total|maximum total)\b[^\n]{0,40}\d")
_SHARE = re.compile(r"\s*[(\[]\s*\d{1,3}\s*(?:%|percent)[^)\]]{0,20}[)\]]")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class _Entry:
    """What names a criterion, and where it stands with what is said of it.

    `style` is how it is marked, so that what stands below it is told apart.
    """

    span: Span
    title: str
    points: int | None
    style: str


def read_selection_criteria(page: Page) -> tuple[SelectionCriterion, ...]:
    """Return the criteria that `page` states, in order; `points` only where the notice gives points.

    The criteria of the first section that has any are taken. Criteria without points are the items of its list. What
    stands below a criterion, factors with points of their own among it, belongs to its quote. Without such a section,
    the criteria are those of flowing sentences.
    """
    for blocks in _sections(page):
        entries = _scored(page, blocks) or _named(page, blocks)
        if entries:
            return tuple(
                SelectionCriterion(f"criterion-{position}", entry.title, page.quote(entry.span), entry.points)
                for position, entry in enumerate(entries, start=1)
            )
    return spoken_criteria(page)


def _sections(page: Page) -> Iterator[tuple[Block, ...]]:
    """Yield the blocks below each heading or sentence that announces criteria, up to a heading on another matter."""
    covered = 0
    for index, block in enumerate(page.blocks):
        if index < covered:
            continue
        is_section = block.is_heading and _SECTION.fullmatch(heading_words(block)) is not None
        if is_section or (block.words.endswith(":") and _ANNOUNCED.search(block.words)):
            blocks = tuple(_below(page, index))
            covered = index + 1 + len(blocks)
            if blocks:
                yield blocks


def _below(page: Page, index: int) -> Iterator[Block]:
    """Yield what belongs to the block at `index`: its section, or the list that its sentence announces."""
    for block in page.blocks[index + 1 :]:
        if not _belongs(page.blocks[index], block):
            return
        yield block


def _belongs(head: Block, block: Block) -> bool:
    is_entry = block.is_item or CELL_BREAK in block.words or _entry(block.span, block.words, in_table=False) is not None
    if is_entry or 0 < _level(head) < _level(block):
        return True
    return head.is_heading and (not block.is_heading or _REVIEWERS_ASK.fullmatch(block.words) is not None)


def _level(block: Block) -> int:
    """Return the depth of a Markdown heading, 0 for all else."""
    return len(block.words) - len(block.words.lstrip("#"))


def _scored(page: Page, blocks: tuple[Block, ...]) -> list[_Entry]:
    """Return the lines that give points, in the style of the first one, each with what follows it."""
    lines = [
        Span(block.span.start + line.start(), block.span.start + line.end())
        for block in blocks
        for line in _LINE.finditer(block.words)
    ]
    entries: list[_Entry] = []
    in_table = False
    end = blocks[-1].span.end
    for line in lines:
        words = plain(line.of(page.text))
        if entries and _TOTAL.match(words):
            end = line.start
            break
        in_table = _TABLE_HEAD.fullmatch(words) is not None or (in_table and CELL_BREAK in words)
        entry = _entry(line, words, in_table=in_table)
        if entry and (not entries or entry.style == entries[0].style):
            entries.append(entry)
    return list(_with_what_follows(page, entries, end))


def _with_what_follows(page: Page, entries: list[_Entry], end: int) -> Iterator[_Entry]:
    """Yield each entry with the words up to the next one, the last with those up to `end`."""
    limits = [*(entry.span.start for entry in entries[1:]), end]
    for entry, limit in zip(entries, limits[: len(entries)], strict=True):
        span = trimmed(page.text, entry.span.start, limit)
        if span:
            yield replace(entry, span=span)


def _entry(line: Span, words: str, *, in_table: bool) -> _Entry | None:
    """Return what a line names; None if it gives no points."""
    mark = _MARK.match(words)
    start = mark.end() if mark else 0
    style = (mark.lastgroup if mark else None) or ""
    patterns = (*_SCORED, _TABLE_ROW) if in_table else _SCORED
    match = next(filter(None, (pattern.match(words, start) for pattern in patterns)), None)
    if match is None or not _is_title(match["title"]):
        return None
    points = number_of(match["points"])
    return _Entry(line, collapsed(match["title"]).strip(" .*_:–—-"), points or None, style)


def _is_title(words: str) -> bool:
    return words[:1].isalpha() and not _NO_CRITERION.match(words) and not _SECTION.fullmatch(words)


def _named(page: Page, blocks: tuple[Block, ...]) -> list[_Entry]:
    """Return the items of the first list, for criteria without points; what follows a heading belongs to it."""
    entries: list[_Entry] = []
    named = [(block, mark) for block in blocks if (mark := _MARK.match(block.words)) and mark.lastgroup]
    for block, mark in named:
        name = re.split(r"[:.;?\n]|\s[–—-]\s", block.words[mark.end() :], maxsplit=1)[0]
        title = shorter(_SHARE.sub("", name).strip("*_ "), _LONGEST_TITLE)
        if mark.lastgroup == named[0][1].lastgroup and _is_title(title):
            entries.append(_Entry(block.span, title, None, mark.lastgroup or ""))
    if all(block.is_heading or mark.lastgroup == "named" for block, mark in named):
        return list(_with_what_follows(page, entries, blocks[-1].span.end))
    return entries
