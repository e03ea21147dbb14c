"""Whether a prose notice makes applicants bring money of their own."""

from matcher.domain.evidence import Fact, Span
from matcher.domain.vocabulary import Basis
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

_HINTS = ("match", "shar", "leverag")
_ANSWERS = (
    (_LEVERAGED, True, Basis.INFERRED),
    (_NOT_SHARED, False, Basis.STATED),
    (_SHARED, True, Basis.STATED),
)


def is_cost_sharing(page: Page) -> Fact[bool] | None:
    """Return what the first sentence of `page` on the matter says; None if none does.

    A share under another name is inferred.
    """
    return next((answer for sentence in page.sentences if (answer := _answer(page, sentence)) is not None), None)


def _answer(page: Page, sentence: Sentence) -> Fact[bool] | None:
    if not any(hint in sentence.folded for hint in _HINTS):
        return None
    for pattern, answer, basis in _ANSWERS:
        if found := pattern.search(sentence.words):
            return Fact(answer, page.quote_within(sentence, Span(*found.span())), basis)
    return None
