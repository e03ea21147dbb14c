"""Milestones from prose: each date takes the meaning of the cue that stands nearest to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from matcher.domain.dates import PartialDate
from matcher.domain.evidence import Span
from matcher.domain.opportunity import APPLICATION, KeyDate
from matcher.notices import milestone_cues as cues
from matcher.notices.page import Page, Sentence
from matcher.notices.publication import AWARD, INTENT, POST
from matcher.notices.wording import cue
from matcher.text.dates import DateMention, find_dates, writes_day_first

OPEN = "open"
"""The name of the day on which applications are first taken."""

START, END = "start", "end"
"""The days on which the projects begin and end."""

_NO_MILESTONE = "none"
_ALIAS = {
    "intent": INTENT,
    "award": AWARD,
    "open": OPEN,
    "post": POST,
    "start": START,
    "end": END,
    "application": APPLICATION,
}
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
        if previous and cues.UNTIL.fullmatch(dated.before):
            meanings[-1], meaning = _opened(previous), _closed(previous)
        elif previous and cues.ALSO.fullmatch(dated.before):
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


_OPENED = {APPLICATION: OPEN, END: START}
_CLOSED = {OPEN: APPLICATION, START: END}


def _opened(meaning: _Meaning) -> _Meaning:
    """Applications taken "from A to B" open on A, and projects that last so begin then."""
    return replace(meaning, name=_OPENED.get(meaning.name, meaning.name))


def _closed(meaning: _Meaning) -> _Meaning:
    return replace(meaning, name=_CLOSED.get(meaning.name, meaning.name))


def _meaning(page: Page, sentence: Sentence, dated: _Dated, *, is_first: bool) -> _Meaning | None:
    is_due = bool(cues.DUE.search(dated.before[-_FAR_BEFORE:]) or cues.DUE.search(dated.after[:_FAR_AFTER]))
    before_start = max(0, len(dated.before) - _FAR_BEFORE)
    nouns = list(cues.NOUN.finditer(dated.before, before_start))
    offset = dated.span.start - len(dated.before)
    is_label = bool(nouns and _LABEL_END.match(dated.before, nouns[-1].end()))
    if nouns and (meaning := _named(nouns[-1], offset, is_due=is_due or is_label)):
        return meaning
    if deadline := cues.DEADLINE.search(dated.before, before_start):
        return _Meaning(APPLICATION, Span(offset + deadline.start(), offset + deadline.end()))
    noun = cues.NOUN.search(dated.after[:_FAR_AFTER])
    is_behind = noun is not None and noun.lastgroup not in (START, END)
    if noun and is_behind and (meaning := _named(noun, dated.span.end, is_due=is_due)):
        return meaning
    if deadline := cues.DEADLINE.search(dated.after[:_FAR_AFTER]):
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
    nouns = list(cues.NOUN.finditer(heading.words))
    if nouns and (meaning := _named(nouns[-1], heading.span.start, is_due=bool(cues.DUE.search(heading.words)))):
        return meaning
    return _Meaning(APPLICATION, heading.span) if cues.DEADLINE.search(heading.words) else None
