"""How many awards a prose notice expects to make."""

import re

from matcher.domain.evidence import Fact, Span
from matcher.notices.other_money import PAST
from matcher.notices.page import Page, Sentence
from matcher.notices.wording import cue

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50,
}  # fmt: skip
_COUNT = rf"(?P<count>\d{{1,3}}(?:,\d{{3}})?|{'|'.join(_WORDS)})"
_ABOUT = r"(?:(?:approximately|about|around|roughly|up to|as many as|an estimated|at least) ){0,2}"
_NOT_A_COUNT = (
    r"(?!(?:million|billion|thousand|years?|months?|days?|percent|points?|or more|of|options?|types?|kinds?)\b)"
)
_OPEN_END = r"(?! (?:per|each|for each|for every|in each|proposal per|programs?|categor(?:y|ies)|cycles?|rounds?)\b)"
"""What is one for each says nothing of how many there are, and awards may only be a part of a name."""

_FORMS = (
    (
        rf"\bnumber of (?:awards|grants|projects|proposals|fellowships)(?: (?:expected|anticipated"
        rf"|to be (?:funded|awarded)))?\W{{1,4}}{_ABOUT}{_COUNT}\b"
    ),
    (
        rf"(?<![\w$€£.,–-]){_COUNT} {_NOT_A_COUNT}"
        r"(?:(?:(?!(?:for|of|to|in|from)\b)[a-z-]{1,20} ){0,2}(?:awards|grants|grantees|awardees|winners|fellowships)"
        r"|(?:winning|successful|selected) (?:proposals|projects|applications|applicants))\b"
    ),
    (
        rf"\b(?:fund|select|award|support) {_ABOUT}{_COUNT} (?:[a-z-]{{1,20}} ){{0,2}}"
        r"(?:projects|proposals|applicants|organizations|applications)\b"
    ),
    (
        rf"\b(?:fund|select) {_ABOUT}{_COUNT} (?:[a-z-]{{1,20}} ){{0,2}}"
        r"(?:agencies|recipients|grantees|institutions|states|communities)\b"
    ),
    (
        rf"\bawarded to {_ABOUT}{_COUNT} (?:[a-z-]{{1,20}} ){{0,2}}"
        r"(?:organi[sz]ations|applicants|recipients|contestants|winners|projects)\b"
    ),
    (rf"\b(?:issue|make|award|fund) {_ABOUT}{_COUNT} (?:[a-z-]{{1,20}} )?(?:cooperative agreement|grant|award)s?\b"),
)
_PATTERNS = tuple(cue(rf"{form}{_OPEN_END}") for form in _FORMS)
_A_COUNT = cue(rf"(?<![\w$€£.,–-]){_COUNT} [a-z]|\bnumber of\b")
_BEFORE_COUNT = cue(
    rf" (?:(?:is|are) available )?(?:for|to|to fund|to support|to make|among|across|between|in) {_ABOUT}"
)
_RANGE_BEFORE = cue(rf"(?:\d|\b(?:{'|'.join(_WORDS)})) ?(?:-|–|to|and|or) ?$")
_NUMBERED = cue(
    r"\b(?:propositions?|chapters?|titles?|subparts?|goals?|objectives?|priorit(?:y|ies)|tracks?|topics?|options?|parts?"
    r"|appendix|annex|attachment|section|phases?|types?|tiers?|rounds?|categor(?:y|ies)|cohorts?|levels?|stages?|steps?"
    r"|class(?:es)?|years?)"
    r" (?:\d{1,3} (?:and|or|&|to) )?$"
)
"""What stands before a number that is a name: "Track 2 awards"."""

_CONTEXT = 100


def expected_number_of_awards(page: Page) -> Fact[int] | None:
    """Return the number of awards, or None where `page` states none, or several that differ: one for each track."""
    counts = [count for sentence in page.sentences for count in _counts(page, sentence)]
    return counts[0] if len({count.value for count in counts}) == 1 else None


def is_shared_out(after: str) -> bool:
    """Return whether a number of awards follows an amount at once: "$4 million for about 20 awards"."""
    joint = _BEFORE_COUNT.match(after)
    return joint is not None and any(pattern.match(after, joint.end()) for pattern in _PATTERNS)


def _counts(page: Page, sentence: Sentence) -> list[Fact[int]]:
    """Return the counts by the first pattern that finds any; the earlier ones are surer."""
    if not _A_COUNT.search(sentence.words) or PAST.search(sentence.words):
        return []
    found = ([_count(page, sentence, match) for match in pattern.finditer(sentence.words)] for pattern in _PATTERNS)
    return next(filter(None, (list(filter(None, counts)) for counts in found)), [])


def _count(page: Page, sentence: Sentence, match: re.Match[str]) -> Fact[int] | None:
    written = match["count"].lower()
    count = _WORDS.get(written) or int(written.replace(",", ""))
    if not count or _is_none(sentence.words[: match.start("count")][-_CONTEXT:]):
        return None
    return Fact(count, page.quote_within(sentence, Span(*match.span())))


def _is_none(before: str) -> bool:
    """Whether the number ends a range, or names one of several things."""
    return bool(_RANGE_BEFORE.search(before) or _NUMBERED.search(before))
