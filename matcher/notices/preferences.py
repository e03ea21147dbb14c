"""Preferences that a notice gives in a sentence: to whom, or to what, an application owes an advantage or none."""

import re
from collections.abc import Iterator
from itertools import count

from matcher.domain.opportunity import Priority
from matcher.domain.vocabulary import PriorityKind
from matcher.notices.listing import item_span
from matcher.notices.page import Page, Sentence, shorter
from matcher.notices.points import points_in
from matcher.notices.told import told_priority
from matcher.notices.wording import cue
from matcher.text.layout import collapsed

_FAVOURS = cue(
    r"\b(?:(?:preference|priority(?: consideration)?|special consideration|additional consideration)"
    r" (?:will|shall|may|is|can) (?:also )?be (?:given|granted|awarded) to\b"
    r"|(?:we|the \w{1,20}(?: \w{1,20})?) (?:will )?(?:gives?|grants?) (?:\w{1,12} )?"
    r"(?:preference|priority|special consideration) to\b"
    r"|(?:bonus|extra|additional|priority|preference) points (?:will|are|may|is|can)\b"
    r"|(?:receives?|earns?|awarded|gets?) (?:up to )?(?:an additional )?(?:\d{1,2}|two|three|four|five|ten) "
    r"(?:bonus|extra|additional|priority|preference) points\b)"
)
_INVITES = cue(
    r"\b(?:(?:we are|the \w{1,20}(?: \w{1,20})? is) (?:particularly|especially|most) interested in"
    r"|(?:we|the \w{1,20}(?: \w{1,20})?) (?:particularly|especially) (?:encourages?|welcomes?|invites?)"
    r"|(?:proposals|applications|projects) (?:\w{1,20} ){0,6}(?:are|is) (?:particularly|especially|strongly)"
    r" (?:encouraged|welcomed?|invited))\b"
)
_OF_A_NAMED_ONE = cue(
    r"\b(?:(?:absolute|competitive|preference|invitational|following|these|this|each|the) priorit(?:y|ies)|34 CFR)\b"
)
_LONGEST_TITLE = 100
_LONGEST_SENTENCE = 600
"""Characters; what is longer is a page that lost its line breaks, and speaks of more than a preference."""

_KEY = {PriorityKind.COMPETITIVE_PREFERENCE: "competitive", PriorityKind.INVITATIONAL: "invitational"}


def preferences(page: Page, named: tuple[Priority, ...]) -> tuple[Priority, ...]:
    """Return the preferences that sentences of `page` give, in order, beside the priorities that it `named`.

    A preference that counts is one of kind COMPETITIVE_PREFERENCE, a wish one of kind INVITATIONAL: 34 CFR 75.105(c)
    draws this line, and other funders' sentences fall on its sides. Sentences about the named priorities are theirs.
    """
    taken = [priority.quote.span for priority in named if priority.quote.span]
    keys = {priority.key for priority in named}
    numbers = {kind: count(1) for kind in _KEY}
    found: dict[str, Priority] = {}
    for kind, sentence in _spoken(page):
        if any(span.start < sentence.span.end and sentence.span.start < span.end for span in taken):
            continue
        words = collapsed(sentence.words).casefold()
        if words in found:
            continue
        item = item_span(page, sentence.span) if page.blocks[sentence.block].is_item else None
        span = item or sentence.span
        key = next(key for number in numbers[kind] if (key := f"{_KEY[kind]}-{number}") not in keys)
        points = points_in(sentence.words) if kind is PriorityKind.COMPETITIVE_PREFERENCE else None
        found[words] = told_priority(page, key, kind, shorter(span.of(page.text), _LONGEST_TITLE), span, points)
    return tuple(found.values())


def _spoken(page: Page) -> Iterator[tuple[PriorityKind, Sentence]]:
    patterns: tuple[tuple[PriorityKind, re.Pattern[str]], ...] = (
        (PriorityKind.COMPETITIVE_PREFERENCE, _FAVOURS),
        (PriorityKind.INVITATIONAL, _INVITES),
    )
    for sentence in page.sentences:
        is_long = len(sentence.words) > _LONGEST_SENTENCE
        if is_long or _OF_A_NAMED_ONE.search(sentence.words) or page.blocks[sentence.block].is_heading:
            continue
        kind = next((kind for kind, pattern in patterns if pattern.search(sentence.words)), None)
        if kind:
            yield kind, sentence
