"""Whether a prose notice makes applicants bring money of their own."""

from matcher.notices.page import Page, Sentence
from matcher.notices.wording import cue

_SHARE = (
    r"(?:match(?:ing)? (?:funds?|requirement|contribution|share|grant)|cost(?:-| )shar(?:e|ing)|local match"
    r"|match (?:is|of)|matching|(?:dollar-for-dollar|one-to-one|non-federal|cash|in-kind) (?:[a-z-]{1,12} )?match)"
)
_ASKED = r"(?:required|needed|necessary|mandatory|expected|requested|asked)"
_NOT_SHARED = cue(
    rf"\b(?:no|without) (?:[a-z]{{1,12}} ){{0,2}}{_SHARE}"
    rf"|{_SHARE}.{{0,60}}\b(?:(?:not|never|nor) (?:[a-z]{{1,12}} )?{_ASKED}|none|waived)\b"
    rf"|{_SHARE}[^.;]{{0,30}}: ?no\b|\bnot require.{{0,40}}{_SHARE}"
)
_SHARED = cue(
    rf"{_SHARE}.{{0,60}}\b(?:required|mandatory|yes|must)\b|\b(?:must|requires?"
    rf"|required)\b.{{0,80}}{_SHARE}"
    r"|\bmatch(?:ing)?(?: (?:funds|share|requirement))?(?: of|:)? (?:at least )?\d{1,3} ?(?:%|percent)"
    r"|\b\d{1,3} ?(?:%|percent) (?:[a-z-]{1,12} )?match\b"
)
_LEVERAGED = cue(r"\bleverag(?:ed?|ing)(?: funds)? (?:is|are) required\b")
"""Money that the applicant must bring under another name, even where no "match" is asked for."""


def is_cost_sharing(page: Page) -> bool | None:
    """Return what the first sentence of `page` on the matter says; None if none does."""
    return next((answer for answer in map(_answer, page.sentences) if answer is not None), None)


def _answer(sentence: Sentence) -> bool | None:
    words = sentence.words
    if _LEVERAGED.search(words):
        return True
    if _NOT_SHARED.search(words):
        return False
    return True if _SHARED.search(words) else None
