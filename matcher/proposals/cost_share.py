"""Whether the applicant offers to bear a share of the cost, or says that it has nothing to share."""

import re
from collections.abc import Iterable

from matcher.domain.evidence import Fact
from matcher.domain.vocabulary import Basis
from matcher.proposals.fields import Field
from matcher.proposals.statements import Statement

_SHARE = (
    r"(?:match(?:ing)?[\s-]+(?:funds?|funding|grants?|dollars?|contributions?|share|support)|cost[\s-]?shar(?:e|ing)"
    r"|(?:cash|in-kind|dollar-for-dollar|one-to-one|1:1|\d{1,3}(?:%|\s?percent))\s+match(?:es)?\b"
    r"|non-?federal\s+(?:share|match))"
)
_GIVES = r"(?:provid|contribut|offer|bring|commit|secur|rais|pledg|meet|supply|supplie|cover|earmark)\w*"
_OFFERS_A_SHARE = rf"(?P<gap>[^.;]{{0,60}}?)\b{_GIVES}\b(?P<what>[^.;]{{0,80}}?)\b{_SHARE}"
_MATCHES = (
    r"(?P<gap>(?:\s+\w+){0,2}?)\s+(?:will|shall|can|do)\s+(?:\w+ly\s+)?match\s+(?P<what>)"
    r"(?:(?:the|this|any|each|every|your|all)\s+(?:\w+\s+){0,2}?(?:grants?|awards?|dollars?|funds?|funding|requests?"
    r"|amount|contributions?)\b|with\s+(?:[^.;]{0,30}[$€£]\s?\d|our own|funds?\b|cash\b|in-kind\b)|[$€£]\s?\d)"
)
_CANNOT = (
    r"\s+(?:cannot|can\s?not|can['’]t|will\s+not|won['’]t|(?:are|is)\s+(?:unable|not\s+able)\s+to|do(?:es)?\s+not)\s+"
    r"(?:currently\s+)?(?:provide|offer|contribute|bring|meet|have|raise|afford)\s+(?:(?:any|a|the|required)\s+)*"
    rf"{_SHARE}"
)
_HAS_NONE = rf"\s+(?:currently\s+)?(?:have|has|offers?|brings?)\s+no\s+(?:\w+\s+)?{_SHARE}"
_NONE_HERE = re.compile(
    rf"^\s*No\s+(?:\w+\s+)?{_SHARE}\s+(?:is|are|will be)\s+(?:\w+\s+)?"
    r"(?:offered|proposed|provided|included|committed)\b"
    rf"|\bthis (?:proposal|application|project) (?:includes|offers|has|contains) no\s+(?:\w+\s+)?{_SHARE}",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:not|no|never|cannot|seek\w*|ask\w*|request\w*|need\w*|require\w*|hop\w+|help\w*|support\w*|train\w*|assist\w*"
    r"|enabl\w*|allow\w*|if|unless|who|which|that|their|partners?|others?|participants?|families|residents)\b"
    r"|\w['’]t\b",
    re.IGNORECASE,
)
"""Words between the applicant and its verb that make the offer somebody else's, or none."""
_UNSURE = re.compile(r"\b(?:would|could|may|might|plans?|planning|intends?|aims?|goal)\b", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:if|unless|whether)\b", re.IGNORECASE)
_YES = re.compile(r"(?:yes|true)\b.*|(?:[$€£]\s?|\b)0*[1-9][\d,.]*\s?(?:%|percent\b.*)?", re.IGNORECASE | re.DOTALL)
_NO = re.compile(r"(?:no|none|false|[$€£]?\s?0+(?:\.0+)?\s?%?)[.!]?", re.IGNORECASE)


def cost_share_answered(fields: Iterable[Field]) -> Fact[bool] | None:
    """Return whether the answer to "will you share the cost?" is yes (or an amount) or no; None for other words."""
    for field in fields:
        answer = field.answer.strip()
        if _YES.fullmatch(answer) or _NO.fullmatch(answer):
            return Fact(_NO.fullmatch(answer) is None, field.values[0].quote)
    return None


def cost_share_said(statements: Iterable[Statement], applicant: str, original: str) -> Fact[bool] | None:
    """Return whether the applicant shares the cost, or outright cannot; the first sentence that says so counts.

    A share that others bring, that is asked for, or that hangs on a condition is passed over; a plan is inferred.
    """
    offers = [re.compile(rf"{applicant}{words}") for words in (_OFFERS_A_SHARE, _MATCHES)]
    refuses = [re.compile(rf"{applicant}{words}") for words in (_CANNOT, _HAS_NONE)]
    for statement in statements:
        text = statement.text
        if _CONDITION.search(text):
            continue
        if _NONE_HERE.search(text) or any(words.search(text) for words in refuses):
            return Fact(False, statement.quote(original))
        if any(map(_is_offer, (found for words in offers for found in words.finditer(text)))):
            basis = Basis.INFERRED if _UNSURE.search(text) else Basis.STATED
            return Fact(True, statement.quote(original), basis)
    return None


def _is_offer(found: re.Match[str]) -> bool:
    return not _OTHERWISE.search(f"{found['gap']} {found['what']}")
