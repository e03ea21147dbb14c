"""What the program wants to reach, where a notice has a section on it."""

from matcher.domain.evidence import Span
from matcher.domain.opportunity import Priority
from matcher.domain.vocabulary import PriorityKind
from matcher.notices.listing import heading_words
from matcher.notices.page import Page
from matcher.notices.told import told_priority
from matcher.notices.wording import cue, trimmed

_HEADING = cue(
    r"(?:(?:program|project|grant|funding|our|initiative|strategic) ){0,2}(?:goals?|objectives?|aims)"
    r"(?: (?:and|&) (?:(?:program|project) )?(?:goals|objectives|priorities|outcomes))?"
    r"(?: of (?:the|this) (?:program|grant|fund|initiative))?\W*"
)


def program_goals(page: Page, key: str) -> Priority | None:
    """Return the first section on the program's goals as a priority of kind PURPOSE; its list gives the elements."""
    for index, block in enumerate(page.blocks):
        if block.is_heading and not block.is_item and _HEADING.fullmatch(heading_words(block)):
            span = _below(page, index)
            if span:
                return told_priority(page, key, PriorityKind.PURPOSE, heading_words(block), span)
    return None


def _below(page: Page, index: int) -> Span | None:
    """Return the words below a heading, up to the next one; numbered items are no headings there."""
    end = start = page.blocks[index].span.end
    for block in page.blocks[index + 1 :]:
        if block.is_heading and not block.is_item:
            break
        end = block.span.end
    return trimmed(page.text, start, end)
