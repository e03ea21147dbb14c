"""What the money is for, where a notice states no priority: its own sentences of purpose, as one priority."""

import re

from matcher.domain.evidence import Span
from matcher.domain.opportunity import Priority
from matcher.domain.vocabulary import PriorityKind
from matcher.notices.page import Page, Sentence, shorter
from matcher.notices.told import told_priority
from matcher.notices.wording import cue

_KEY = "1"
_SURE = cue(
    r"\b(?:purposes? of|aims? (?:to|of|is)|(?:is|are) (?:designed|intended) to"
    r"|(?:goals?|objectives?|mission) (?:of|is|are)|our (?:goal|purpose|aim)|the (?:goal|purpose|aim))\b"
)
_LIKELY = cue(
    r"\b(?:seeks?|supports?|will (?:fund|support)|funds|provides? (?:funding|grants|support|assistance)|invites?"
    r"|goals?|objectives?|priority (?:is|will be)|to (?:promote|encourage|help|improve|advance|strengthen))\b"
)
_HEADING = cue(
    r"[\W\d]{0,8}(?:[IVX]{1,4}\. )?(?:(?:program|funding|project|grant|our) )?(?:purpose|goals?|objectives?|overview"
    r"|description|summary|background|about|introduction|priorit(?:y|ies)|focus areas?|what we fund|mission)\b"
)
_OTHER_MATTER = cue(
    r"\b(?:eligible|deadline|due|must be (?:submitted|received)|apply|applicants? (?:must|should|may))\b"
)
_LIST_FOLLOWS = re.compile(r":\W{0,3}$")
_SUBSTANTIAL = 80
"""Characters of a paragraph that says something of substance."""


def purpose_priority(page: Page) -> Priority | None:
    """Return one priority of kind PURPOSE in the notice's own words, or None if no sentence can serve.

    The surest sign wins: a sentence that names the purpose or goal, then a section on it, then what the money
    "supports" or "seeks", and at last the first substantial paragraph. Its title is the notice's.
    """
    position = _position(page)
    if position is None:
        return None
    span = _extent(page, position)
    title = page.title or shorter(span.of(page.text), _SUBSTANTIAL)
    return told_priority(page, _KEY, PriorityKind.PURPOSE, title, span)


def _position(page: Page) -> int | None:
    """Return which sentence the purpose begins with."""
    tests = (
        lambda sentence: _SURE.search(sentence.words),
        lambda sentence: sentence.heading and _HEADING.match(sentence.heading.words) and not _is_other(sentence),
        lambda sentence: _LIKELY.search(sentence.words) and not _is_other(sentence),
        lambda sentence: len(sentence.words) >= _SUBSTANTIAL,
        lambda sentence: any(letter.isalpha() for letter in sentence.words),
    )
    prose = [index for index, sentence in enumerate(page.sentences) if not page.blocks[sentence.block].is_heading]
    for test in tests:
        for position in prose or range(len(page.sentences)):
            if test(page.sentences[position]):
                return position
    return None


def _is_other(sentence: Sentence) -> bool:
    """Whether a sentence turns to money, dates or who may apply."""
    return bool(_OTHER_MATTER.search(sentence.words) or sentence.money or sentence.dates)


def _extent(page: Page, position: int) -> Span:
    """Return the sentence at `position` with what goes on in its paragraph, or with the list that it announces."""
    first = page.sentences[position]
    end = first.span.end
    for sentence in page.sentences[position + 1 :]:
        if sentence.block != first.block or _is_other(sentence):
            break
        end = sentence.span.end
    announces = _LIST_FOLLOWS.search(page.text[first.span.start : end][-8:]) is not None
    is_item = page.blocks[first.block].is_item
    for following in page.blocks[first.block + 1 :]:
        if not (following.is_item and (announces or is_item)):
            break
        end = following.span.end
    return Span(first.span.start, end)
