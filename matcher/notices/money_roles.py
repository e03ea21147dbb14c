"""What each amount of money in a prose notice is: the size of one award, the money that is there in all, or neither."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from matcher.domain.evidence import Quote
from matcher.notices import money_cues as cues
from matcher.notices.award_numbers import is_shared_out
from matcher.notices.other_money import (
    PAST,
    is_nearly,
    is_other_money,
    is_passed_on,
    is_project_cost,
    is_typical,
)
from matcher.notices.page import Page, Sentence
from matcher.text.money import MoneyMention

_CONTEXT = 100


class Role(Enum):
    """What an amount is."""

    TOTAL = "total"
    AWARD = "award"
    TYPICAL = "typical"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount with its role and its words; `minimum` and `maximum` bound one award where the role is an award."""

    role: Role
    minimum: int | None
    maximum: int | None
    currency: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class _Use:
    """An amount in its sentence, and the words close to it; another amount ends what is close."""

    mention: MoneyMention
    before: str
    words: str
    after: str

    @property
    def is_limit(self) -> bool:
        """Whether the amount is a range or one end of it."""
        return self.mention.minimum != self.mention.maximum


def stated_amounts(page: Page) -> Iterator[Amount]:
    """Yield the amounts of `page` whose role their sentence tells, in order."""
    for sentence in page.sentences:
        if sentence.money and not (PAST.search(sentence.words) or is_passed_on(sentence.words)):
            yield from _amounts(page, sentence)


def _amounts(page: Page, sentence: Sentence) -> Iterator[Amount]:
    role: Role | None = None
    before = ""
    for use in _uses(sentence):
        is_other_case = role is Role.AWARD and cues.OR_ELSE.fullmatch(use.before) is not None
        before = before if is_other_case else use.before
        use = replace(use, before=before)
        role = Role.AWARD if is_other_case else _role(use, role)
        if role is Role.AWARD and not use.is_limit and is_nearly(before):
            role = Role.TYPICAL
        if role:
            minimum, maximum = _ends(role, use)
            quote = page.quote_within(sentence, use.mention.span)
            yield Amount(role, minimum, maximum, use.mention.currency, quote)


def _uses(sentence: Sentence) -> Iterator[_Use]:
    mentions, words = sentence.money, sentence.words
    starts = [*(mention.span.start for mention in mentions), len(words)]
    previous_end = 0
    for mention, limit in zip(mentions, starts[1:], strict=True):
        start, end = mention.span.start, mention.span.end
        before = words[max(previous_end, start - _CONTEXT) : start]
        yield _Use(mention, before, words[start:end], words[end : min(limit, end + _CONTEXT)])
        previous_end = end


def _role(use: _Use, previous: Role | None) -> Role | None:
    if is_typical(use.before):
        return Role.TYPICAL if _is_of_award(use) else None
    if is_other_money(use.before, use.after) or _is_condition(use):
        return None
    return _bounding_role(use, previous)


def _is_of_award(use: _Use) -> bool:
    """Whether what is typical is the size of an award, and not a budget, an income or a price."""
    return not cues.OTHER_MONEY.search(use.before) and bool(
        cues.OF_AWARD.search(use.before) or cues.EACH.match(use.after)
    )


def _is_condition(use: _Use) -> bool:
    """Whether a rule is stated for requests of a certain size: "waived for requests of less than $5,000"."""
    is_compared = cues.COMPARED.match(use.words) and cues.REQUEST.search(use.before)
    return bool(is_compared) and not cues.REFUSED.search(use.before)


def _bounding_role(use: _Use, previous: Role | None) -> Role | None:
    before, after = use.before, use.after
    if cues.LASTS.match(after) or cues.TO_EACH.match(after):
        return Role.AWARD
    if is_project_cost(before):
        return None
    if use.is_limit and cues.AWARDS_UP_TO.search(before):
        return Role.AWARD
    if cues.TOTAL_BEFORE.search(before) or cues.TOTAL_AFTER.match(after) or is_shared_out(after):
        return Role.AWARD if cues.OF_ONE.search(before) else Role.TOTAL
    if cues.IN_ALL.match(after) and not cues.AWARD_BEFORE.search(before):
        return Role.AWARD if cues.PER_AWARD.search(after) else Role.TOTAL
    if (
        cues.EACH.match(after)
        or cues.BOUND_OF_AWARD.match(after)
        or (cues.EACH_ONE.match(after) and (use.is_limit or cues.OF_AWARD.search(before)))
    ):
        return Role.AWARD
    return _award_or_rest(use, previous)


def _award_or_rest(use: _Use, previous: Role | None) -> Role | None:
    before, after = use.before, use.after
    if cues.OTHER_MONEY.search(before) or cues.WILL_AWARD.search(before):
        return None
    if not use.is_limit and cues.AWARDS_AS_VERB.search(before):
        return None
    is_bound = use.is_limit or cues.FLOOR.search(before) or cues.CEILING.search(before)
    goes_on = previous in (Role.AWARD, Role.TYPICAL) and is_bound and not cues.A_YEAR.match(after)
    if goes_on or cues.AWARD_BEFORE.search(before) or cues.LIMITED.search(before):
        return Role.AWARD
    return Role.TOTAL if cues.AVAILABLE.match(after) else None


def _ends(role: Role, use: _Use) -> tuple[int | None, int | None]:
    """Return the least and the most that the words around an amount make it."""
    minimum, maximum = use.mention.minimum, use.mention.maximum
    if cues.REFUSED.search(use.before) and None in (minimum, maximum):
        minimum, maximum = maximum, minimum
    if role is Role.AWARD and minimum == maximum:
        is_ceiling, is_floor = cues.MAXIMUM_AFTER.match(use.after), cues.MINIMUM_AFTER.match(use.after)
        if not (is_ceiling or is_floor):
            is_ceiling, is_floor = cues.CEILING.search(use.before), cues.FLOOR.search(use.before)
        minimum, maximum = None if is_ceiling else minimum, None if is_floor else maximum
    return minimum, maximum
