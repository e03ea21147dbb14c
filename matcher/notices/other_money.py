"""Amounts in a notice that are not what it gives: of other years, of the applicant, of a project, of a rate."""

from matcher.notices.wording import cue

PAST = cue(
    r"\b(?:last|previous|prior|past) (?:year|round|cycle|fiscal year"
    r"|(?:grant |award )?(?:amounts?|awards?|grants?|awardees))\b"
    r"|\bpreviously (?:awarded|funded|received)\b"
    r"|\b(?:has|have) (?:awarded|made|funded|increased|grown|risen)\b|\bcurrently (?:funds?|supports?|provides?)\b"
    r"|\bin (?:(?:fiscal year|FY) ?)?(?:19|20)\d\d,? (?:[\w']{1,20} ){1,5}(?:awarded|funded|made|received)\b"
    r"|\bsince (?:(?:fiscal|calendar) year )?(?:\(?FY\)? ?)?\d{4}|\bto date\b|\bagency-?wide\b"
    r"|\b(?:was|were) (?:[a-z]{1,20} )?(?:awarded|distributed|funded)\b"
    r"|\bwill (?:grow|increase) by\b|\buntil it reaches\b"
)
"""Money and awards of other years or programs: what was given, what will be added."""

_OF_APPLICANT = cue(
    r"\b(?:received|receiving|averaging|annual|funding base|expenditures|revenues?)"
    r" (?:(?!awards?\b|grants?\b)\S{1,20} ){0,8}$"
)
"""What an applicant has or had makes it eligible; it is not what it can get."""

_OF_PROJECT = cue(
    r"\b(?:projects?|proposals?) (?:\S{1,20} ){0,4}(?:costs?|budgets?|value) (?:\S{1,20} ){0,5}$"
    r"|\btotal (?:budgets|(?:budget )?(?:for|of) (?:an?|any|each|every|phase|stage)) (?:\S{1,20} ){0,5}$"
)
_TYPICAL = cue(r"\b(?:typical(?:ly)?|usual(?:ly)?|average|median|most awards)\b")
"""What awards tend to be bounds none of them."""

_DISCOURAGED = cue(r"\b(?:discouraged from|unlikely)\b")

_NEARLY = cue(r"\b(?:approximately|about|around|roughly|an estimated) $")
_FEE = cue(r"\bfees?\b[^;]{0,90}$")
_PART = cue(
    r"\bof (?:this|that|which) amount\W{1,3}$|\bof the (?:\S{1,20} ){1,6}(?:available|appropriated|allocated),? $"
    r"|\bset-?asides? (?:of )?$|\bcombined total of $|\(totall?ing $"
)
_PASSED_ON = cue(
    r"\b(?:FSTP|third[- ]part(?:y|ies)|sub-?(?:grants?|awards?|grantees?)|re-?grant(?:s|ing|ed)?|cascade funding"
    r"|start-?ups? could)\b"
    r"|\b(?:grantees?|awardees?|recipients?|entities|intermediar(?:y|ies)) (?:\w{1,14} ){0,4}to (?:provide|make|give)\b"
)
"""What the receiver of an award gives away in turn."""

_BASE = cue(r"\bbase (?:grants?|awards?|amounts?|funding)(?: amount)? (?:of|is|:) ?$")
_PLUS = cue(r" plus (?:an? )?(?:additional|amount|further|supplement)")
"""An amount to which another one is added."""

_RECEIVED = cue(
    r"\b(?:we|(?:the|this|our) (?:program|department|state|agency|foundation|commission)) (?:\w{1,14} )?receives? "
    r"(?:\S{1,20} ){0,3}$"
)
"""What the funder itself is given."""

_RENEWED = cue(r"\b(?:renewals?|supplements?|supplemental|extensions?)\b")
_RATE_BEFORE = cue(r"\bper $")
_RECEIVER = (
    r"(?:awards?|grants?|grantees?|awardees?|recipients?|applicants?|applications?|projects?|proposals?"
    r"|organi[sz]ations?|institutions?|entit(?:y|ies)|agenc(?:y|ies)|schools?|districts?|count(?:y|ies)|states?"
    r"|tribes?|sites?|centers?|teams?)\b"
)
_RATE_AFTER = cue(
    rf"(?: per (?:year|annum))?(?: ?/ ?(?!{_RECEIVER}|year\b)[a-z]"
    rf"| per (?:$|[$€£\d]|(?!(?:\w{{1,20}} ){{0,2}}?{_RECEIVER}|(?:years?|annum)\b)\w))"
)
"""A price for each hour, head or megawatt."""

_SCORED_AFTER = cue(r"[^.;]{0,30}\bpoints?\b")
_UNLIKELY_AFTER = cue(r"[^.;]{0,60}\bunlikely\b")
_OTHER_BEFORE = (_OF_APPLICANT, _DISCOURAGED, _FEE, _PART, _RATE_BEFORE, _BASE, _RECEIVED, _RENEWED)


def is_other_money(before: str, after: str) -> bool:
    """Return whether the words around an amount say that it is neither an award nor the money that is there in all."""
    return any(pattern.search(before) for pattern in _OTHER_BEFORE) or any(
        pattern.match(after) for pattern in (_RATE_AFTER, _SCORED_AFTER, _UNLIKELY_AFTER, _PLUS)
    )


def is_passed_on(words: str) -> bool:
    """Return whether a sentence speaks of what the receivers of awards give to others."""
    return _PASSED_ON.search(words) is not None


def is_typical(before: str) -> bool:
    """Return whether the words before an amount say that it is usual or an average, which bounds no award."""
    return _TYPICAL.search(before) is not None


def is_nearly(before: str) -> bool:
    """Return whether an amount is one that awards come near to; it bounds none of them."""
    return _NEARLY.search(before) is not None


def is_project_cost(before: str) -> bool:
    """Return whether the words before an amount speak of what a project costs."""
    return _OF_PROJECT.search(before) is not None
