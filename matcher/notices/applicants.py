"""The words by which notices name those who may apply, and the applicant types that they mean."""

import re

from matcher.domain.vocabulary import ApplicantType
from matcher.notices.wording import cue

_LOCAL = (ApplicantType.COUNTY_GOVERNMENTS, ApplicantType.CITY_OR_TOWNSHIP_GOVERNMENTS)
_NONPROFITS = (ApplicantType.NONPROFITS_WITH_501C3, ApplicantType.NONPROFITS_WITHOUT_501C3)
_COLLEGES = (ApplicantType.PUBLIC_HIGHER_EDUCATION, ApplicantType.PRIVATE_HIGHER_EDUCATION)

_NAMES: tuple[tuple[re.Pattern[str], tuple[ApplicantType, ...]], ...] = (
    (
        cue(r"\bLEAs?\b|\blocal education(?:al)? agenc(?:y|ies)\b|(?<!independent\s)\bschool districts?\b"),
        (ApplicantType.LOCAL_EDUCATIONAL_AGENCIES,),
    ),
    (cue(r"\bindependent school districts?\b"), (ApplicantType.INDEPENDENT_SCHOOL_DISTRICTS,)),
    (cue(r"\bcharter (?:schools?|management|networks?|school networks?)\b"), (ApplicantType.CHARTER_SCHOOLS,)),
    (
        cue(r"\b(?:without|not hav(?:e|ing)|do not have) (?:[a-z]{1,12} ){0,2}501 ?\(c\) ?\(3\)"),
        (ApplicantType.NONPROFITS_WITHOUT_501C3,),
    ),
    (cue(r"\b501 ?\(c\) ?\(3\)|\btax-?exempt\b"), (ApplicantType.NONPROFITS_WITH_501C3,)),
    (cue(r"\b(?:non-?profits?|not-for-profits?|charit(?:y|ies)|charitable organizations?)\b"), _NONPROFITS),
    (
        cue(r"\bstates?,? (?:(?:and|or|,) ?)?(?:[a-z]{1,12},? ){0,3}governments?\b"
            r"|\bstate (?:educational )?agenc(?:y|ies)\b|\bSEAs?\b|\bstates (?:are|may|and)\b"),
        (ApplicantType.STATE_GOVERNMENTS,),
    ),
    (cue(r"\b(?:units? of )?(?:general )?local (?:[a-z]{1,10} )?governments?\b"), _LOCAL),
    (cue(r"\bcount(?:y|ies)\b"), (ApplicantType.COUNTY_GOVERNMENTS,)),
    (
        cue(r"\b(?:cities|towns|townships?|municipalit(?:y|ies)|city (?:[a-z]{1,12} ){0,3}governments?)\b"),
        (ApplicantType.CITY_OR_TOWNSHIP_GOVERNMENTS,),
    ),
    (cue(r"\bspecial districts?\b"), (ApplicantType.SPECIAL_DISTRICT_GOVERNMENTS,)),
    (
        cue(r"\b(?:public|government(?:al)?) (?:agenc(?:y|ies)|entit(?:y|ies))\b"),
        (ApplicantType.STATE_GOVERNMENTS, *_LOCAL, ApplicantType.SPECIAL_DISTRICT_GOVERNMENTS),
    ),
    (
        cue(r"\bpublic (?:[a-z-]{1,12} ){0,3}(?:institutions? of higher education|colleges?|universit(?:y|ies))\b"
            r"|\bcommunity colleges?\b"),
        (ApplicantType.PUBLIC_HIGHER_EDUCATION,),
    ),
    (
        cue(r"\bprivate (?:[a-z-]{1,12} ){0,3}(?:institutions? of higher education|colleges?|universit(?:y|ies))\b"),
        (ApplicantType.PRIVATE_HIGHER_EDUCATION,),
    ),
    (
        cue(r"\binstitutions? of higher (?:education|learning)\b|\bIHEs?\b|\bhigher education institutions?\b"
            r"|\b(?:colleges|universities)\b"),
        _COLLEGES,
    ),
    (
        cue(r"\b(?:tribes|tribal (?:governments?|nations?|entit(?:y|ies))|indian tribes?)\b"),
        (ApplicantType.TRIBAL_GOVERNMENTS,),
    ),
    (
        cue(r"\b(?:tribal|native american|alaska native|native hawaiian|indian) organizations?\b"),
        (ApplicantType.OTHER_TRIBAL_ORGANIZATIONS,),
    ),
    (cue(r"\bhousing authorit(?:y|ies)\b"), (ApplicantType.HOUSING_AUTHORITIES,)),
    (
        cue(r"\bindividuals\b(?! (?:with|who|from|in|experiencing|living|and famil))"
            r"|\bindividual (?:artists?|applicants?|researchers?|scholars?|writers?|people)\b"),
        (ApplicantType.INDIVIDUALS,),
    ),
    (cue(r"\bsmall business(?:es)?\b"), (ApplicantType.SMALL_BUSINESSES,)),
    (
        cue(r"(?<!not-)\bfor-?profits?\b|(?<!small\s)\bbusinesses\b|\bcompanies\b|\bcommercial (?:entities|firms)\b"),
        (ApplicantType.FOR_PROFITS,),
    ),
)  # fmt: skip
_EVERYBODY = cue(
    r"\b(?:open to (?:all|any|every)(?:one)?(?: (?:interested )?(?:applicants?|entit(?:y|ies)|organizations?"
    r"|parties))?|any(?:one| (?:organization|entity|person)) (?:may|can) apply|unrestricted"
    r"|all applicants are (?:eligible|welcome)|no (?:restrictions?|limits?) on (?:eligibility|who))(?= ?(?:[.;,!]|$"
    r"|to apply|eligible|regardless|worldwide))"
)
_OUTSIDE = cue(
    r"\b(?:other than|except(?:ing)?(?: for)?|excluding|not|rather than|serv(?:e|es|ing)|help(?:s|ing)?"
    r"|support(?:s|ing)?|assist(?:s|ing)?|benefit(?:s|ing)?|partner(?:s|ed|ing|ship|ships)? (?:with|between|among)"
    r"|consorti(?:um|a) with|collaborat(?:e|es|ion|ing) with|work(?:s|ing)? with|located in|residents of|city of"
    r"|county of) (?:[a-z-]{1,20},? ){0,3}$"
)
_REFUSED = cue(
    r"\b(?:(?:is|are|be) (?:not|never) (?:eligible|permitted|allowed)|(?:is|are) ineligible|ineligible"
    r"|(?:may|can|do|will|should) ?not (?:apply|submit|fund|qualify|accept|receive|be funded|support)"
    r"|(?:are|is) excluded|not open to|not eligible|are not\b\W*$)"
)
_CLAUSE = re.compile(r"[^;]+?(?:;|, but\b|\bbut\b|\bhowever\b|$)", re.IGNORECASE)
_BEFORE = 80


