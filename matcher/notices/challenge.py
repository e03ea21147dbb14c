"""Topics in the European layout: what is wrong, what is to be done, and what should come of it, each under its name."""

import re
from collections.abc import Iterator

from matcher.domain.evidence import Span
from matcher.domain.opportunity import Priority
from matcher.domain.vocabulary import PriorityKind
from matcher.notices.page import Page
from matcher.notices.told import told_priority
from matcher.notices.wording import trimmed

SECTION_NAME = r"(?:Specific Challenges?|Expected (?:Outcomes?|Impacts?|Results?)|Objectives?|Scope)"
"""What the sections of a topic are called on the EU Funding & Tenders Portal, since Horizon 2020."""

_NAMED = re.compile(rf"[\W\d_]{{0,8}}(?P<name>{SECTION_NAME})\s{{0,2}}(?:[*_]{{0,2}}:[*_]{{0,2}}|[*_]{{0,2}}$)")
_SURE = re.compile(r"Specific|Expected")


def challenge_priorities(page: Page) -> tuple[Priority, ...]:
    """Return one priority of kind PURPOSE for each named section, titled by its name, in order.

    "Scope" and "Objectives" are headings of many documents: they count only beside a challenge or an expected outcome.
    """
    sections = list(_sections(page))
    if len(sections) < 2 or not any(_SURE.match(name) for name, _ in sections):
        return ()
    return tuple(
        told_priority(page, str(number), PriorityKind.PURPOSE, name, span)
        for number, (name, span) in enumerate(sections, start=1)
    )


def _sections(page: Page) -> Iterator[tuple[str, Span]]:
    """Yield the names and the words of the sections; a section ends with the next heading."""
    name, start, end = "", 0, 0
    for block in page.blocks:
        heading = _NAMED.match(block.words)
        if heading or block.is_heading:
            yield from _section(page, name, start, end)
            name = " ".join(heading["name"].split()) if heading else ""
            start = block.span.start + (heading.end() if heading else 0)
        end = block.span.end
    yield from _section(page, name, start, end)


def _section(page: Page, name: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    span = trimmed(page.text, start, end) if name else None
    if span:
        yield name, span
