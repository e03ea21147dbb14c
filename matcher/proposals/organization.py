"""The organization that a proposal speaks for, where no field names it: only from sentences that introduce it."""

import re
from collections.abc import Sequence

from matcher.domain.evidence import Quote, Span
from matcher.domain.proposal import Section
from matcher.text.alignment import align
from matcher.text.layout import collapsed

_NAME = (
    r"(?:(?:When|While|Since|Today|At|As|In|For|Here at|Founded|[Tt]he)\b,?\s+)*"
    r"(?P<name>[A-Z][\w&’'-]*(?:\s+(?:(?:of|for|the|and|in|on|at|to|de|la|del|los)\s+){0,2}(?:[A-Z][\w&’'-]*|&)){1,9})"
)
_BEGINNING = r"(?:\A|[.!?,]\s+|\n\s*)"
_SHORT_FORM = r"(?:\s+\([\"“]?(?P<short>[A-Z][\w&. -]{1,30})[\"”]?\),?)?"
_KIND = r"(?:non-?profit|501\(c\)\(3\)|organi[sz]ation|network|foundation|coalition|charity|collaborative|association)"
_INTRODUCED = re.compile(
    rf"{_BEGINNING}{_NAME}{_SHORT_FORM}\s+"
    r"(?:was\s+(?:founded|established|started)\b"
    r"|(?:is|has(?:\s\w+){1,4}\sas|has\s+grown\s+(?:to\s+become|into))\s+(?:an?|the|one\s+of\s+the)\s+"
    rf"(?:[\w-]+\s+){{0,10}}?{_KIND})"
)
_APPLICANT = re.compile(rf"{_NAME}\s+(?:is|will be)\s+(?:serving as |acting as )?(?:the |our )?(?:lead )?applicant\b")
_OPENING_SECTIONS = 1


def organization_in(sections: Sequence[Section], original: str) -> Quote | None:
    """Return the name of the organization that the opening introduces or that is called the applicant, or None.

    An introduction says when it was founded, or what kind it is ("… is a nonprofit"). Others that are mentioned later
    may be partners, so only the first section counts.
    """
    for section in sections[:_OPENING_SECTIONS]:
        introductions = filter(_is_introduction, _INTRODUCED.finditer(section.answer))
        introduced = next(introductions, None)
        if introduced:
            return _quote(section, introduced, original)
    for section in sections:
        found = _APPLICANT.search(section.answer)
        if found:
            return _quote(section, found, original)
    return None


def _is_introduction(found: re.Match[str]) -> bool:
    """Whether the short form, if any, is made of the name: some of its words, or its initials."""
    short = found["short"]
    if short is None:
        return True
    words = re.findall(r"\w+", found["name"])
    initials = "".join(word[0] for word in words if word[0].isupper())
    return set(short.split()) <= set(found["name"].split()) or short.replace(".", "") == initials


def _quote(section: Section, found: re.Match[str], original: str) -> Quote:
    alignment = align(section.answer, original, section.span)
    span = alignment.span_of(Span(*found.span("name"))) if alignment else None
    return Quote(collapsed(found["name"]), span)