def applicant_types(words: str) -> tuple[ApplicantType, ...]:
    """Return the types that a sentence about eligibility lets apply, in the order of the sentence.

    A clause that refuses ("individuals are not eligible") names none; neither does the mention of those whom the
    applicants serve, join with or are told apart from.
    """
    found: dict[ApplicantType, int] = {}
    for clause in _CLAUSE.finditer(words):
        if not _REFUSED.search(clause.group()):
            for start, types in _mentions(clause.group()):
                for one in types:
                    found.setdefault(one, clause.start() + start)
    if not found and _EVERYBODY.search(words) and not _REFUSED.search(words):
        return (ApplicantType.UNRESTRICTED,)
    return tuple(sorted(found, key=lambda one: (found[one], one)))


def _mentions(clause: str) -> list[tuple[int, tuple[ApplicantType, ...]]]:
    mentions = [
        (match.start(), types)
        for pattern, types in _NAMES
        for match in pattern.finditer(clause)
        if not _OUTSIDE.search(clause[max(0, match.start() - _BEFORE) : match.start()])
    ]
    named = {types for _, types in mentions}
    return [(start, types) for start, types in mentions if not _is_narrowed(types, named)]


def _is_narrowed(types: tuple[ApplicantType, ...], named: set[tuple[ApplicantType, ...]]) -> bool:
    """Whether a general name only repeats one that the same clause makes exact: "501(c)(3) nonprofits"."""
    return len(types) > 1 and any(len(other) == 1 and other[0] in types for other in named)
