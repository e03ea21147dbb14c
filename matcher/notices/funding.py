"""The money of a prose notice: what is there in total, how many awards, and how large one may be."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from matcher.domain.opportunity import FundingRange
from matcher.notices.page import Page, Sentence
from matcher.notices.tiers import StatedTier, stated_tiers
from matcher.notices.wording import cue
from matcher.text.money import MoneyMention

_COUNT_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50,
}  # fmt: skip
_COUNT = rf"(?P<count>\d{{1,3}}(?:,\d{{3}})?|{'|'.join(_COUNT_WORDS)})"
_ABOUT = r"(?:(?:approximately|about|around|roughly|up to|as many as|an estimated|at least) ){0,2}"
_AWARD_COUNTS = (
    cue(
        rf"\bnumber of (?:awards|grants|projects|fellowships)(?: (?:expected"
        rf"|anticipated))?\W{{1,4}}{_ABOUT}{_COUNT}\b"
    ),
    cue(
        rf"(?<![\d$€£.,–-]){_COUNT} (?!(?:million|billion|thousand|years?|months?|days?|percent|points?)\b)"
        r"(?:(?:[a-z-]{1,20} ){0,2}(?:awards|grants|grantees|awardees|winners|fellowships)"
        r"|(?:winning|successful|selected) (?:proposals|projects|applications|applicants))\b"
    ),
    cue(
        rf"\b(?:fund|select|award|support) {_ABOUT}{_COUNT} (?:[a-z-]{{1,20}} ){{0,2}}"
        r"(?:projects|proposals|applicants|organizations|applications)\b"
    ),
)
_RANGE_BEFORE = re.compile(r"\d\s?(?:-|–|to|and)\s?$", re.IGNORECASE)
_PAST = cue(
    r"\b(?:last|previous|prior) (?:year|round|cycle|fiscal year)\b|\b(?:has|have) (?:awarded|made|funded)\b"
    r"|\bsince \d{4}"
)

_OTHER_MONEY = cue(
    r"\b(?:average|budgets?|revenues?|incomes?|assets|fees?|match(?:ing|es)?|salar(?:y|ies)|costs?|cost-?sharing"
    r"|fines?|insurance) (?:\S{1,20} ){0,5}$"
)
_TOTAL_BEFORE = cue(
    r"\b(?:total(?:s|ing|ling)?|(?:total|available|program|overall|estimated) (?:program )?(?:funding|funds|amount"
    r"|budget)|funding available|available funds|pool)(?: (?:[a-z()]{1,20} ){0,4}|\W{1,4})$"
)
_TOTAL_AFTER = cue(
    r" (?:in total\b|to (?:give|award|distribute|grant)\b|in (?:[a-z-]{1,20} ){0,2}(?:funding|funds|grants|awards)\b"
    r"|(?:grant )?(?:program|fund|initiative|competition|pool|challenge)\b)"
)
_AVAILABLE = cue(
    r" (?:[a-z]{1,12} )?(?:(?:is|are|will be|has been|have been) (?:[a-z]{1,12} ){0,3}(?:allocated|appropriated"
    r"|available)|available)\b"
)
_BEFORE_COUNT = cue(
    rf" (?:(?:is|are) available )?(?:for|to|to fund|to support|to make|among|across|between|in) {_ABOUT}"
)
_EACH = cue(
    r" (?:[a-z]{1,12} ){0,2}(?:per|each|apiece|grants?|awards?|stipends?|prizes?|fellowships?)\b"
    r"|\W{0,2}(?:to )?each\b"
)
_LINK = (
    r"(?:will|may|can|could|should|must|are|is|be|being|generally|typically|usually|normally|not|anticipated|expected"
    r"|rang(?:e|es|ing)|runs?|var(?:y|ies)|limited|capped|worth|valued|between|from|of|at|to|in|the|an?|up|amounts?"
    r"|exceed|each|for|maximum|minimum|made|awarded|grants?|awards?|total)"
)
_AWARD_BEFORE = cue(
    r"\b(?:(?:awards?|grants?|stipends?|prizes?|fellowships?|requests?)"
    r"(?: (?:amounts?|sizes?|ceilings?|floors?|ranges?))?|request|receive|apply for|amounts?)"
    rf"\W{{1,4}}(?:{_LINK} ){{0,6}}$"
)
_AWARDS_AS_VERB = cue(r"\bawards? $")
_FLOOR = cue(r"\b(?:floor|minimum|smallest)\b")
_CEILING = cue(r"\b(?:ceiling|maximum|largest|capped|limited to|exceed)\b")
_CONTEXT = 100

_SHARE = (
    r"(?:match(?:ing)? (?:funds?|requirement|contribution|share|grant)|cost(?:-| )shar(?:e|ing)|local match"
    r"|match (?:is|of)|matching)"
)
_NOT_SHARED = cue(
    rf"\b(?:no|without) (?:[a-z]{{1,12}} ){{0,2}}{_SHARE}|{_SHARE}.{{0,60}}\b(?:not|no|none|waived)\b"
    rf"|\bnot require.{{0,40}}{_SHARE}"
)
_SHARED = cue(
    rf"{_SHARE}.{{0,60}}\b(?:required|mandatory|yes|must)\b|\b(?:must|requires?"
    rf"|required)\b.{{0,80}}{_SHARE}"
)


class _Role(Enum):
    TOTAL = "total"
    AWARD = "award"


@dataclass(frozen=True, slots=True)
class _Amount:
    """A mention with its role; `minimum` and `maximum` bound one award where the role is an award."""

    role: _Role
    minimum: int | None
    maximum: int | None
    currency: str


def read_funding(page: Page) -> FundingRange:
    """Return what `page` says of the money; whatever it does not say is None, and tiers are the stated ones only.

    Amounts in another currency than the first one that has a role are left out.
    """
    tiers = stated_tiers(page)
    amounts = [*_tier_amounts(tiers), *(amount for sentence in page.sentences for amount in _amounts(sentence))]
    currency = amounts[0].currency if amounts else "USD"
    amounts = [amount for amount in amounts if amount.currency == currency]
    awards = [amount for amount in amounts if amount.role is _Role.AWARD]
    return FundingRange(
        award_floor=min((amount.minimum for amount in awards if amount.minimum is not None), default=None),
        award_ceiling=max((amount.maximum for amount in awards if amount.maximum is not None), default=None),
        estimated_total_program_funding=_total(amounts),
        expected_number_of_awards=next(filter(None, map(_award_count, page.sentences)), None),
        is_cost_sharing=next((answer for answer in map(_cost_sharing, page.sentences) if answer is not None), None),
        currency=currency,
        tiers=tuple(stated.tier for stated in tiers if stated.money.currency == currency),
    )


def _tier_amounts(tiers: Iterable[StatedTier]) -> Iterator[_Amount]:
    for stated in tiers:
        yield _Amount(_Role.AWARD, stated.money.minimum, stated.money.maximum, stated.money.currency)


def _amounts(sentence: Sentence) -> Iterator[_Amount]:
    """Yield the amounts of a sentence whose role its words tell."""
    if _PAST.search(sentence.words):
        return
    mentions = sentence.money
    starts = [*(mention.span.start for mention in mentions), len(sentence.words)]
    previous_end = 0
    role: _Role | None = None
    for mention, limit in zip(mentions, starts[1:], strict=True):
        before = sentence.words[max(previous_end, mention.span.start - _CONTEXT) : mention.span.start]
        after = sentence.words[mention.span.end : min(limit, mention.span.end + _CONTEXT)]
        role = _role(mention, before, after, role)
        previous_end = mention.span.end
        if role:
            yield _bounded(role, mention, before)


def _role(mention: MoneyMention, before: str, after: str, previous: _Role | None) -> _Role | None:
    if _TOTAL_BEFORE.search(before) or _TOTAL_AFTER.match(after) or _is_shared_out(after):
        return _Role.TOTAL
    if _EACH.match(after):
        return _Role.AWARD
    is_verb = mention.minimum == mention.maximum and _AWARDS_AS_VERB.search(before)
    if _OTHER_MONEY.search(before) or is_verb:
        return None
    goes_on = previous is _Role.AWARD and (_FLOOR.search(before) or _CEILING.search(before))
    if goes_on or _AWARD_BEFORE.search(before):
        return _Role.AWARD
    return _Role.TOTAL if _AVAILABLE.match(after) else None


def _is_shared_out(after: str) -> bool:
    """Whether a number of awards follows at once: "$4 million for about 20 awards"."""
    joint = _BEFORE_COUNT.match(after)
    return joint is not None and any(count.match(after, joint.end()) for count in _AWARD_COUNTS)


def _bounded(role: _Role, mention: MoneyMention, before: str) -> _Amount:
    minimum, maximum = mention.minimum, mention.maximum
    if role is _Role.AWARD and minimum == maximum:
        minimum = None if _CEILING.search(before) else minimum
        maximum = None if _FLOOR.search(before) else maximum
    return _Amount(role, minimum, maximum, mention.currency)


def _total(amounts: Iterable[_Amount]) -> int | None:
    """Return the first total that is one amount; a range of totals is no figure to rely on."""
    for amount in amounts:
        if amount.role is _Role.TOTAL and (
            amount.minimum == amount.maximum or None in (amount.minimum, amount.maximum)
        ):
            return amount.maximum if amount.maximum is not None else amount.minimum
    return None


def _award_count(sentence: Sentence) -> int | None:
    if _PAST.search(sentence.words):
        return None
    for pattern in _AWARD_COUNTS:
        match = pattern.search(sentence.words)
        if match and not _RANGE_BEFORE.search(sentence.words[: match.start("count")][-_CONTEXT:]):
            written = match["count"].lower()
            return _COUNT_WORDS.get(written) or int(written.replace(",", "")) or None
    return None


def _cost_sharing(sentence: Sentence) -> bool | None:
    if _NOT_SHARED.search(sentence.words):
        return False
    return True if _SHARED.search(sentence.words) else None
