"""With whom the applicant applies or works as partners, by type; those whom it serves are no partners."""

import re
from collections.abc import Iterable, Iterator

from matcher.domain.evidence import Fact
from matcher.domain.vocabulary import ApplicantType, Basis
from matcher.proposals.fields import Field
from matcher.proposals.statements import Statement

_Types = ApplicantType
_HIGHER_EDUCATION = (_Types.PUBLIC_HIGHER_EDUCATION, _Types.PRIVATE_HIGHER_EDUCATION)
_NAME = r"[A-Z][\w.’'-]*"
_CITY = (
    rf"\b(?:(?i:city|town|township)\s+of\s+{_NAME}"
    r"|(?i:(?:city|town|municipal)\s+(?:government|agenc(?:y|ies)|departments?)|municipalit(?:y|ies)))"
)
_COUNTY = (
    rf"\b(?:(?i:county\s+of)\s+{_NAME}"
    rf"|{_NAME}\s+County(?!['’]s\b)(?!\s+Offices?\s+of\s+Education)(?!\s+(?i:schools?|non-?profits?))"
    r"|(?i:county\s+(?:government|agenc(?:y|ies)|departments?)))\b"
)
_KINDS: tuple[tuple[str, tuple[ApplicantType, ...], Basis], ...] = (
    (r"\b(?i:school\s+districts?)\b", (_Types.INDEPENDENT_SCHOOL_DISTRICTS,), Basis.STATED),
    (r"\b[A-Z]{1,5}(?:USD|ISD)\b", (_Types.INDEPENDENT_SCHOOL_DISTRICTS,), Basis.INFERRED),
    (
        r"\b(?:(?i:local\s+educational?\s+agenc(?:y|ies))|LEAs?)\b",
        (_Types.LOCAL_EDUCATIONAL_AGENCIES,),
        Basis.STATED,
    ),
    (r"\b(?i:county\s+offices?\s+of\s+education)\b", (_Types.LOCAL_EDUCATIONAL_AGENCIES,), Basis.INFERRED),
    (
        r"\b(?i:charter\s+(?:[\w-]+\s+){0,3}?(?:schools?|networks?|management\s+organi[sz]ations?))\b",
        (_Types.CHARTER_SCHOOLS,),
        Basis.STATED,
    ),
    (r"\b(?i:501\s?\(?c\)?\s?\(?3\)?)", (_Types.NONPROFITS_WITH_501C3,), Basis.STATED),
    (
        r"\b(?i:non-?\s?profits?|charities|community[\s-]based\s+organi[sz]ations?|CBOs?)\b",
        (_Types.NONPROFITS_WITH_501C3,),
        Basis.INFERRED,
    ),
    (
        r"\b(?i:community\s+colleges?|(?:public|state)\s+(?:\w+\s+)?(?:universit(?:y|ies)|colleges?))\b",
        (_Types.PUBLIC_HIGHER_EDUCATION,),
        Basis.STATED,
    ),
    (r"\b(?i:private\s+(?:[\w-]+\s+){0,2}?(?:universit(?:y|ies)|colleges?))\b", _HIGHER_EDUCATION[1:], Basis.STATED),
    (
        r"(?<!ommunity\s)\b(?i:universit(?:y|ies)|colleges|institutions?\s+of\s+higher\s+education|IHEs?)\b",
        _HIGHER_EDUCATION,
        Basis.INFERRED,
    ),
    (_CITY, (_Types.CITY_OR_TOWNSHIP_GOVERNMENTS,), Basis.STATED),
    (_COUNTY, (_Types.COUNTY_GOVERNMENTS,), Basis.STATED),
    (r"\b(?i:state\s+(?:government|agenc(?:y|ies)|departments?))\b", (_Types.STATE_GOVERNMENTS,), Basis.STATED),
    (
        r"\b(?i:(?:federally[\s-]recognized\s+)?tribes|tribal\s+(?:governments?|nations?|councils?))\b",
        (_Types.TRIBAL_GOVERNMENTS,),
        Basis.STATED,
    ),
    (r"\b(?i:housing\s+authorit(?:y|ies))\b", (_Types.HOUSING_AUTHORITIES,), Basis.STATED),
    (r"\b(?i:small\s+business(?:es)?)\b", (_Types.SMALL_BUSINESSES,), Basis.STATED),
    (r"\b(?i:for-profits?|(?<!small\s)businesses|companies|corporations)\b", (_Types.FOR_PROFITS,), Basis.INFERRED),
)
_WITH = (
    r"(?:\bin\s+(?:close\s+|full\s+|formal\s+)?(?:partnership|collaboration|consortium|cooperation)\s+with"
    r"|\bpartner(?:s|ed|ing)?\s+(?:\w+ly\s+)?with|\bcollaborat(?:e|es|ed|ing)\s+(?:\w+ly\s+)?with"
    r"|\bjointly\s+with|\bco-?appl(?:y|ies|ying)\s+with"
    r"|\bour\s+(?:\w+\s+){0,2}?partners?\s+(?:in\s+this\s+\w+\s+)?(?:is|are|includes?|will\s+be)(?!\s+not\b))"
)
_PARTNERED = re.compile(rf"(?i:{_WITH})\s+(?P<whom>[^.;:]+)")
_END = re.compile(
    r"\s(?:to|that|which|who|whose|where|when|while|because|serving|for|from|in|on|at|so|as|through|throughout|across|but|by"
    r"|(?:and|we)\s+(?:we|will|have|has|provides?|serves?|offers?))\s"
)
"""Words after which a sentence goes on to something else than the partners."""
_OF_OTHERS = re.compile(
    r"\b(?:that|which|who|whose|not|never|other|schools|teachers|students|help\w*|train\w*|support\w*|if|whether"
    r"|districts|organi[sz]ations)(?:\s+\S+){0,3}\s*$|n['’]t\s*$",
    re.IGNORECASE,
)
"""Words just before, by which others are the partners, or there are none."""
_WISHED = re.compile(
    r"\b(?:hop(?:e|es|ing)|plan(?:s|ning)?|intends?|aim(?:s|ing)?|goals?|vision|would|could|may|might|must|seek(?:s|ing)?"
    r"|explor\w*|opportunity|past|previously|formerly)\b",
    re.IGNORECASE,
)
"""Words of partnerships that are wished for, or that are over."""
_WORK = r"(?:this|the|our)\s+(?:proposed\s+)?(?:project|program|initiative|proposal|partnership|work|pilot|effort)"
_VALUE_WORDS = 40
"""Names of partners are shorter; a longer value is prose, which is read by its sentences."""


