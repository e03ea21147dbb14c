"""What kind of applicant a proposal comes from: what it says of itself, never of its partners or of those it serves."""

import re
from collections.abc import Iterable, Iterator

from matcher.domain.evidence import Fact, Quote
from matcher.domain.vocabulary import ApplicantType, Basis
from matcher.proposals.statements import Statement

_501C3 = r"501\s?\(?c\)?\s?\(?3\)?"
_KINDS: tuple[tuple[str, ApplicantType, Basis], ...] = (
    (
        r"charter\s+(?:[\w-]+\s+){0,4}?(?:schools?|networks?|management\s+organi[sz]ations?)",
        ApplicantType.CHARTER_SCHOOLS,
        Basis.STATED,
    ),
    (_501C3, ApplicantType.NONPROFITS_WITH_501C3, Basis.STATED),
    (
        r"(?:non-?\s?profits?|charitable\s+organi[sz]ation|public\s+charity|fiscally[\s-]sponsored)",
        ApplicantType.NONPROFITS_WITH_501C3,
        Basis.INFERRED,
    ),
    (
        r"(?:unified|independent|public|elementary|high)?\s?school\s+district",
        ApplicantType.INDEPENDENT_SCHOOL_DISTRICTS,
        Basis.STATED,
    ),
    (
        r"(?:local\s+educational?\s+agency|LEA)\b",
        ApplicantType.LOCAL_EDUCATIONAL_AGENCIES,
        Basis.STATED,
    ),
    (
        r"(?:(?:public|state)\s+(?:\w+\s+)?(?:university|college)|community\s+college)\b",
        ApplicantType.PUBLIC_HIGHER_EDUCATION,
        Basis.STATED,
    ),
    (
        r"private\s+(?:[\w-]+\s+){0,2}?(?:university|college)\b",
        ApplicantType.PRIVATE_HIGHER_EDUCATION,
        Basis.STATED,
    ),
    (
        r"federally[\s-]recognized\s+(?:[\w-]+\s+){0,3}?(?:tribe|nation|band|village)",
        ApplicantType.TRIBAL_GOVERNMENTS,
        Basis.STATED,
    ),
    (r"housing\s+authority", ApplicantType.HOUSING_AUTHORITIES, Basis.STATED),
    (r"state\s+(?:government|agency|department)", ApplicantType.STATE_GOVERNMENTS, Basis.STATED),
    (r"county\s+(?:government|agency|department)", ApplicantType.COUNTY_GOVERNMENTS, Basis.STATED),
    (
        r"(?:(?:city|municipal|town|township)\s+(?:government|agency|department)|municipality)",
        ApplicantType.CITY_OR_TOWNSHIP_GOVERNMENTS,
        Basis.STATED,
    ),
    (r"special\s+district", ApplicantType.SPECIAL_DISTRICT_GOVERNMENTS, Basis.STATED),
    (r"small\s+business(?!\w)", ApplicantType.SMALL_BUSINESSES, Basis.STATED),
)
_NAMES = (
    (r".*\bschool district(?: (?:no\. ?)?\d+)?", ApplicantType.INDEPENDENT_SCHOOL_DISTRICTS),
    (r".*\bcharter (?:public )?(?:school|academy)s?(?: network)?", ApplicantType.CHARTER_SCHOOLS),
    (r"(?:the )?(?:city|town|township) of .*", ApplicantType.CITY_OR_TOWNSHIP_GOVERNMENTS),
    (r"(?:the )?county of .*|[\w' ]+ county(?: department of .*)?", ApplicantType.COUNTY_GOVERNMENTS),
    (r"(?:the )?state of .*", ApplicantType.STATE_GOVERNMENTS),
    (r".*\bhousing authority(?: of .*)?", ApplicantType.HOUSING_AUTHORITIES),
    (
        r"(?:the )?university of california.*|.*\bstate university\b.*|.*\bcommunity college(?: district)?",
        ApplicantType.PUBLIC_HIGHER_EDUCATION,
    ),
    (r".*\b(?:project of|fiscally sponsored by|fiscal sponsor:?) \S.*", ApplicantType.NONPROFITS_WITH_501C3),
)
"""What the name of an organization tells; a project of a fiscal sponsor applies through a nonprofit."""

