"""The money of a prose notice: what is there in total, how many awards, and how large one may be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from matcher.domain.opportunity import FundingRange
from matcher.notices.award_numbers import expected_number_of_awards, is_shared_out
from matcher.notices.cost_sharing import is_cost_sharing
from matcher.notices.other_money import PAST, is_nearly, is_other_money, is_project_cost
from matcher.notices.page import Page, Sentence
from matcher.notices.tiers import StatedTier, stated_tiers
from matcher.notices.wording import cue
from matcher.text.money import MoneyMention

_LASTS = cue(r",? (?:with|for) an? (?:\w{1,12} )?duration\b")
"""A duration belongs to one award."""

_LIMITED = cue(
    r"\b(?:projects?|proposals?|applications?) (?:is|are|must be|will be) (?:limited|restricted|capped) (?:to|at)"
    r" (?:an? (?:\w{1,12} ){1,3}of )?$"
)
_OR_ELSE = cue(r"(?: for an? [\w-]{1,20} \w{1,20},?)? or ")
"""Between two amounts of the same kind for two cases."""

_REFUSED = cue(r"\b(?:not|never) (?:be )?(?:accept|consider|fund|review|support)(?:ed)?\b[^.;]{0,100}$")
_OTHER_MONEY = cue(
    r"\b(?:average|budgets?|revenues?|incomes?|assets|fees?|match(?:ing|es)?|salar(?:y|ies)|costs?|cost-?sharing"
    r"|fines?|insurance) (?:\S{1,20} ){0,5}$"
)
_TOTAL_BEFORE = cue(
    r"\b(?:total(?:s|ing|ling)?|(?:total|available|program|overall|estimated) (?:program )?(?:funding|funds|amount"
    r"|budget)|indicative budget|available funds|pool)(?: (?:[a-z()]{1,20} ){0,4}|\W{1,4})$"
    r"|\bfunding available(?: (?:[a-z()]{1,20} ){0,9}|\W{1,4})$"
    r"|\bavailability of (?:[a-z]{1,20} ){0,3}$"
)
_TOTAL_AFTER = cue(
    r" (?:in total\b(?! (?:direct |project |annual )?(?:costs?|budgets?|revenues?|expen))"
    r"|to (?:give|award|distribute|grant)\b|(?:in|for) (?:[a-z-]{1,20} ){0,2}(?:funding|funds|grants|awards)\b"
    r"|(?:grant )?(?:program|fund|initiative|competition|pool|challenge)\b)"
)
_IN_ALL = cue(r" total\b(?! (?:direct |project |annual )?(?:costs?|budgets?|revenues?|expen))")
_AVAILABLE = cue(
    r" (?:[a-z]{1,12} )?(?:(?:is|are|will be|has been|have been) (?:[a-z]{1,12} ){0,3}(?:allocated|appropriated"
    r"|available)|available)\b(?! (?:for |to |per )(?:each|every|any one|applicant|recipient)\b)"
)
_TIME = r"(?:fiscal |calendar |academic |school |budget )?(?:years?|months?|quarters?|periods?|days?|hours?)\b"
_EACH = cue(
    r" (?!(?:for|in|to|of|as|from|available|toward|towards|through)\b)(?:[a-z]{1,12} ){0,2}"
    rf"(?:(?:per|each)(?! {_TIME})|apiece|grants?|awards?|stipends?|prizes?|fellowships?)\b"
    rf"|\W{{0,2}}(?:to )?each\b(?! {_TIME})"
)
_LINK = (
    r"(?:will|may|can|could|should|must|are|is|be|being|generally|typically|usually|normally|not|anticipated|expected"
    r"|rang(?:e|es|ing)|runs?|var(?:y|ies)|limited|capped|worth|valued|between|from|of|at|to|in|the|an?|up|amounts?"
    r"|exceed|each|for|maximum|minimum|made|awarded|budgeted|grants?|awards?|total)"
)
_AWARD_BEFORE = cue(
    r"\b(?:(?:awards?|grants?|stipends?|prizes?|fellowships?|requests?)"
    r"(?: (?:amounts?|sizes?|ceilings?|floors?|ranges?))?|request|receive|apply for|amounts?)"
    rf"\W{{1,4}}(?:{_LINK} ){{0,6}}$"
)
_TO_EACH = cue(r"[^.;]{0,80}\b(?:available|awarded|given|provided) (?:to|for) each\b")
_AWARDS_UP_TO = cue(r"\b(?:awards|grants|loans|an? (?:[a-z-]{1,20} ){0,2}(?:award|grant|loan)) (?:of )?$")
_AWARDS_AS_VERB = cue(r"\bawards? (?:the )?$")
_A_YEAR = cue(r" (?:annually|(?:per|each|a) year)\b")
_WILL_AWARD = cue(r"\b(?:may|will|can|shall|to) award (?:the )?$")
_FLOOR = cue(r"\b(?:floor|minimum|smallest)\b")
_CEILING = cue(r"\b(?:ceiling|maximum|largest|capped|limited to|restricted to|exceed)\b")
_MINIMUM_AFTER = cue(r" (?:minimum|floor)\b")
_MAXIMUM_AFTER = cue(r" (?:maximum|ceiling|limit)\b")
_CONTEXT = 100


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
    floor, ceiling = _bounds([amount for amount in amounts if amount.role is _Role.AWARD])
    return FundingRange(
        award_floor=floor,
        award_ceiling=ceiling,
        estimated_total_program_funding=_total(amounts),
        expected_number_of_awards=expected_number_of_awards(page),
        is_cost_sharing=is_cost_sharing(page),
        currency=currency,
        tiers=tuple(stated.tier for stated in tiers if stated.money.currency == currency),
    )


def _bounds(awards: Iterable[_Amount]) -> tuple[int | None, int | None]:
    """Return the least and the most that one award may be; neither where they contradict each other."""
    amounts = tuple(awards)
    floor = min((amount.minimum for amount in amounts if amount.minimum is not None), default=None)
    ceiling = max((amount.maximum for amount in amounts if amount.maximum is not None), default=None)
    return (None, None) if floor is not None and ceiling is not None and floor > ceiling else (floor, ceiling)


def _tier_amounts(tiers: Iterable[StatedTier]) -> Iterator[_Amount]:
    for stated in tiers:
        yield _Amount(_Role.AWARD, stated.money.minimum, stated.money.maximum, stated.money.currency)


def _amounts(sentence: Sentence) -> Iterator[_Amount]:
    """Yield the amounts of a sentence whose role its words tell."""
    if PAST.search(sentence.words):
        return
    mentions = sentence.money
    starts = [*(mention.span.start for mention in mentions), len(sentence.words)]
    previous_end = 0
    role: _Role | None = None
    before = ""
    for mention, limit in zip(mentions, starts[1:], strict=True):
        between = sentence.words[max(previous_end, mention.span.start - _CONTEXT) : mention.span.start]
        after = sentence.words[mention.span.end : min(limit, mention.span.end + _CONTEXT)]
        is_other_case = role is _Role.AWARD and _OR_ELSE.fullmatch(between)
        before = before if is_other_case else between
        role = _Role.AWARD if is_other_case else _role(mention, before, after, role)
        previous_end = mention.span.end
        is_bound = role is _Role.TOTAL or mention.minimum != mention.maximum or not is_nearly(before)
        if role and is_bound:
            yield _bounded(role, mention, before, after)


def _role(mention: MoneyMention, before: str, after: str, previous: _Role | None) -> _Role | None:
    if is_other_money(before, after):
        return None
    if _LASTS.match(after) or _TO_EACH.match(after):
        return _Role.AWARD
    if is_project_cost(before):
        return None
    is_limit = mention.minimum != mention.maximum
    if is_limit and _AWARDS_UP_TO.search(before):
        return _Role.AWARD
    if _TOTAL_BEFORE.search(before) or _TOTAL_AFTER.match(after) or is_shared_out(after):
        return _Role.TOTAL
    if _IN_ALL.match(after) and not _AWARD_BEFORE.search(before):
        return _Role.TOTAL
    if _EACH.match(after):
        return _Role.AWARD
    if _OTHER_MONEY.search(before) or _WILL_AWARD.search(before) or (not is_limit and _AWARDS_AS_VERB.search(before)):
        return None
    is_part = _A_YEAR.match(after)
    goes_on = previous is _Role.AWARD and not is_part and (is_limit or _FLOOR.search(before) or _CEILING.search(before))
    if goes_on or _AWARD_BEFORE.search(before) or _LIMITED.search(before):
        return _Role.AWARD
    return _Role.TOTAL if _AVAILABLE.match(after) else None


def _bounded(role: _Role, mention: MoneyMention, before: str, after: str) -> _Amount:
    minimum, maximum = mention.minimum, mention.maximum
    if _REFUSED.search(before) and None in (minimum, maximum):
        minimum, maximum = maximum, minimum
    if role is _Role.AWARD and minimum == maximum:
        is_ceiling, is_floor = _MAXIMUM_AFTER.match(after), _MINIMUM_AFTER.match(after)
        if not (is_ceiling or is_floor):
            is_ceiling, is_floor = _CEILING.search(before), _FLOOR.search(before)
        minimum, maximum = None if is_ceiling else minimum, None if is_floor else maximum
    return _Amount(role, minimum, maximum, mention.currency)


def _total(amounts: Iterable[_Amount]) -> int | None:
    """Return the first total that is one amount; a range of totals is no figure to rely on."""
    for amount in amounts:
        if amount.role is _Role.TOTAL and (
            amount.minimum == amount.maximum or None in (amount.minimum, amount.maximum)
        ):
            return amount.maximum if amount.maximum is not None else amount.minimum
    return None