def partners_answered(fields: Iterable[Field]) -> Iterator[Fact[ApplicantType]]:
    """Yield the types that the answers to "who are your partners?" name."""
    for field in fields:
        for value in field.values:
            if len(value.text.split()) <= _VALUE_WORDS and not re.match(
                r"(?:no|none|not)\b", value.text, re.IGNORECASE
            ):
                for kind, basis in _kinds(value.text.replace("_", " ")):
                    yield Fact(kind, value.quote, basis)


def partners_said(statements: Iterable[Statement], applicant: str, original: str) -> Iterator[Fact[ApplicantType]]:
    """Yield the types with which the applicant, or its project, is said to work in partnership.

    A partnership that is only hoped for, or lies in the past, is inferred.
    """
    subject = re.compile(rf"{applicant}|(?<!\w)(?:[Oo]ur|(?i:{_WORK}))(?!\w)")
    for statement in statements:
        if not subject.search(statement.text):
            continue
        for found in _PARTNERED.finditer(statement.text):
            if _OF_OTHERS.search(statement.text[: found.start()]):
                continue
            whom = _END.split(f"{found['whom']} ", maxsplit=1)[0]
            is_wish = _WISHED.search(statement.text[: found.start("whom")]) is not None
            for kind, basis in _kinds(whom):
                yield Fact(kind, statement.quote(original), Basis.INFERRED if is_wish else basis)


def _kinds(words: str) -> Iterator[tuple[ApplicantType, Basis]]:
    """Yield the types that `words` name, each once; an exact name replaces a general one."""
    seen: set[ApplicantType] = set()
    for pattern, types, basis in _KINDS:
        if re.search(pattern, words) and not seen & set(types):
            seen.update(types)
            yield from ((kind, basis) for kind in types)
