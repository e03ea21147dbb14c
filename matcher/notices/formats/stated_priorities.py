"""The priorities of a record whose source has no field for them: read from its words, like those of a prose notice."""

from dataclasses import replace
from functools import lru_cache

from matcher.domain.evidence import Quote
from matcher.domain.opportunity import Priority
from matcher.domain.vocabulary import PriorityKind
from matcher.notices.page import Page, read_page
from matcher.notices.priorities import stated_priorities
from matcher.notices.purpose import purpose_priority
from matcher.notices.told import told_priority
from matcher.text.documents import Document, DocumentKind

_FEWEST_WORDS = 3


def priorities_in(text: str, section: Quote | None, title: str) -> tuple[Priority, ...]:
    """Return the priorities that a section of `text` names, or else its sentences of purpose as one priority.

    Args:
        text: The running text; every quote points into it.
        section: The words that are read, with their span; no section has no priorities.
        title: The title of the opportunity, which is also that of its purpose.
    """
    page = page_of(text, section, title)
    purpose = purpose_priority(page)
    return stated_priorities(page) or ((purpose,) if purpose else ())


@lru_cache(maxsize=2)
def page_of(text: str, section: Quote | None, title: str) -> Page:
    """Return a section of `text` laid out for reading; its spans point into `text`, and no section has no blocks.

    The last pages are kept, since several grammars read the same section in turn.
    """
    if section is None or section.span is None:
        return Page(text, title, ())
    page = read_page(Document("", DocumentKind.TEXT, text[: section.span.end]))
    blocks = tuple(block for block in page.blocks if block.span.start >= section.span.start)
    return Page(page.text, title, blocks)


def section_priority(key: str, title: str, text: str, section: Quote) -> Priority:
    """Return a whole section of `text` as one priority of kind PURPOSE, with the separate things that it asks for.

    Sources that lose their line breaks glue footnotes to sentences; what then looks like a list has items of a word or
    two, and no list is taken from it.
    """
    if section.span is None:
        return Priority(key, PriorityKind.PURPOSE, title, section)
    priority = told_priority(Page(text, title, ()), key, PriorityKind.PURPOSE, title, section.span)
    is_list = all(len(element.quote.text.split()) >= _FEWEST_WORDS for element in priority.elements)
    return priority if is_list else replace(priority, elements=())
