"""The legal words between the name of a priority and the priority itself.

"For FY 2031, this priority is an absolute priority …": notices of the U.S. Department of Education say first which rule
of 34 CFR 75.105(c) applies, and then what is asked for.
"""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice

from matcher.domain.evidence import Span
from matcher.notices.page import Page
from matcher.notices.wording import cue

_BEGINS = cue(
    r"\W{0,4}(?:for (?:FY|fiscal years?)\b.{0,240}?\bpriorit(?:y|ies)\b|(?:under|in accordance with) 34 CFR\b)"
)
_GOES_ON = cue(
    r"\W{0,4}(?:for (?:FY|fiscal years?)\b|(?:under|in accordance with) 34 CFR\b"
    r"|th(?:is|ese) priorit(?:y|ies) (?:is|are)\b"
    r"|(?:we|the secretary|the department) (?:considers? only|awards?|gives?|will (?:award|consider only))\b"
    r"|(?:note|background) ?:)"
)
_LONGEST_TITLE = 150
_MOST_SENTENCES = 12
"""A preamble has two to five sentences; the title and the text of the priority follow."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a priority begins after its preamble: its title, if it has one, and where its text does, in which block."""

    title: Span | None
    start: int
    block: int


def after_preamble(page: Page, block: int, start: int, limit: int) -> Opening | None:
    """Return where the priority begins whose name ends at `start` in `block`; None if no preamble stands there.

    `limit` is where the next priority begins.
    """
    sentences = page.sentences
    first = bisect_right(sentences, start, key=lambda sentence: sentence.span.end)
    if first == len(sentences) or not _BEGINS.match(page.text, start, sentences[first].span.end):
        return None
    following = islice(sentences, first + 1, first + 1 + _MOST_SENTENCES)
    own = [sentence for sentence in following if sentence.span.start < limit and not _GOES_ON.match(sentence.words)]
    if not own:
        return None
    title = own[0].span
    is_title = len(own) > 1 and own[0].block != own[1].block and title.end - title.start <= _LONGEST_TITLE
    return Opening(title, title.end, own[0].block) if is_title else Opening(None, title.start, own[0].block)
