"""A stretch of a notice as a priority, with the separate things that it asks for."""

from matcher.domain.evidence import Span
from matcher.domain.opportunity import Priority, PriorityElement
from matcher.domain.vocabulary import PriorityKind
from matcher.notices.element_keys import element_key
from matcher.notices.elements import element_spans
from matcher.notices.page import Page


def told_priority(
    page: Page, key: str, kind: PriorityKind, title: str, statement: Span, points: int | None = None
) -> Priority:
    """Return the priority that the words at `statement` tell."""
    return Priority(
        key=key,
        kind=kind,
        title=title,
        quote=page.quote(statement),
        elements=tuple(
            PriorityElement(element_key(key, position), page.quote(span))
            for position, span in enumerate(element_spans(page.text, statement))
        ),
        points=points,
    )
