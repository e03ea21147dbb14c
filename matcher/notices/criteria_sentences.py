"""Selection criteria in flowing sentences: "The Secretary awards up to 20 points for …", "Impact (30 points)"."""

import re
from collections.abc import Iterator

from matcher.domain.evidence import Span
from matcher.domain.opportunity import SelectionCriterion
from matcher.notices.page import Block, Page, shorter
from matcher.notices.points import POINTS, number_of
from matcher.notices.wording import cue, trimmed

_SUM = cue(
    r"\b(?:total|combined|overall|maximum (?:score|points)|bonus|extra|additional|competitive|preference|invitational"
    r"|priorit(?:y|ies)|threshold|minimum)\b"
)
_AWARDED = (
    cue(
        r"\b(?:awards?|assigns?|gives?|grants?|allocates?) (?:an application |applicants? |a maximum of |up to ){0,2}"
        rf"{POINTS} (?:to an application )?(?:for|based on|on the basis of|to) (?:how well )?(?:the )?"
        r"(?P<title>[^.;:,()]{3,150})"
    ),
    cue(
        rf"\b{POINTS} (?:will be|are|may be|can be) (?:awarded|assigned|given|allocated|earned) (?:for|to|based on)"
        r" (?:the )?(?P<title>[^.;:,()]{3,150})"
    ),
    cue(
        r"\b(?:the )?(?P<title>[a-z][^.;:,()]{2,100}?) (?:(?:is|are) worth|counts? for|can earn|earns?)"
        rf" (?:up to )?{POINTS}"
    ),
)
_CRITERIA = cue(
    r"\b(?:(?:selection|evaluation|review|scoring|award|judging|merit) (?:criteria|factors)|criteria)\b"
    r"(?: ?:| (?:are|is|include|of)\b ?:?| ?\((?!\d))?"
)
_FIRST_MARK = re.compile(r"(?:^|[\s:.;])(?=(?:\([a1]\)|[a1][.)]|[•*-])\s)")
_SCORE = cue(rf" ?[(\[](?:up to |maximum (?:of )?|max\.? |worth (?:up to )?)?{POINTS}[^)\]]{{0,30}}[)\]]")
_NUMBERED = re.compile(r"\bCriterion\s+(?:\d{1,2}|[A-Z])\s?[:.–—-]\s?(?P<title>[^;.:\n]{2,120})")
_MARK = re.compile(
    r"^(?:[\s;,.:&•*-]|(?:and|or)(?:\b|(?-i:(?=[A-Z])))|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)])+", re.IGNORECASE
)
_JUDGED_ON = cue(
    r"\b(?:applications?|proposals?|projects?|awards?|submissions?|nominations?)\b[^.;:]{0,60}\b"
    r"(?:evaluated|scored|judged|assessed|rated|reviewed|selected) (?:based |solely |primarily ){0,2}"
    r"(?:on|against|according to) (?:the (?:basis|strength)s? of )?"
    r"(?:the following (?:\w{1,14} )?(?:criteria|factors):? )?(?P<list>[^.;:]{8,400})(?=[.;]|$)"
)
_FOLLOWING = cue(
    r"\b(?:scores?|select|evaluat|judg|assess|rat|rank|review)(?:es?|ed|s|ing)?\b[^.:]{0,80}"
    r"\bfollowing (?:\w{1,14} ){0,2}(?:criteria|factors) ?: ?(?P<list>[^.:]{8,800}?)(?=[.:]|$)"
)
_JUDGED = re.compile(r"(?:evaluat|scor|judg|assess|rat|review|select)ed\s", re.IGNORECASE)
_NO_NAME = cue(
    r"\b(?:bas(?:is|es)|including|following|process|panels?|committees?|served|guaranteed|based|should|(?:is|are|will))\b"
)
_COMMAS = re.compile(r",\s+(?:(?:and|or)\s+)?|(?<=\w)\s+and\s+(?=[^,]*$)")
_AND = re.compile(r"\s+and\s+")
_LONGEST_NAME, _MOST_WORDS_OF_NAME, _LONGEST_TITLE = 120, 8, 120
_FEWEST = 2


