"""Milestones from prose: each date takes the meaning of the cue that stands nearest to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from matcher.domain.dates import PartialDate
from matcher.domain.evidence import Span
from matcher.domain.opportunity import APPLICATION, KeyDate
from matcher.notices.page import Page, Sentence
from matcher.notices.publication import AWARD, INTENT, POST
from matcher.notices.wording import cue
from matcher.text.dates import DateMention, find_dates, writes_day_first

OPEN = "open"
"""The name of the day on which applications are first taken."""

_NO_MILESTONE = "none"
_ALIAS = {"intent": INTENT, "award": AWARD, "open": OPEN, "post": POST, "application": APPLICATION}
_NOUN = cue(
    r"(?P<intent>(?:notices?|letters?|statements?|expressions?) of (?:intent|inquiry|interest)(?: to apply)?"
    r"|\bintents? to (?:apply|submit)|\bLOIs?\b|\bpre-?(?:applications?|proposals?)(?: white papers?)?"
    r"|\b(?:concept|white) (?:papers?|notes?|outlines?)|\bstep-?(?:1|one) (?:proposals?|applications?))"
    r"|(?P<award>\b(?:award|grant|winner|grantee|awardee|recipient|finalist|applicant|funding decision)s?"
    r" (?:\w{1,12} ){0,3}(?:announce|notif|select)\w{0,12}|\bnotif\w{1,10} of (?:award|funding|selection)"
    r"|\b(?:anticipated|estimated|expected) (?:\w{1,12} )?award dates?|\baward (?:dates?|decisions?|letters))"
    r"|(?P<none>\b(?:webinars?|workshops?|information(?:al)? sessions?|conferences?|office hours|questions|comments?"
    r"|(?:start|end)(?:ing)? dates?|(?:project|grant|award|performance) period|period of performance|begin(?:s|ning)?"
    r"|inquir(?:y|ies)|regist(?:er|ration)|technical assistance|degrees?|(?:not eligible|ineligible) to apply"
    r"|reports?|meetings?|interviews?|site visits?|(?:last|previous) (?:year|round|cycle)|fiscal year|review(?:ed|s)?"
    r"|enacted|established|founded|signed|born|dated|effective(?: as of| on)?|original(?:ly)?|formerly"
    r"|(?:start|begin|began|commence)(?:s|ed)? (?:(?:no|not) (?:sooner|earlier|later)|(?:on or )?before)"
    r"|(?:could|may|might) close|(?:due|closing) dates? after|(?:issued|published|released) (?:after|before)"
    r"|(?:projects?|actions?|work|activities|construction|agreements?|contracts?|funds|costs) (?:\w{1,14} ){0,4}"
    r"(?:completed|concluded?|executed|closed out|finished|spent|expended|obligated|incurred))\b)"
    r"|(?P<open>\b(?:applications?|proposals?|submissions?|portal|competition|cycle|round) (?:\w{1,12} ){0,3}"
    r"(?:opens?\b|opened|available)|\bopens\b|\bopening date|\bopening of (?:the )?(?:call|submissions?)|\bcall opening"
    r"|\bopen (?:[\w-]{1,12},? ){0,5}from\b)"
    r"|(?P<post>\b(?:notice|announcement|opportunity|solicitation|RFP|NOFO) (?:\w{1,12} ){0,3}"
    r"(?:posted|published|issued|released)|\b(?:release|post(?:ed|ing)?|publication|issue) date"
    r"|^\W{0,6}(?:date )?(?:posted|published|issued|released)\b|\bdate of (?:notice(?! (?:to|of)\b)|publication)\b"
    r"|\bpublication of (?:the|this) (?:call|notice|announcement|solicitation)\b)"
    r"|(?P<application>\b(?:(?:full|final|grant|completed|step-?2) )?(?:applications?|proposals?|submissions?"
    r"|nominations?)\b|\bapply\b)"
)
_DUE = cue(
    r"\b(?:due|deadlines?|cut-?offs?|clos(?:es?|ed|ing)|no later than|not later than|on or before|before|until|through"
    r"|submit(?:ted)?|transmittal|receiv(?:ed?|ing)|accept(?:ed|ing)?|by)\b"
)
_DEADLINE = cue(
    r"\b(?:due|deadlines?|cut-?off(?: date)?|closing date|closes?|submit"
    r"|open (?:[\w-]{1,12} ){0,2}(?:until|through|till)"
    r"|(?:appl(?:y|ied)|submit(?:ted)?|receiv(?:ed?|ing)|postmarked) (?:[^.;]{0,60} )?"
    r"(?:(?:no|not) later than|on or before))\b"
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_UNTIL = cue(rf"\s{{0,3}}(?:extended )?(?:-|–|—|to|through|until)\s{{0,3}}{_WEEKDAY}")
_ALSO = cue(rf"\s{{0,3}}[,;&]?\s{{0,3}}(?:and|or)?\s{{0,3}}(?:(?:no|not) later than )?{_WEEKDAY}")
_SUPERSEDED = re.compile(r"[\W_]{0,4}(?:FROM|From):")
"""An amendment lists what was changed "FROM:" and "TO:"; the former holds no more."""

_STOP = re.compile(r"[.!?](?=\s|[A-Z][a-z])")
"""What ends a thought even where no space follows: a cue behind it speaks of another date."""

_LABEL_END = cue(r"(?: dates?)?\s{0,4}[:|–—-]\s{0,4}$")
_FAR_BEFORE, _FAR_AFTER = 240, 80
"""Characters; a cue further away than this speaks of something else."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a date means: a milestone's name, and where its cue stands in the text of the notice."""

    name: str
    cue: Span


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date of a sentence, its place in the notice's text, and what stands between it and its neighbours."""

    mention: DateMention
    span: Span
    before: str
    after: str


