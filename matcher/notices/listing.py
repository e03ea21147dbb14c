"""What a notice lists on one matter: below a heading, behind a label, or in sentences that speak of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matcher.domain.evidence import Quote, Span
from matcher.notices.elements import element_spans
from matcher.notices.page import Block, Page
from matcher.notices.wording import plain, trimmed
from matcher.text.layout import collapsed
from matcher.text.sentences import sentence_spans

_ITEM_MARK = re.compile(r"\s*(?:[-*•▪‣●○◦·]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+", re.IGNORECASE)
_HEADING_MARKS = re.compile(r"[\W_]{0,8}(?:(?:[IVX]{1,4}|[A-H]|\d{1,2}(?:\.\d{1,2}){0,2})[.)]?\s{1,4})?[\W_]{0,4}")
_LONGEST_JOINT = 40
_LONGEST_SENTENCE = 600
"""Characters; what is longer is a page that lost its line breaks, and quotes more than it says on the matter."""

_ITEM_END = re.compile(r"[\s;,.]*(?:[;,]\s*(?:and|or|and/or))?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Matter:
    """The cues of one matter.

    `heading` matches a whole heading, or the label before a colon; `sentence` is searched in sentences elsewhere, and
    what `other` is found in belongs to another matter wherever it stands.
    """

    heading: re.Pattern[str]
    sentence: re.Pattern[str]
    other: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words that speak of the matter; a list among them is one of such things only if it begins after `cue_end`."""

    span: Span
    cue_end: int


def listed(page: Page, matter: Matter) -> tuple[Quote, ...]:
    """Return what `page` says on a matter, in order: the items of its lists without their marks, else its sentences."""
    found: dict[str, Quote] = {}
    for stretch in _stretches(page, matter):
        if not matter.other.search(plain(stretch.span.of(page.text))):
            for span in _parts(page, stretch):
                found.setdefault(collapsed(span.of(page.text)).casefold(), page.quote(span))
    return tuple(found.values())


def heading_words(block: Block) -> str:
    """Return the words of a heading without its numbering, marks and colon."""
    mark = _HEADING_MARKS.match(block.words)
    return block.words[mark.end() if mark else 0 :].strip("*_#: \n")


def item_span(page: Page, span: Span) -> Span | None:
    """Return a list item without its mark and without what joins it to the next one."""
    words = span.of(page.text)
    mark = _ITEM_MARK.match(words)
    end = _ITEM_END.search(words, max(0, len(words) - _LONGEST_JOINT))
    start = span.start + (mark.end() if mark else 0)
    return trimmed(page.text, start, max(start, span.start + (end.start() if end else len(words))))


def _stretches(page: Page, matter: Matter) -> Iterator[_Stretch]:
    """Yield the stretches that speak of the matter: items and paragraphs of its sections, and sentences elsewhere."""
    section: Block | None = None
    takes_items = has_items = False
    for block in page.blocks:
        is_item = block.is_item and not (section and section.is_item and block.is_heading)
        if is_item and takes_items:
            has_items = True
            yield _whole(block)
        elif block.is_heading:
            section = block if matter.heading.fullmatch(heading_words(block)) else None
            takes_items, has_items = section is not None, False
        else:
            in_section = section is not None and not has_items
            found = [_whole(block)] if in_section else list(_spoken(block, matter))
            announces = block.words.endswith(":") and bool(found) and found[-1].span.end == block.span.end
            takes_items = in_section or announces
            yield from found[:-1] if announces else found


def _whole(block: Block) -> _Stretch:
    return _Stretch(block.span, block.span.start)


def _spoken(block: Block, matter: Matter) -> Iterator[_Stretch]:
    """Yield what a paragraph says of the matter: all that stands behind its label, else the sentences."""
    label = _label_end(block, matter)
    if label is not None:
        start = block.span.start + label
        yield _Stretch(Span(start, block.span.end), start)
        return
    if not matter.sentence.search(block.words):
        return
    for span in sentence_spans(block.words):
        said = matter.sentence.search(block.words, span.start, span.end)
        if said and span.end - span.start <= _LONGEST_SENTENCE:
            offset = block.span.start
            yield _Stretch(Span(offset + span.start, offset + span.end), offset + said.end())


def _label_end(block: Block, matter: Matter) -> int | None:
    """Return where the words behind a label of the matter begin ("Eligible activities: planting"), None if none is."""
    name, colon, rest = block.words.partition(":")
    mark = _HEADING_MARKS.match(name)
    bare = name[mark.end() if mark else 0 :].strip("*_# ")
    is_label = bool(colon) and matter.heading.fullmatch(bare) is not None
    return len(name) + 1 + len(rest) - len(rest.lstrip("*_ ")) if is_label and rest.strip("*_ ") else None


def _parts(page: Page, stretch: _Stretch) -> Iterator[Span]:
    """Yield the separate things in a stretch, or the whole of it."""
    span = stretch.span
    if _ITEM_MARK.match(page.text, span.start, span.end):
        whole = item_span(page, span)
    else:
        whole = trimmed(page.text, span.start, span.end)
        parts = element_spans(page.text, span)
        if parts and parts[0].start >= stretch.cue_end:
            yield from parts
            return
    if whole:
        yield whole
