"""Who may take part in an EU topic, according to sections 2 and 3 of the conditions that the portal prints.

The portal prints the same numbered headings below every topic. Most sections only point to an annex; what else they say
holds for this topic alone, and no vocabulary of ours can express it, so it is kept as it is written.
"""

import re

from matcher.domain.evidence import Quote, Span
from matcher.domain.opportunity import Eligibility
from matcher.notices.wording import trimmed

_SECTIONS = re.compile(
    r"\b2\. Eligible countries(?P<countries>.{0,20000}?)\b3\. Other eligib(?:le|ility) conditions(?P<other>.{0,20000}?)"
    r"\b4\. Financial",
    re.IGNORECASE | re.DOTALL,
)
_GENERAL = re.compile(
    r"\b(?:described|set out|see (?:also )?(?:section|annex|the information))\b|non-EU/non-Associated Countries|^n/a\b"
    r"|^general information\b|^see the list\b"
    r"|\bfollowing (?:additional |further )?(?:eligibility )?(?:criteria|conditions|exceptions) apply\b",
    re.IGNORECASE,
)
"""What holds for every topic, or only points to where it is told."""

_END = re.compile(r"(?<=[.;\])])\s*(?=[A-Z]|(?:are )?described)|\n+")
_SHORTEST, _MOST = 20, 12


def eligibility_in(text: str, conditions: Quote | None) -> Eligibility:
    """Return what the conditions of a topic say of who may take part; who that is in our words stays unknown.

    Args:
        text: The running text of the topic.
        conditions: Where in it the conditions stand, with their span; None if the topic has none.
    """
    sections = (
        _SECTIONS.search(text, conditions.span.start, conditions.span.end) if conditions and conditions.span else None
    )
    if sections is None:
        return Eligibility()
    told = [quote for name in ("countries", "other") for quote in _sentences(text, Span(*sections.span(name)))]
    if not told:
        return Eligibility()
    return Eligibility(note=told[0], conditions=tuple(told[:_MOST]))


def _sentences(text: str, section: Span) -> list[Quote]:
    """Return the sentences of a section that hold for this topic; many stand without a space between them."""
    ends = [*(match.start() for match in _END.finditer(text, section.start, section.end)), section.end]
    starts = [section.start, *ends[:-1]]
    spans = filter(None, (trimmed(text, start, end) for start, end in zip(starts, ends, strict=True)))
    quotes = [Quote(span.of(text), span) for span in spans]
    return [quote for quote in quotes if len(quote.text) >= _SHORTEST and not _GENERAL.search(quote.text)]