def read_milestones(page: Page) -> tuple[KeyDate, ...]:
    """Return the milestones that `page` states, each with its quote, in the order of the text.

    A date without a cue means nothing to an applicant and is left out. A day that is stated with and without its year
    is one milestone.
    """
    found: dict[tuple[str, PartialDate], KeyDate] = {}
    day_first = writes_day_first(page.text)
    for sentence in page.sentences:
        if _SUPERSEDED.match(page.blocks[sentence.block].words):
            continue
        mentions = find_dates(sentence.words, day_first=True) if day_first else sentence.dates
        for key_date in _of_sentence(page, sentence, mentions):
            found.setdefault((key_date.name, key_date.day), key_date)
    complete = {(name, day.month, day.day) for name, day in found if day.year is not None}
    return tuple(
        key
        for key in found.values()
        if key.day.year is not None or (key.name, key.day.month, key.day.day) not in complete
    )


def _of_sentence(page: Page, sentence: Sentence, mentions: tuple[DateMention, ...]) -> Iterator[KeyDate]:
    dates = _dates(sentence, mentions)
    meanings: list[_Meaning | None] = []
    meaning: _Meaning | None
    for position, dated in enumerate(dates):
        previous = meanings[-1] if meanings else None
        if previous and _UNTIL.fullmatch(dated.before):
            meanings[-1], meaning = _opened(previous), _closed(previous)
        elif previous and _ALSO.fullmatch(dated.before):
            meaning = previous
        else:
            meaning = _meaning(page, sentence, dated, is_first=position == 0)
        meanings.append(meaning)
    for dated, found in zip(dates, meanings, strict=True):
        if found and found.name != _NO_MILESTONE:
            quoted = Span(min(found.cue.start, dated.span.start), max(found.cue.end, dated.span.end))
            yield KeyDate(found.name, dated.mention.day, page.quote(quoted))


def _dates(sentence: Sentence, mentions: tuple[DateMention, ...]) -> list[_Dated]:
    starts = [*(mention.span.start for mention in mentions), len(sentence.words)]
    ends = [0, *(mention.span.end for mention in mentions)]
    return [
        _Dated(
            mention,
            sentence.span_of(mention.span.start, mention.span.end),
            sentence.words[ends[position] : mention.span.start],
            _STOP.split(sentence.words[mention.span.end : starts[position + 1]], maxsplit=1)[0],
        )
        for position, mention in enumerate(mentions)
    ]


def _opened(meaning: _Meaning) -> _Meaning:
    """Applications taken "from A to B" open on A."""
    return replace(meaning, name=OPEN) if meaning.name == APPLICATION else meaning


def _closed(meaning: _Meaning) -> _Meaning:
    return replace(meaning, name=APPLICATION) if meaning.name == OPEN else meaning


def _meaning(page: Page, sentence: Sentence, dated: _Dated, *, is_first: bool) -> _Meaning | None:
    is_due = bool(_DUE.search(dated.before[-_FAR_BEFORE:]) or _DUE.search(dated.after[:_FAR_AFTER]))
    before_start = max(0, len(dated.before) - _FAR_BEFORE)
    nouns = list(_NOUN.finditer(dated.before, before_start))
    offset = dated.span.start - len(dated.before)
    is_label = bool(nouns and _LABEL_END.match(dated.before, nouns[-1].end()))
    if nouns and (meaning := _named(nouns[-1], offset, is_due=is_due or is_label)):
        return meaning
    if deadline := _DEADLINE.search(dated.before, before_start):
        return _Meaning(APPLICATION, Span(offset + deadline.start(), offset + deadline.end()))
    noun = _NOUN.search(dated.after[:_FAR_AFTER])
    if noun and (meaning := _named(noun, dated.span.end, is_due=is_due)):
        return meaning
    if deadline := _DEADLINE.search(dated.after[:_FAR_AFTER]):
        return _Meaning(APPLICATION, Span(dated.span.end + deadline.start(), dated.span.end + deadline.end()))
    return _heading_meaning(page, sentence) if is_first else None


def _named(noun: re.Match[str], offset: int, *, is_due: bool) -> _Meaning | None:
    group = noun.lastgroup or _NO_MILESTONE
    if group == "application" and not is_due:
        return None
    return _Meaning(_ALIAS.get(group, _NO_MILESTONE), Span(offset + noun.start(), offset + noun.end()))


def _heading_meaning(page: Page, sentence: Sentence) -> _Meaning | None:
    """Read the cue from a heading that stands directly above the date's sentence."""
    heading = sentence.heading
    if heading is None or page.text[heading.span.end : sentence.span.start].strip():
        return None
    nouns = list(_NOUN.finditer(heading.words))
    if nouns and (meaning := _named(nouns[-1], heading.span.start, is_due=bool(_DUE.search(heading.words)))):
        return meaning
    return _Meaning(APPLICATION, heading.span) if _DEADLINE.search(heading.words) else None
