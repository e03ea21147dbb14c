"""The words by which notices name those who may apply, and the applicant types that they mean."""

import re
from dataclasses import dataclass

from matcher.domain.vocabulary import ApplicantType
from matcher.notices.applicant_names import BUSINESSES, CLASSES, NAMES, Types
from matcher.notices.wording import cue

_EVERYBODY = cue(
    r"\b(?:open to (?:all|any|every)(?:one)?(?: (?:interested )?(?:applicants?|entit(?:y|ies)|organizations?"
    r"|parties))?|any(?:one| (?:organization|entity|person)) (?:may|can) apply|unrestricted"
    r"|all applicants are (?:eligible|welcome)|no (?:restrictions?|limits?) on (?:eligibility|who))(?= ?(?:[.;,!]|$"
    r"|to apply|eligible|regardless|worldwide))"
)
_EVERYBODY_BY_NAMES = cue(
    r"\ball responsible sources\b(?! from)"
    r"|\bpublic and private (?:(?:agencies|organizations|institutions|entities),? (?:and )?){1,4}individuals\b"
)
_OUTSIDE = cue(
    r"\b(?:other than|except(?:ing)?(?: for)?|excluding|not|rather than|serv(?:e|es|ing)|help(?:s|ing)?"
    r"|support(?:s|ing)?|assist(?:s|ing)?|benefit(?:s|ing)?|partner(?:s|ed|ing|ship|ships)? (?:with|between|among)"
    r"|consorti(?:um|a) with|collaborat(?:e|es|ion|ing) with|work(?:s|ing)? with|located in|residents of|city of"
    r"|county of|in|within|across|throughout|at(?! (?:least|most))|(?:permits?|approval) (?:from|of)"
    r"|(?:training|services?|experience|care|education) (?:to|for)) (?:[a-z-]{1,20},? ){0,3}$"
)
REFUSED = cue(
    r"\b(?:(?:is|are|be) (?:not|never) (?:eligible|permitted|allowed|solicited)|(?:is|are) ineligible|ineligible"
    r"|(?:may|can|do|will|should) ?not (?:apply|submit|fund|qualify|accept|receive|support"
    r"|be (?:funded|considered|reviewed|accepted|eligible))"
    r"|(?:are|is) excluded|not open to|not eligible|are not\b\W*$)"
)
_GIVING = cue(r"\b(?:awards?|grants?|fund|funds|funding|assistance|support) (?:[a-z]{1,12} ){0,3}to\b")
_PURPOSE = cue(
    r"\b(?:to|for) (?:address|assist|build|carry|conduct|create|develop|enable|encourag|enhanc|establish|expand|help"
    r"|implement|improv|increas|plan|preserv|prevent|promot|protect|provid|purchas|reduc|restor|serv|strengthen|support|train)"
    r"[a-z]{0,4}\b|\b(?:for the purposes? of|in order to)\b"
)
_CLAUSE = re.compile(r"[^;]+?(?:;|, but\b|\bbut\b|\bhowever\b|$)", re.IGNORECASE)
_BEFORE = 80
_MOST_NAMES_OF_ONE_PLACE = 6


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A name of applicants in a clause: its offsets there and the types it means (or, for a class, may mean)."""

    start: int
    end: int
    types: Types


def applicant_types(words: str) -> tuple[ApplicantType, ...]:
    """Return the types that a sentence about eligibility lets apply, in the order of the sentence.

    A clause that refuses ("individuals are not eligible") names none; neither does the mention of those whom the
    applicants serve, join with or are told apart from, nor that of a class within a type ("tribal colleges").
    """
    if REFUSED.search(words) is None and _EVERYBODY_BY_NAMES.search(words):
        return (ApplicantType.UNRESTRICTED,)
    found: dict[ApplicantType, int] = {}
    for clause in _CLAUSE.finditer(words):
        if not REFUSED.search(clause.group()):
            for mention in type_mentions(_without_purpose(clause.group())):
                for one in mention.types:
                    found.setdefault(one, clause.start() + mention.start)
    if not found and _EVERYBODY.search(words) and not REFUSED.search(words):
        return (ApplicantType.UNRESTRICTED,)
    return tuple(sorted(found, key=lambda one: (found[one], one)))


def _without_purpose(clause: str) -> str:
    """Return a clause without what a gift is for ("to help individuals"): whom it helps is not who applies."""
    giving = _GIVING.search(clause)
    purpose = _PURPOSE.search(clause, giving.end()) if giving else None
    return clause[: purpose.start()] if purpose else clause


def type_mentions(clause: str) -> tuple[Mention, ...]:
    """Return the names in a clause that mean applicant types outright, in order of appearance."""
    bare = clause
    for pattern, _ in CLASSES:
        bare = pattern.sub(_blank, bare)
    found = sorted(
        Mention(match.start(), match.end(), types)
        for pattern, types in NAMES
        for match in pattern.finditer(bare)
        if not _OUTSIDE.search(bare[max(0, match.start() - _BEFORE) : match.start()])
    )
    whole = [mention for index, mention in enumerate(found) if not _is_part(mention, _near(found, index))]
    named = {mention.types for mention in whole}
    return tuple(mention for mention in whole if not _is_narrowed(mention.types, named))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _near(found: list[Mention], index: int) -> list[Mention]:
    """Return the names around one; no more of them can stand in the same place."""
    return found[max(0, index - _MOST_NAMES_OF_ONE_PLACE) : index + _MOST_NAMES_OF_ONE_PLACE]


def class_mentions(clause: str) -> tuple[Mention, ...]:
    """Return the names in a clause that mean a class within applicant types, in order of appearance."""
    return tuple(
        sorted(Mention(*match.span(), types) for pattern, types in CLASSES for match in pattern.finditer(clause))
    )


def _is_part(mention: Mention, others: list[Mention]) -> bool:
    """Whether a name is a part of a longer one: "for-profit" of "for-profit other than small businesses"."""
    return any(
        mention.end - mention.start < other.end - other.start
        and other.start <= mention.start
        and mention.end <= other.end
        and not set(mention.types).isdisjoint(other.types)
        for other in others
    )


def _is_narrowed(types: Types, named: set[Types]) -> bool:
    """Whether a general name only repeats one that the same clause makes exact: "501(c)(3) nonprofits".

    Small businesses named beside businesses are an example of them and narrow nothing.
    """
    if len(types) == 1 or types == BUSINESSES:
        return False
    return any(len(other) == 1 and other[0] in types for other in named)
