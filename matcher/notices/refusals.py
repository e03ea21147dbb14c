"""Whom a notice refuses: the applicant types that may not apply, and whether those abroad may.

Only a plain refusal counts. "Nonprofits that hold money in offshore accounts are not eligible" refuses some nonprofits,
which no applicant type can say, and "not eligible as prime recipients" leaves another way in: both name nobody here.
"""

import re

from matcher.domain.vocabulary import ApplicantType
from matcher.notices.applicants import type_mentions
from matcher.notices.wording import cue

_IS_REFUSED = (
    r"(?:(?:is|are) (?:also |generally )?(?:not|never) (?:an )?(?:eligible|permitted|allowed|solicited|accepted)"
    r"|(?:is|are) (?:ineligible|excluded|prohibited)|(?:may|can|will|do) ?not (?:apply|submit|qualify"
    r"|be (?:considered|funded|reviewed|accepted)|receive (?:awards?|funding|grants?))"
    r"|will be (?:disqualified|rejected))"
)
_REFUSAL = cue(rf"\b{_IS_REFUSED}\b(?P<rest>[^.;]{{0,80}})")
_LAST_CLAUSE = re.compile(r"[^.;:•\n]*\Z")
_LONGEST_CLAUSE = 200
_BEFORE_NAMES = cue(
    r"\b(?:not open to|(?:open to|from) (?:all|any|every)[^.;]{0,40}? (?:except|excluding|other than)(?: for)?"
    r"|(?:do|does) not (?:include|accept (?:applications|proposals) from)) (?P<names>[^.;:•\n]{3,160})"
)
_SUBMITTED = cue(r"(?:applications?|proposals?) (?:submitted )?(?:by|from) ")
_SOME_OF_THEM = cue(
    r"\b(?:that|who|which|whose|whom|described|registered|hold(?:s|ing)?|having|currently|previously|if|unless|when"
    r"|under|employees?|members?|part(?:s|ners)? of|components?|projects?|costs?|expenses?|activities|only)\b"
    r"|501 ?\(c\) ?\(4\)"
)
_IN_SOME_CASES = cue(
    r"\b(?:unless|if|except|as (?:a |the )?(?:prime|lead|host|primary)|for (?:this|the) (?:supplement|track|objective)"
    r"|until|more than)\b"
)
_IN_PARENTHESES = re.compile(r"\([^()]{0,160}\)")
_ABROAD = (
    r"\b(?:foreign (?:entit(?:y|ies)|organizations?|institutions?|applicants?)"
    r"|foreign and international organizations|non-domestic|non-u\.?s\.? (?:entit(?:y|ies)|organizations?|applicants?)"
    r"|(?:organizations|entities) (?:outside|located outside)(?: of)? the (?:u\.?s\.?|united states))"
)
_STRETCH = r"(?:U\.S\.|[^.;\n])"
_ABROAD_REFUSED = cue(
    rf"{_ABROAD}{_STRETCH}{{0,120}}?(?:{_IS_REFUSED}|\bwill not be\b)"
    rf"|\b(?:do|does) not include {_STRETCH}{{0,30}}?{_ABROAD}"
    rf"|(?:by|from) {_STRETCH}{{0,60}}?{_ABROAD} will not be\b"
)
_ONLY_ABROAD_REFUSED = cue(rf"(?<!,\s)(?<!and\s)(?<!or\s){_ABROAD}{_STRETCH}{{0,120}}?{_IS_REFUSED}{_STRETCH}{{0,120}}")
_ABROAD_TAKEN = cue(
    r"\(foreign (?:organizations?|institutions?)\) ?(?:;|\.|$|are eligible)"
    r"|\bforeign (?:entities|organizations|institutions|applicants)"
    r" (?:will be considered|are (?:also )?eligible|may apply)"
)


def refused_types(words: str) -> tuple[ApplicantType, ...]:
    """Return the applicant types that a sentence says may not apply, in its order."""
    refused: dict[ApplicantType, None] = {}
    for match in _REFUSAL.finditer(words):
        if _IN_SOME_CASES.search(match["rest"]) is None:
            refused.update(dict.fromkeys(_plainly_named(_clause_before(words, match.start()))))
    for match in _BEFORE_NAMES.finditer(words):
        refused.update(dict.fromkeys(_plainly_named(match["names"])))
    return tuple(refused)


def _clause_before(words: str, end: int) -> str:
    """Return what stands before a refusal, back to the last mark that ends a clause."""
    clause = _LAST_CLAUSE.search(words[max(0, end - _LONGEST_CLAUSE) : end])
    return clause.group() if clause else ""


def refuses_abroad(words: str) -> bool:
    """Whether a text refuses applicants outside the United States and nowhere takes them."""
    return _ABROAD_REFUSED.search(words) is not None and _ABROAD_TAKEN.search(words) is None


def without_refusals_abroad(words: str) -> str:
    """Return `words` with spaces where those abroad alone are refused, so that offsets stay."""
    return _ONLY_ABROAD_REFUSED.sub(lambda match: " " * len(match.group()), words)


def _plainly_named(names: str) -> tuple[ApplicantType, ...]:
    """Return the types of a bare list of names; none where words around them make it some of them only."""
    bare = _IN_PARENTHESES.sub(lambda match: " " * len(match.group()), names)
    bare = _SUBMITTED.sub("", bare)
    if _SOME_OF_THEM.search(bare):
        return ()
    return tuple(dict.fromkeys(one for mention in type_mentions(bare) for one in mention.types))
