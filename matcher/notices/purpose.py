"""What the money is for, where a notice states no priority: its own sentences of purpose, as one priority."""

import re

from matcher.domain.evidence import Span
from matcher.domain.opportunity import Priority
from matcher.domain.vocabulary import PriorityKind
from matcher.notices.page import Page, Sentence, shorter
from matcher.notices.told import told_priority
from matcher.notices.wording import cue

_KEY = "1"
_PROGRAM = (
    r"(?:program|grants?|funds?|funding|initiative|competition|awards?|opportunity|announcement|notice|solicitation|call"
    r"|project|challenge|NOFO|FOA|BAA|RFA|RFP|it|which)"
)
_SURE = cue(
    r"\b(?:purposes? of|aims? (?:to|of|is)|(?:goals?|objectives?|focus) (?:of|is|are)"
    r"|mission of (?:the|this|our) (?:\w{1,20} )?(?:program|grant|fund|foundation|trust|initiative)"
    rf"|{_PROGRAM}\b(?:(?!\b(?:that|which|for)\b)[^.;]){{0,60}} (?:is|are) (?:designed|intended) to"
    r"|our (?:goal|purpose|aim|mission)"
    r"|the (?:goal|purpose|aim))\b"
)
_NOT_ITS_OWN = cue(
    r"\bfor (?:the )?purposes? of (?:this|these|that|the|section|determin\w{3}|calculat\w{3}|eligib\w{4,6})\b"
    r"|\bwith the (?:goal|aim|purpose|objective) of\b|\b(?:primarily|only|solely) for the purposes? of\b"
    r"|\b(?:meets?|meeting|context of|align\w{0,5} with|consistent with|achiev\w{1,4}|contribut\w{1,4} to"
    r"|further(?:s|ing)?) (?:all |any |one of )?(?:the|our|its|these) (?:[\w-]{1,20} ){0,2}"
    r"(?:goals?|objectives?|purposes?|focus)\b"
)
"""What names a purpose without telling the program's own: a definition, a condition, a piece of advice."""

_LIKELY = cue(
    r"\b(?:seeks?|solicits?|supports?|will (?:fund|support|develop|establish|provide)|funds|provides? (?:funding|grants"
    r"|support|assistance|loans)|invites?|goals?|objectives?|encourages|focus(?:es|ed)? on|priority (?:is|will be)"
    r"|to (?:promote|encourage|help|improve|advance|strengthen))\b"
)
_TO_DO = cue(
    r"\W{0,3}to (?!(?:apply|be|learn|find|view|read|register|submit|receive|qualify|request|obtain|determine|date"
    r"|the|an?|this|our|all|your)\b)[a-z]{3,15} "
)
"""The first words of a notice that begins with what it is there to do."""

_ADVICE = cue(r"\W{0,3}(?:if|for more|for further|please|see|questions|instructions|frequently)\b")
_HEADING = cue(
    r"[\W\d]{0,8}(?:[IVX]{1,4}\. )?(?:(?:program|funding|project|grant|our) )?(?:purpose|goals?|objectives?|overview"
    r"|description|summary|background|about|introduction|priorit(?:y|ies)|focus areas?|what we fund|mission)\b"
)
_OTHER_MATTER = cue(
    r"\b(?:eligible|deadline|due|must be (?:submitted|received)|apply|applicants? (?:must|should|may))\b"
)
_OTHER_HEADING = cue(
    r"[\W\d]{0,8}(?:[IVX]{1,4}\. )?(?:additional information on )?(?:eligib\w{1,6}|who (?:may|can)"
    r"|how to apply|conditions|clos(?:e|ing) date|deadlines?|key dates|contacts?)\b"
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
    prose = [index for index, sentence in enumerate(page.sentences) if not page.blocks[sentence.block].is_heading]
    if prose and _TO_DO.match(page.sentences[prose[0]].words):
        return prose[0]
    tests = (
        _names_purpose,
        lambda sentence: sentence.heading and _HEADING.match(sentence.heading.words) and not _is_other(sentence),
        _tells_work,
        lambda sentence: len(sentence.words) >= _SUBSTANTIAL and not _is_under_other_heading(sentence),
        lambda sentence: any(letter.isalpha() for letter in sentence.words),
    )
    for test in tests:
        for position in prose or range(len(page.sentences)):
            if test(page.sentences[position]):
                return position
    return None


def _names_purpose(sentence: Sentence) -> bool:
    if _is_under_other_heading(sentence) or _ADVICE.match(sentence.words):
        return False
    return _SURE.search(_NOT_ITS_OWN.sub("", sentence.words)) is not None


def _tells_work(sentence: Sentence) -> bool:
    if _is_other(sentence) or _is_under_other_heading(sentence) or _ADVICE.match(sentence.words):
        return False
    return _LIKELY.search(_NOT_ITS_OWN.sub("", sentence.words)) is not None


def _is_under_other_heading(sentence: Sentence) -> bool:
    return sentence.heading is not None and _OTHER_HEADING.match(sentence.heading.words) is not None


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