def spoken_criteria(page: Page) -> tuple[SelectionCriterion, ...]:
    """Return the criteria that sentences of `page` state, in order; none where a single one is told.

    Points for preferences, sums and thresholds are no criteria.
    """
    for read in (_scored_in_lists, _awarded, _numbered, _following, _judged_on):
        found = {title.casefold(): (title, span, points) for title, span, points in read(page)}
        if len(found) >= _FEWEST:
            return tuple(
                SelectionCriterion(f"criterion-{number}", title, page.quote(span), points)
                for number, (title, span, points) in enumerate(found.values(), start=1)
            )
    return ()


_Told = Iterator[tuple[str, Span, int | None]]
"""Titles, where the words of each stand, and their points."""


def _awarded(page: Page) -> _Told:
    for sentence in page.sentences:
        if "point" not in sentence.folded or _SUM.search(sentence.words):
            continue
        match = next(filter(None, (pattern.search(sentence.words) for pattern in _AWARDED)), None)
        if match:
            yield _title(match["title"]), sentence.span, number_of(match["points"]) or None


def _scored_in_lists(page: Page) -> _Told:
    """Yield what stands before each score of a paragraph that speaks of criteria."""
    for block in page.blocks:
        if "(" not in block.words and "[" not in block.words:
            continue
        scores = list(_SCORE.finditer(block.words))
        if len(scores) < _FEWEST or not _CRITERIA.search(block.words, 0, scores[0].end()):
            continue
        start = _start_of_list(block, scores[0].start())
        for score in scores:
            span = trimmed(block.words, start, score.start())
            mark = _MARK.match(block.words[span.start : span.end]) if span else None
            if span:
                start = span.start + (mark.end() if mark else 0)
                title = _name(block.words[start : span.end])
                if title and not (_SUM.search(title) or _NO_NAME.search(title)):
                    offset = block.span.start
                    yield title, Span(offset + start, offset + score.end()), number_of(score["points"]) or None
            start = score.end()
        return


def _start_of_list(block: Block, first_score: int) -> int:
    """Return where the list of criteria begins: with its first mark, or behind the words that announce it."""
    announced = [found.end() for found in _CRITERIA.finditer(block.words, 0, first_score)]
    begun = announced[0] if announced else 0
    mark = _FIRST_MARK.search(block.words, begun, first_score)
    return mark.end() if mark else announced[-1] if announced else 0


def _name(words: str) -> str | None:
    """Return the title of a criterion: what stands before its colon, or the whole if it is short."""
    name, colon, _ = words.partition(":")
    if colon and len(name) <= _LONGEST_NAME:
        return _title(name)
    return _title(words) if len(words) <= _LONGEST_NAME else None


def _numbered(page: Page) -> _Told:
    for block in page.blocks:
        for match in _NUMBERED.finditer(block.words):
            offset = block.span.start
            yield _title(match["title"]), Span(offset + match.start(), offset + match.end()), None


def _following(page: Page) -> _Told:
    """Yield the parts, each behind a semicolon, of the first list that a sentence on judging announces."""
    for block in page.blocks:
        match = _FOLLOWING.search(block.words) if ";" in block.words else None
        parts = [part for part in match["list"].split(";") if part.strip()] if match else []
        if match and len(parts) >= _FEWEST and all(len(part) <= _LONGEST_NAME for part in parts):
            offset = block.span.start
            for part in parts:
                start = block.words.index(part, match.start("list"))
                span = trimmed(block.words, start, start + len(part))
                if span:
                    yield _title(part), Span(offset + span.start, offset + span.end), None
            return


def _judged_on(page: Page) -> _Told:
    for sentence in page.sentences:
        match = _JUDGED_ON.search(sentence.words) if _JUDGED.search(sentence.words) else None
        names = _names(match["list"]) if match else []
        if len(names) >= _FEWEST and all(map(_is_name, names)):
            for name in names:
                yield name, sentence.span, None
            return


def _names(words: str) -> list[str]:
    """Return the entries of a list in a sentence: "A, B and C", and "A and B" where no comma separates more."""
    parts = _COMMAS.split(words) if "," in words else _AND.split(words)
    return list(map(_title, parts))


def _is_name(words: str) -> bool:
    return 0 < len(words.split()) <= _MOST_WORDS_OF_NAME and not _NO_NAME.search(words)


def _title(words: str) -> str:
    return shorter(_MARK.sub("", words).strip(" .*_:–—-\"'"), _LONGEST_TITLE)