_IS = (
    r"(?:\s*\([^)]{0,40}\)|,[^,.;]{0,60},|\s+\w+ly)?\s*"
    r"(?:\b(?:is|are|has\s+become|have\s+become|(?:has|have)\s+grown\s+(?:to\s+become|into)|(?:was|were)\s+founded\s+as"
    r"|(?:has|have)(?:\s+\w+){1,4}\s+as|serves?\s+as|operates?|operating|runs?)\b|,(?=\s+an?\b))"
)
_GAP = r"(?P<gap>(?:\s+[^\s,;]+,?){0,12}?)\s+"
_OF_OTHERS = re.compile(
    r"\b(?:with|for|to|of|by|from|between|among|like|unlike|not|never|other|alongside|near|serv\w+|support\w*|partner\w*"
    r"|collaborat\w*|help\w*|assist\w*|train\w*|fund\w*|work\w*|that|which|who|whose|if)\b",
    re.IGNORECASE,
)


def type_answers(statuses: Iterable[Quote]) -> Iterator[Fact[ApplicantType]]:
    """Yield the types that the answers to "what type of organization are you?" state."""
    for status in statuses:
        words = status.text.replace("_", " ")
        for pattern, applicant_type, basis in _KINDS:
            if re.search(pattern, words, re.IGNORECASE) and not re.search(rf"\b(?:not|no)\b.*{pattern}", words, re.I):
                yield Fact(applicant_type, status, basis)


def type_by_name(organization: Quote) -> Iterator[Fact[ApplicantType]]:
    """Yield the type that the name of the organization tells, as inferred."""
    for pattern, applicant_type in _NAMES:
        if re.fullmatch(pattern, organization.text, re.IGNORECASE):
            yield Fact(applicant_type, organization, Basis.INFERRED)
            return


def types_said(statements: Iterable[Statement], applicant: str, original: str) -> Iterator[Fact[ApplicantType]]:
    """Yield the types that sentences with the `applicant` (a regular expression) as their subject state.

    "Our partners are charter schools" and "we help nonprofits" say nothing of the applicant.
    """
    subject = re.compile(applicant)
    any_kind = re.compile("|".join(pattern for pattern, _, _ in _KINDS), re.IGNORECASE)
    kinds = [(_said_of(applicant, pattern), kind, basis) for pattern, kind, basis in _KINDS]
    for statement in statements:
        if not (subject.search(statement.text) and any_kind.search(statement.text)):
            continue
        said = [kind for kind in kinds if any(map(_is_said, _occurrences(kind[0], statement.text)))]
        for kind in said:
            yield Fact(kind[1], statement.quote(original), kind[2])
            kinds.remove(kind)


def _occurrences(patterns: Iterable[re.Pattern[str]], text: str) -> Iterator[re.Match[str]]:
    return (found for pattern in patterns for found in pattern.finditer(text))


def _said_of(applicant: str, kind: str) -> tuple[re.Pattern[str], ...]:
    """Return the two ways to say it: "we are a KIND", and "As a KIND, we …"."""
    return (
        re.compile(rf"{applicant}{_IS}{_GAP}(?i:{kind})"),
        re.compile(
            rf"^(?:As|While|Being)(?P<gap>(?:\s+[^\s,;]+){{0,6}}?)\s+(?i:{kind})[^,;]{{0,60}},\s+(?:[Tt]he\s+)?{applicant}"
        ),
    )


def _is_said(found: re.Match[str]) -> bool:
    return not _OF_OTHERS.search(re.sub(r"\bone of\b", "", found["gap"]))
