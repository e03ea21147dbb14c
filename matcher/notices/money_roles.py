"""What each amount of money in a prose notice is: the size of one award, the money that is there in all, or neither."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from matcher.domain.evidence import Quote
from matcher.notices.award_numbers import is_shared_out
from matcher.notices.other_money import PAST, is_nearly, is_other_money, is_project_cost, is_typical
from matcher.notices.page import Page, Sentence
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
    r"\b(?:budgets?|revenues?|incomes?|assets|fees?|match(?:ing|es)?|salar(?:y|ies)|costs?|cost-?sharing"
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
_OF_AWARD = cue(r"\b(?:awards?|grants?|agreements?|stipends?|fellowships?|prizes?|projects?|requests?)\b")
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


def stated_amounts(page: Page) -> Iterator[Amount]:
    """Yield the amounts of `page` whose role their sentence tells, in order."""
    for sentence in page.sentences:
        if not PAST.search(sentence.words):
            yield from _amounts(page, sentence)


def _amounts(page: Page, sentence: Sentence) -> Iterator[Amount]:
    mentions = sentence.money
    starts = [*(mention.span.start for mention in mentions), len(sentence.words)]
    previous_end = 0
    role: Role | None = None
    before = ""
    for mention, limit in zip(mentions, starts[1:], strict=True):
        between = sentence.words[max(previous_end, mention.span.start - _CONTEXT) : mention.span.start]
        after = sentence.words[mention.span.end : min(limit, mention.span.end + _CONTEXT)]
        is_other_case = role is Role.AWARD and _OR_ELSE.fullmatch(between)
        before = before if is_other_case else between
        role = Role.AWARD if is_other_case else _role(mention, before, after, role)
        previous_end = mention.span.end
        is_bound = role is not Role.AWARD or mention.minimum != mention.maximum or not is_nearly(before)
        if role and is_bound:
            minimum, maximum = _ends(role, mention, before, after)
            quote = page.quote_within(sentence, mention.span)
            yield Amount(role, minimum, maximum, mention.currency, quote)


def _role(mention: MoneyMention, before: str, after: str, previous: Role | None) -> Role | None:
    if is_typical(before):
        return Role.TYPICAL if _is_of_award(before, after) else None
    if is_other_money(before, after):
        return None
    return _bounding_role(mention, before, after, previous)


def _is_of_award(before: str, after: str) -> bool:
    """Whether what is typical is the size of an award, and not a budget, an income or a price."""
    return not _OTHER_MONEY.search(before) and bool(_OF_AWARD.search(before) or _EACH.match(after))


def _bounding_role(mention: MoneyMention, before: str, after: str, previous: Role | None) -> Role | None:
    if _LASTS.match(after) or _TO_EACH.match(after):
        return Role.AWARD
    if is_project_cost(before):
        return None
    is_limit = mention.minimum != mention.maximum
    if is_limit and _AWARDS_UP_TO.search(before):
        return Role.AWARD
    if _TOTAL_BEFORE.search(before) or _TOTAL_AFTER.match(after) or is_shared_out(after):
        return Role.TOTAL
    if _IN_ALL.match(after) and not _AWARD_BEFORE.search(before):
        return Role.TOTAL
    if _EACH.match(after):
        return Role.AWARD
    if _OTHER_MONEY.search(before) or _WILL_AWARD.search(before) or (not is_limit and _AWARDS_AS_VERB.search(before)):
        return None
    is_part = _A_YEAR.match(after)
    is_bound = is_limit or _FLOOR.search(before) or _CEILING.search(before)
    goes_on = previous in (Role.AWARD, Role.TYPICAL) and not is_part and is_bound
    if goes_on or _AWARD_BEFORE.search(before) or _LIMITED.search(before):
        return Role.AWARD
    return Role.TOTAL if _AVAILABLE.match(after) else None


def _ends(role: Role, mention: MoneyMention, before: str, after: str) -> tuple[int | None, int | None]:
    """Return the least and the most that the words around a mention make it."""
    minimum, maximum = mention.minimum, mention.maximum
    if _REFUSED.search(before) and None in (minimum, maximum):
        minimum, maximum = maximum, minimum
    if role is Role.AWARD and minimum == maximum:
        is_ceiling, is_floor = _MAXIMUM_AFTER.match(after), _MINIMUM_AFTER.match(after)
        if not (is_ceiling or is_floor):
            is_ceiling, is_floor = _CEILING.search(before), _FLOOR.search(before)
        minimum, maximum = None if is_ceiling else minimum, None if is_floor else maximum
    return minimum, maximum
