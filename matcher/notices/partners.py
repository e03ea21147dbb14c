"""Whom an applicant must apply with: "in partnership with an LEA" where a notice requires it, not where it hopes."""

from collections.abc import Iterator

from matcher.domain.opportunity import PartnerRequirement
from matcher.notices.applicants import type_mentions
from matcher.notices.page import Page, Sentence
from matcher.notices.wording import cue

_WITH = r"(?P<names>(?:an?|the|at least one|one or more|local|their|its)? ?[^.;:]{3,140})"
_REQUIRED = cue(
    r"\b(?:must|shall|(?:is|are) required to|need(?:s)? to|ha(?:s|ve) to|only)\b(?! not)[^.;]{0,80}?"
    r"\b(?:partner(?:ed|ing|s)?|partnerships?|appl(?:y|ies)|appl(?:y|ying) jointly|jointly|collaborat(?:e|ion)"
    rf"|consorti(?:um|a)|team)(?: \w{{1,12}}){{0,2}}? with {_WITH}"
)
_IS_REQUIRED = cue(
    r"\b(?:a |the )?(?:partnership|collaboration|memorandum of understanding|joint application) with"
    r" (?P<names>[^.;:]{3,100}?) (?:is|are) (?:required|mandatory)\b"
)
_AS_PARTNER = cue(
    r"\bmust (?:include|name|have|identify) (?:at least one |an? |one or more )(?P<names>[^.;:]{3,80}?)"
    r" as (?:an? |the |its )?(?:[a-z]{1,12} )?partners?\b"
)
_END_OF_NAMES = cue(r"\b(?:to|that|which|who|in order|for|whose|where|when|by|unless)\b|,(?! (?:or|and)?)")
_OPTIONAL = cue(r"\b(?:may|encouraged|can|should|could|if|preference)\b")


def required_partners(page: Page, sentence: Sentence) -> Iterator[PartnerRequirement]:
    """Yield the partnerships that a sentence requires; a partner of no known type is none."""
    for pattern in (_REQUIRED, _IS_REQUIRED, _AS_PARTNER):
        for match in pattern.finditer(sentence.words):
            names = match["names"]
            end = _END_OF_NAMES.search(names)
            names = names[: end.start()] if end else names
            types = tuple(dict.fromkeys(one for mention in type_mentions(names) for one in mention.types))
            if types and _OPTIONAL.search(sentence.words[match.start() : match.start("names")]) is None:
                span = sentence.span_of(match.start(), match.start("names") + len(names.rstrip(" ,")))
                yield PartnerRequirement(types, page.quote(span))
