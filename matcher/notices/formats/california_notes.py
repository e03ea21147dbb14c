"""Notes of the California Grants Portal that let only some of a class apply.

The classes of the portal are as wide as "Nonprofit"; what narrows them stands in the notes beside them: "nonprofits
with electric bicycle expertise". Whether an applicant is one of those must be asked.
"""

import re

from matcher.domain.vocabulary import ApplicantType
from matcher.notices.wording import cue

_NONPROFITS = frozenset(
    {
        ApplicantType.NONPROFITS_WITH_501C3,
        ApplicantType.NONPROFITS_WITHOUT_501C3,
        ApplicantType.PRIVATE_HIGHER_EDUCATION,
    }
)
_STATUS = cue(
    r"(?:\b(?:with|having|that (?:have|has|is|are)|which (?:have|has|is|are)) )?(?:an? |current |valid ){0,2}"
    r"\b501 ?\(c\) ?\(?3\)?(?: (?:tax[- ]exempt )?status\b)?"
)
"""Tax-exempt status is a type of its own, and narrows nothing beyond it."""
_NOTE_END = re.compile(r"[.;\n]")
_NAMES_SOME = r"(?:that|which|who|whose|with|serving|having|employing|specializing|engaged|as defined)"
_ANYBODY = cue(
    r"^\W{0,4}(?:(?:the |all |each |eligible |prime |lead ){0,3}(?:applicants?|organi[sz]ations?|borrowers?) )?"
    rf"(?:must|shall) be an? .*?\b{_NAMES_SOME}\b"
)
_A_NONPROFIT = (
    r"\bnon-?profits?\b(?:['’]s)?(?: (?:organi[sz]ations?|corporations?|entit(?:y|ies)|agenc(?:y|ies)|groups?)\b)?"
)
_SOME_NONPROFITS = cue(
    rf"{_A_NONPROFIT} {_NAMES_SOME}\b"
    rf"|{_A_NONPROFIT}(?: \w+){{0,3}} must (?:have|be|align|demonstrate|hold|show) \w"
    r"|\b(?:certain|some|select) (?:private )?non-?profits?\b"
)


def narrowed_types(types: tuple[ApplicantType, ...], notes: str) -> tuple[ApplicantType, ...]:
    """Return those of `types` of which the notes let only some apply."""
    told = [_STATUS.sub("", part) for part in _NOTE_END.split(notes)]
    if any(_ANYBODY.search(part) for part in told):
        return types
    if any(_SOME_NONPROFITS.search(part) for part in told):
        return tuple(one for one in types if one in _NONPROFITS)
    return ()
