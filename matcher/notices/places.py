"""Places to which a notice limits its applicants or their work; a place that is only mentioned limits nothing."""

import re
from collections.abc import Container

from matcher.notices.wording import cue
from matcher.text.layout import collapsed

_PLACE = (
    r"(?-i:(?:the )?(?:(?:[Ss]tate|[Cc]ity|[Cc]ounty|Commonwealth|District|Counties|Cities) of )?[A-Z][\w.'’-]{1,30}"
    r"(?:(?:, (?:and |or )?| and | or | (?:of |the ){0,2})[A-Z][\w.'’-]{1,30}){0,12})"
)
_NAMES = r"(?-i:[A-Z][\w.'’-]{1,30}(?:(?:, (?:and |or )?| and | or | (?:of |the ){0,2})[A-Z][\w.'’-]{1,30}){0,70})"
"""Places in a list that may be as long as the country has states."""
_LIMITS = cue(
    r"\b(?:must|shall|(?:is|are) required to|has to|have to|need to|only|limited to|restricted to|exclusively)\b"
    r"[^.;]{0,120}?\b(?:locat(?:ed|ion)|based|headquartered|incorporated|operat(?:e|es|ing)|resid(?:e|es|ing)"
    r"|serv(?:e|es|ing)|take place|carried out|work(?:s|ing)?|residents|projects|organizations|nonprofits|applicants)"
    rf" (?:[a-z]{{1,20}} ){{0,3}}?(?:in|within|of) (?P<place>{_PLACE})"
)
_SEAT = r"(?:located|based|headquartered) (?:in|within)"
_APPLICANTS_IN = cue(
    rf"\b(?:eligib(?:le|ility)|may apply|can apply|open to)\b[^.;]{{0,160}}?\b{_SEAT} (?P<place>{_PLACE})"
    rf"|\b{_SEAT} (?P<place_before>{_PLACE})[^.;]{{0,80}}?\b(?:eligible|may apply)\b"
)
_FROM = cue(
    r"\b(?:eligible|open to|limited to|restricted to|only|accept(?:s|ed|ing)?|invit(?:e|es|ed|ing)|welcom(?:e|es|ing)"
    r"|solicit(?:s|ed|ing)?"
    r"|appl(?:y|ications?) (?:can|must|may) be)\b[^.;]{0,80}?"
    r"\b(?:applicants|applications|organizations|nonprofits|non-profits|entities|groups|be) "
    rf"(?:(?:located |based |operating )?in|from|within) (?P<place>{_PLACE})"
)
_IN_THE_STATE = cue(
    r"\b(?:must|shall|only|limited to|restricted to|eligible|applicants?|applications?|proposals?)\b[^.;]{0,160}?"
    r"\b(?:in|within|throughout) (?P<place>(?:the )?"
    r"(?:state|commonwealth|county|city) of (?-i:[A-Z][\w.'’-]{1,30}(?: [A-Z][\w.'’-]{1,30}){0,2}))"
)
_JURISDICTIONS = cue(
    r"\b(?:following|these) (?:[a-z]{1,20} ){0,2}?(?:jurisdictions|states|counties|cities|communities|municipalities)"
    rf"\b[^.;:]{{0,80}}: ?(?P<place>{_NAMES})"
)
_BASED = cue(
    r"(?P<place>(?-i:(?!Foreign|Community|Faith|Evidence|School|Place|Home)[A-Z][\w.'’-]{1,30}"
    r"(?: [A-Z][\w.'’-]{1,30}){0,3}))-based"
    r"(?= (?:[a-z/-]{1,20},? ){0,4}?(?:organi[sz]ations?|non-?profits?|entit|applicants?|groups?|institutions?"
    r"|universit|colleges|companies|businesses|commercial|NGOs?))"
)
_FOREIGN_BASED = cue(r"\b(?:foreign|internationally)-based\b")
_OF_APPLICANTS = (_APPLICANTS_IN, _FROM, _IN_THE_STATE, _JURISDICTIONS, _BASED)
_ALL_STATES = cue(
    r"\b(?:be|are|come|applicants?|applications?|located|entities|organizations) (?:[a-z]{1,12} ){0,3}?"
    r"(?:from|in|within|all)? ?(?:any of )?(?:the )?(?:50|fifty) (?:U\.?S\.? )?states\b"
    rf"(?:,? (?:and )?(?P<others>{_PLACE}))?"
)
_CAMPUS = cue(r"\bcampus (?:located )?in (?:the )?(?:US\b|U\.S\.|United States)")
_DOMESTIC = cue(
    r"\b(?:must be|are|only) (?:an? )?(?:U\.S\. )?domestic (?:public|private|non-?profit|for-profit|entit"
    r"|organi[sz]ation|applicant|institution)"
)
_NATIONWIDE = cue(r"\b(?:nationwide|nationally|anywhere in|worldwide|regardless of location|any location)\b")
UNITED_STATES = "United States"
"""What a notice limits itself to that takes all fifty states, or nobody abroad."""
_SEPARATOR = re.compile(r",\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+")
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z])+")
_NAME = re.compile(r"(?!.*-eligible)\S.*[^-\s]", re.DOTALL)
_ARTICLE = re.compile(r"the\s+(?!District)", re.IGNORECASE)


def limiting_places(words: str, *, is_about_applicants: bool) -> tuple[str, ...]:
    """Return the places to which a sentence limits applicants or projects, as it writes them.

    A sentence that speaks of the whole country ("nationwide") limits nothing.

    Args:
        words: The sentence.
        is_about_applicants: Whether the sentence speaks of who may apply, so that "California-based" is a limit.
    """
    if _NATIONWIDE.search(words):
        return ()
    patterns = (_LIMITS, *_OF_APPLICANTS) if is_about_applicants else (_LIMITS,)
    found: dict[str, None] = {}
    for pattern in patterns:
        if pattern is _BASED and _FOREIGN_BASED.search(words):
            continue
        for match in pattern.finditer(words):
            named = next(filter(None, match.groupdict().values()))
            found.update(dict.fromkeys(_split(named)))
    if is_about_applicants:
        found.update(dict.fromkeys(_country(words, found)))
    return tuple(one for one in found if not any(other.endswith(f" {one}") for other in found))


def _country(words: str, found: Container[str]) -> list[str]:
    """Return the whole country where a sentence demands it without naming it, and what it names beside the states."""
    states = _ALL_STATES.search(words)
    if states:
        return [UNITED_STATES, *_split(states["others"] or "")]
    is_named = any(name in found for name in (UNITED_STATES, "US", "U.S."))
    return [UNITED_STATES] if not is_named and (_CAMPUS.search(words) or _DOMESTIC.search(words)) else []


def _split(named: str) -> list[str]:
    parts = (_ARTICLE.sub("", collapsed(part), count=1).rstrip(".,") for part in _SEPARATOR.split(named))
    return [f"{part}." if _INITIALS.fullmatch(part) else part for part in parts if _NAME.fullmatch(part)]
