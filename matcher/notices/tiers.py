"""Award tiers from prose: an amount of money beside a number of people served."""

import re
from dataclasses import dataclass
from itertools import pairwise

from matcher.domain.evidence import Span
from matcher.domain.opportunity import AwardTier
from matcher.notices.page import Page, Sentence
from matcher.notices.wording import cue
from matcher.text.money import MoneyMention

_NUMBER = r"\d{1,3}(?:,\d{3}){1,3}|\d{1,9}"
_PEOPLE = cue(
    rf"(?<![\d.,$€£])(?P<low>{_NUMBER})(?![\d%])"
    rf"(?: ?(?:-|–|—|to|and) ?(?P<high>{_NUMBER})(?![\d%])|(?P<more>\+| or more| and (?:more|above|over|up))"
    r"|(?P<less> or (?:fewer|less)))?"
)
_NOUN = cue(
    r" (?:[a-z-]{1,20} ){0,2}(?:students|people|participants|residents|children|youth|persons|individuals|families"
    r"|households|patients|clients|learners|pupils|inhabitants|members)\b"
)
_SERVING = cue(
    r"\b(?:serv(?:e|es|ing)|enroll(?:s|ing|ments? of)?|reach(?:es|ing)?|populations? of)"
    r" (?:[a-z-]{1,12} ){0,4}$"
)
_AT_LEAST = cue(r"\b(?:at least|no fewer than|minimum of|(?P<beyond>(?<!no\s)more than|over)) $")
_AT_MOST = cue(r"\b(?:up to|at most|no more than|maximum of|(?P<beyond>fewer than|less than|under)) $")
_AWARD = cue(r"\b(?:awards?|grants?|receive|request|apply for|tiers?)\b")
_BEFORE = 60


@dataclass(frozen=True, slots=True)
class _People:
    """A number or range of people served, and its place in its sentence."""

    minimum: int | None
    maximum: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class StatedTier:
    """A tier as a sentence states it, with the amount that it was read from."""

    tier: AwardTier
    money: MoneyMention


def stated_tiers(page: Page) -> tuple[StatedTier, ...]:
    """Return the tiers that `page` states, in order; only the stated ones, nothing between them is filled in."""
    by_sentence = [(sentence, _pairs(page, sentence)) for sentence in page.sentences]
    several = sum(len(pairs) for _, pairs in by_sentence) > 1
    return tuple(pair for sentence, pairs in by_sentence if several or _AWARD.search(sentence.words) for pair in pairs)


def _pairs(page: Page, sentence: Sentence) -> list[StatedTier]:
    amounts = sentence.money
    people = _people(sentence) if amounts else []
    if not people or len(people) != len(amounts) or not _alternate(amounts, people):
        return []
    tiers = []
    for money, one in zip(amounts, people, strict=True):
        start, end = min(money.span.start, one.span.start), max(money.span.end, one.span.end)
        quote = page.quote(sentence.span_of(start, end))
        tiers.append(StatedTier(AwardTier(money.minimum, money.maximum, one.minimum, one.maximum, quote), money))
    return tiers


def _alternate(amounts: tuple[MoneyMention, ...], people: list[_People]) -> bool:
    """Whether amounts and people take turns, so that it is plain which belong together."""
    order = sorted(
        [*((money.span.start, "money") for money in amounts), *((one.span.start, "people") for one in people)]
    )
    return all(left != right for (_, left), (_, right) in pairwise(order))


def _people(sentence: Sentence) -> list[_People]:
    taken = {
        offset
        for span in [*(money.span for money in sentence.money), *(day.span for day in sentence.dates)]
        for offset in range(span.start, span.end)
    }
    matches = (match for match in _PEOPLE.finditer(sentence.words) if taken.isdisjoint(range(*match.span())))
    return [people for match in matches if (people := _range(sentence.words, match))]


def _range(words: str, match: re.Match[str]) -> _People | None:
    before = words[max(0, match.start() - _BEFORE) : match.start()]
    at_least, at_most = _AT_LEAST.search(before), _AT_MOST.search(before)
    noun = _NOUN.match(words, match.end())
    is_range = match["high"] or match["more"] or match["less"] or at_least or at_most
    if not is_range or not (noun or _SERVING.search(before)):
        return None
    low = _whole(match["low"])
    high = _whole(match["high"]) if match["high"] else None
    if high is not None and high < low:
        return None
    limit = at_least or at_most
    start = match.start() - len(before) + limit.start() if limit else match.start()
    span = Span(start, noun.end() if noun else match.end())
    if high is not None:
        return _People(low, high, span)
    beyond = 1 if limit and limit["beyond"] else 0
    return _People(None, low - beyond, span) if at_most or match["less"] else _People(low + beyond, None, span)


def _whole(digits: str) -> int:
    return int(digits.replace(",", ""))
