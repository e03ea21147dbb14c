"""Places to which a notice limits its applicants or their work; a place that is only mentioned limits nothing."""

import re

from matcher.notices.wording import cue
from matcher.text.layout import collapsed

_PLACE = (
    r"(?-i:(?:the )?(?:(?:State|City|County|Commonwealth|District|Counties|Cities) of )?[A-Z][\w.'’-]{1,30}"
    r"(?:(?:, (?:and |or )?| and | or | (?:of |the ){0,2})[A-Z][\w.'’-]{1,30}){0,12})"
)
_LIMITS = cue(
    r"\b(?:must|shall|(?:is|are) required to|has to|have to|need to|only|limited to|restricted to|exclusively)\b"
    r"[^.;]{0,120}?\b(?:locat(?:ed|ion)|based|headquartered|incorporated|operat(?:e|es|ing)|resid(?:e|es|ing)"
    r"|serv(?:e|es|ing)|take place|work(?:s|ing)?|residents|projects|organizations|nonprofits|applicants)"
    rf" (?:[a-z]{{1,20}} ){{0,3}}?(?:in|within|of) (?P<place>{_PLACE})"
)
_SEAT = r"(?:located|based|headquartered) (?:in|within)"
_APPLICANTS_IN = cue(
    rf"\b(?:eligib(?:le|ility)|may apply|can apply|open to)\b[^.;]{{0,160}}?\b{_SEAT} (?P<place>{_PLACE})"
    rf"|\b{_SEAT} (?P<place_before>{_PLACE})[^.;]{{0,80}}?\b(?:eligible|may apply)\b"
)
_BASED = cue(r"(?P<place>(?-i:[A-Z][\w.'’-]{1,30}(?: [A-Z][\w.'’-]{1,30}){0,3}))-based\b")
_SEPARATOR = re.compile(r",\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+")
_ARTICLE = re.compile(r"the\s+(?!District)", re.IGNORECASE)


def limiting_places(words: str, *, is_about_applicants: bool) -> tuple[str, ...]:
    """Return the places to which a sentence limits applicants or projects, as it writes them.

    Args:
        words: The sentence.
        is_about_applicants: Whether the sentence speaks of who may apply, so that "California-based" is a limit.
    """
    patterns = (_LIMITS, _APPLICANTS_IN, _BASED) if is_about_applicants else (_LIMITS,)
    found: dict[str, None] = {}
    for pattern in patterns:
        for match in pattern.finditer(words):
            named = next(filter(None, match.groupdict().values()))
            found.update(dict.fromkeys(_split(named)))
    return tuple(found)


def _split(named: str) -> list[str]:
    parts = (_ARTICLE.sub("", collapsed(part), count=1) for part in _SEPARATOR.split(named))
    return [part.rstrip(".,") for part in parts if part.rstrip(".,")]
