"""Priorities that a prose notice states by name: absolute, competitive preference, invitational, and numbered goals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice, takewhile

from matcher.domain.evidence import Span
from matcher.domain.opportunity import Priority
from matcher.domain.vocabulary import PriorityKind
from matcher.notices.listing import item_span
from matcher.notices.page import Block, Page, shorter
from matcher.notices.points import points_in, points_of_preferences
from matcher.notices.preamble import after_preamble
from matcher.notices.told import told_priority
from matcher.notices.wording import cue, trimmed
from matcher.text.layout import collapsed
from matcher.text.sentences import sentence_spans

_NAME = cue(
    r"[\W_]{0,6}(?P<label>(?P<kind>absolute|competitive(?: preference)?|invitational) priority"
    r"(?: (?P<number>\d{1,2}|[IVX]{1,4}|[A-H])\b)?"
    r"|(?:goal|priority|(?:priority|focus|topic|program) area|topic|track|theme) (?P<goal>\d{1,2}))"
    r" ?(?P<points>\([^()]{1,80}\))? ?(?:\*\*|__)? ?(?::|—|–|--|-|\.|$) ?(?:\*\*|__)?"
)
_POINTS_NOTE = cue(r" ?\((?:[^()]{0,40} )?\d{1,3} (?:\w{1,20} )?points?\)")
_OVER = cue(r"\b(?:is|are|was|were|has been) (?:now )?(?:closed|cancell?ed|withdrawn|suspended)\b")
"""A topic that nobody can apply to any more is no aim."""

_ANNOUNCES = cue(
    r"\b(?:following|these|(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})) (?:[a-z-]{1,20} ){0,2}"
    r"(?:priorit(?:y areas|ies)|focus areas|areas of (?:focus|interest)|topics|themes)\b(?![^.:;]{0,40}\bcriteri)"
    r"[^.;]{0,100}:\W{0,3}$"
)
"""What a list of goals follows: "funds projects in three focus areas:"."""

_FEWEST_GOALS = 2
_GOES_ON = cue(
    r"(?:to (?:meet|address|receive points (?:for|under))|under|for|in meeting) (?:this|the) priority\b"
    r"|(?:an applicant|applicants|projects|proposed projects|applications) (?:must|should|may|will|that|propos)"
)
_OPEN_END = re.compile(r"(?:[:;,—–]|\b(?:and|or|following\.?))\W{0,4}$", re.IGNORECASE)
_KINDS = {
    "absolute": PriorityKind.ABSOLUTE,
    "competitive": PriorityKind.COMPETITIVE_PREFERENCE,
    "invitational": PriorityKind.INVITATIONAL,
}
_KEY_PREFIXES = {
    PriorityKind.ABSOLUTE: "",
    PriorityKind.COMPETITIVE_PREFERENCE: "competitive-",
    PriorityKind.INVITATIONAL: "invitational-",
    PriorityKind.GOAL: "goal-",
}
_LONGEST_TITLE = 150


@dataclass(frozen=True, slots=True)
class _Heading:
    """The name of a priority as it stands at the start of a sentence; `end` is where its title or text begins."""

    match: re.Match[str]
    block: int
    start: int
    end: int
    sentence_end: int

    @property
    def kind(self) -> PriorityKind:
        kind = self.match["kind"]
        return _KINDS[kind.split()[0].lower()] if kind else PriorityKind.GOAL

    @property
    def number(self) -> str:
        return (self.match["number"] or self.match["goal"] or "").upper()


@dataclass(frozen=True, slots=True)
class _Body:
    """What a priority is called, and where its text stands (its title's place if it has no other text)."""

    title: str
    statement: Span


def stated_priorities(page: Page) -> tuple[Priority, ...]:
    """Return the priorities that `page` names, in order; a priority named twice is read where it is told at length.

    An absolute priority's key is its number; the other kinds carry their name before it. Where nothing is named, the
    items of a list that a sentence announces as priorities are goals.
    """
    headings = list(_headings(page))
    if not headings:
        return tuple(_announced_goals(page))
    numbers = {(heading.kind, heading.number): heading.number for heading in headings if heading.number}
    granted = points_of_preferences(page)
    found: dict[str, Priority] = {}
    for position, heading in enumerate(headings):
        limit = headings[position + 1].start if position + 1 < len(headings) else len(page.text)
        body = _body(page, heading, limit)
        name = (heading.kind, heading.number or body.title.casefold())
        number = numbers.setdefault(name, _free_number(heading.kind, numbers))
        points = _points(heading, page.text[heading.end : body.statement.end])
        if heading.kind is PriorityKind.COMPETITIVE_PREFERENCE:
            points = points or granted.get(heading.number)
        key = _KEY_PREFIXES[heading.kind] + number
        priority = told_priority(page, key, heading.kind, body.title, body.statement, points)
        known = found.get(priority.key)
        if known is None or len(priority.quote.text) > len(known.quote.text):
            found[priority.key] = priority
    return tuple(found.values())


def _headings(page: Page) -> Iterator[_Heading]:
    for index, block in enumerate(page.blocks):
        for sentence in sentence_spans(block.words):
            match = _NAME.match(block.words, sentence.start, sentence.end)
            if match and not _OVER.search(block.words, match.end(), sentence.end):
                offset = block.span.start
                yield _Heading(match, index, offset + sentence.start, offset + match.end(), offset + sentence.end)


def _announced_goals(page: Page) -> Iterator[Priority]:
    """Yield the items of the first list that a sentence announces as priorities; with points, they are preferences."""
    for index, block in enumerate(page.blocks):
        if block.is_item or not _ANNOUNCES.search(block.words):
            continue
        items = takewhile(lambda following: following.is_item, islice(page.blocks, index + 1, None))
        spans = list(filter(None, (item_span(page, item.span) for item in items)))
        if len(spans) >= _FEWEST_GOALS:
            points = [points_in(span.of(page.text)) for span in spans]
            kind = PriorityKind.COMPETITIVE_PREFERENCE if any(points) else PriorityKind.GOAL
            for number, span in enumerate(spans, start=1):
                title = shorter(_POINTS_NOTE.sub("", span.of(page.text)), _LONGEST_TITLE)
                yield told_priority(page, f"{_KEY_PREFIXES[kind]}{number}", kind, title, span, points[number - 1])
            return


def _free_number(kind: PriorityKind, numbers: dict[tuple[PriorityKind, str], str]) -> str:
    """Return the first number that no priority of its kind has, for one that the notice does not number."""
    taken = {number for (other, _), number in numbers.items() if other is kind}
    return next(number for number in map(str, count(1)) if number not in taken)


def _body(page: Page, heading: _Heading, limit: int) -> _Body:
    title_span, start, block = _title(page, heading, limit)
    label = collapsed(heading.match["label"])
    title = _POINTS_NOTE.sub("", collapsed(title_span.of(page.text))).strip(" .:*_—–-#") if title_span else label
    told = trimmed(page.text, start, _body_end(page, block, start, limit))
    return _Body(title or label, told or title_span or Span(heading.start, heading.end))


def _title(page: Page, heading: _Heading, limit: int) -> tuple[Span | None, int, int]:
    """Return the title's place (None if the text begins at once), where the text begins, and in which block."""
    opening = after_preamble(page, heading.block, heading.end, limit)
    if opening:
        return opening.title, opening.start, opening.block
    rest = trimmed(page.text, heading.end, heading.sentence_end)
    if rest and rest.end - rest.start <= _LONGEST_TITLE:
        return rest, heading.sentence_end, heading.block
    if rest:
        return None, rest.start, heading.block
    following = page.blocks[heading.block + 1] if heading.block + 1 < len(page.blocks) else None
    if following and following.is_heading and not _NAME.match(following.words):
        return following.span, following.span.end, heading.block + 1
    return None, heading.sentence_end, heading.block


def _body_end(page: Page, index: int, body_start: int, limit: int) -> int:
    """Return where the priority's text ends: with its paragraph, or with the list that the paragraph announces."""
    block = page.blocks[index]
    end = block.span.end
    for following in page.blocks[index + 1 :]:
        has_body = bool(page.text[body_start:end].strip())
        if following.span.start >= limit or not _belongs(block, following, has_body=has_body):
            break
        block, end = following, following.span.end
    return min(end, limit)


def _belongs(block: Block, following: Block, *, has_body: bool) -> bool:
    if following.is_item:
        return block.is_item or not has_body or _OPEN_END.search(block.words[-20:]) is not None
    if following.is_heading:
        return False
    return not has_body or bool(_OPEN_END.search(block.words[-20:]) or _GOES_ON.match(following.words))


def _points(heading: _Heading, words: str) -> int | None:
    return points_in(heading.match["points"] or "") or points_in(words)
