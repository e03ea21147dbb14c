"""A prose notice laid out for reading: its title, blocks and sentences, each with its place in the text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from matcher.domain.evidence import Quote, Span
from matcher.notices.furniture import content_lines
from matcher.notices.wording import cue, plain
from matcher.text.dates import DateMention, find_dates
from matcher.text.documents import Document, DocumentKind
from matcher.text.layout import collapsed, starts_list_item
from matcher.text.money import MoneyMention, find_money
from matcher.text.sentences import sentence_spans

_HEADING_MARK = re.compile(r"(?:#{1,6}\s{0,4}|\*\*|__|(?:[IVX]{1,4}|[A-H]|\d{1,2})\.\s{1,4})")
_LABEL = re.compile(r"(?:\*\*|__)?[A-Z][\w /()&'-]{1,60}:(?:\*\*|__)?(?:\s|$)")
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_TITLE_FIELD = re.compile(r"^title:(?P<title>[^\n]*\S)", re.MULTILINE)
_SECTION_NAME = cue(
    r"(?:who (?:can|may|is)|what we|how to|when to|eligib\w*|overview|purpose|background|summary|introduction|about"
    r"|award|funding|deadline|key dates|timeline|goals?|objectives?|priorit\w*|dates?|description|program|contact)\b.*"
)
_SHORT_LINE = 45
_LONGEST_HEADING = 100
_MOST_WORDS_OF_LABEL = 6
_LONGEST_TITLE = 220
_LONGEST_BANNER = 200
_BANNER_SEARCH = 4
_LONGEST_QUOTE = 360
"""Characters; what a reader takes in at a glance."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item: its place, and its words made plain (offsets unchanged)."""

    span: Span
    words: str
    is_heading: bool
    is_item: bool


@dataclass(frozen=True)
class Sentence:
    """One sentence: its place, its words made plain (offsets unchanged), its block and the heading above it."""

    span: Span
    words: str
    block: int
    heading: Block | None

    @cached_property
    def folded(self) -> str:
        """`words` in small letters, to pass over a sentence at once that a grammar has nothing to find in."""
        return self.words.lower()

    @cached_property
    def money(self) -> tuple[MoneyMention, ...]:
        """The amounts in `words`."""
        return find_money(self.words)

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """The days in `words`."""
        return find_dates(self.words)

    def span_of(self, start: int, end: int) -> Span:
        """Return the place in the text of `words[start:end]`."""
        return Span(self.span.start + start, self.span.start + end)


@dataclass(frozen=True)
class Page:
    """The notice on a page: `text` is the whole document, `blocks` are the notice's own without its title."""

    text: str
    title: str
    blocks: tuple[Block, ...]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of all blocks, in order."""
        return tuple(_sentences(self.text, self.blocks))

    @property
    def description(self) -> str:
        """The notice's own words, paragraph by paragraph."""
        return "\n\n".join(block.span.of(self.text) for block in self.blocks)

    def quote(self, span: Span) -> Quote:
        """Return the words at `span` as a quote."""
        return Quote(span.of(self.text), span)

    def quote_within(self, sentence: Sentence, stretch: Span) -> Quote:
        """Return the words around `sentence.words[stretch]` as a quote: the sentence, or of a long one what is near."""
        whole = Span(0, len(sentence.words))
        near = whole if whole.end <= _LONGEST_QUOTE else _near(sentence.words, stretch)
        return self.quote(sentence.span_of(near.start, near.end))


def _near(words: str, stretch: Span) -> Span:
    """Return a stretch with the whole words that stand up to a third of a quote before and behind it."""
    reach = _LONGEST_QUOTE // 3
    start, end = max(0, stretch.start - reach), min(len(words), stretch.end + reach)
    if start > 0:
        start = min(stretch.start, start + len(words[start:].split(maxsplit=1)[0]) + 1)
    if end < len(words):
        end = max(stretch.end, words.rfind(" ", stretch.end, end))
    near = words[start:end]
    return Span(start + len(near) - len(near.lstrip()), end - len(near) + len(near.rstrip()))


def read_page(document: Document) -> Page:
    """Lay out a prose document; front matter and page furniture are left out, and `title` is "" if there is none."""
    text = document.text
    front = _FRONT_MATTER.match(text) if document.kind is DocumentKind.FRONT_MATTER else None
    lines = tuple(line for line in content_lines(text) if front is None or line.start >= front.end())
    named = _TITLE_FIELD.search(front.group()) if front else None
    if named:
        return Page(text, collapsed(named["title"]).strip("\"'"), tuple(_blocks(text, lines)))
    position = _title_position(text, lines) if len(lines) > 1 else None
    if position is None:
        return Page(text, "", tuple(_blocks(text, lines)))
    title = _heading_words(lines[position].of(text))
    return Page(text, title, tuple(_blocks(text, lines[position + 1 :])))


def _title_position(text: str, lines: tuple[Span, ...]) -> int | None:
    """Return which line is the title: the first, or the one below a site's banner of one sentence."""
    for position, line in enumerate(lines[:_BANNER_SEARCH]):
        words = plain(line.of(text))
        if _is_title(words) and (position == 0 or not _SECTION_NAME.match(_heading_words(words))):
            return position
        if len(words) > _LONGEST_BANNER or len(sentence_spans(words)) > 1:
            break
    return None


def _is_title(line: str) -> bool:
    is_sentence = line.endswith((".", ";", ",")) and not line.startswith("#")
    return len(line) <= _LONGEST_TITLE and not is_sentence and any(letter.isalpha() for letter in line)


def _heading_words(line: str) -> str:
    mark = _HEADING_MARK.match(line)
    return collapsed(line[mark.end() if mark else 0 :]).strip("*_# ")


def _blocks(text: str, lines: Iterable[Span]) -> Iterator[Block]:
    group: list[Span] = []
    for line in lines:
        if group and _begins_block(text, group[-1], line):
            yield _block(text, group)
            group = []
        group.append(line)
    if group:
        yield _block(text, group)


def _begins_block(text: str, previous: Span, line: Span) -> bool:
    words, above = plain(line.of(text)), previous.of(text)
    return (
        text.count("\n", previous.end, line.start) != 1
        or starts_list_item(words)
        or _LABEL.match(words) is not None
        or words.startswith("#")
        or above.startswith("#")
        or above.endswith(":")
        or (len(above) < _SHORT_LINE and words[:1].isupper())
    )


def _block(text: str, group: list[Span]) -> Block:
    span = Span(group[0].start, group[-1].end)
    words = plain(span.of(text))
    is_item = starts_list_item(words)
    return Block(span, words, len(group) == 1 and _is_heading(words, is_item), is_item)


def _is_heading(words: str, is_item: bool) -> bool:
    if words.startswith("#"):
        return True
    if len(words) > _LONGEST_HEADING or (is_item and not _HEADING_MARK.match(words)):
        return False
    bare = _heading_words(words)
    introduces = bare.endswith(":") and len(bare.split()) > _MOST_WORDS_OF_LABEL
    is_sentence = introduces or bare.endswith((".", ";", ",", "!"))
    has_value = ": " in bare or find_dates(bare) or find_money(bare)
    return bare[:1].isupper() and not is_sentence and not has_value


def _sentences(text: str, blocks: tuple[Block, ...]) -> Iterator[Sentence]:
    heading = None
    for index, block in enumerate(blocks):
        if block.is_heading:
            heading = block
        for span in sentence_spans(block.span.of(text)):
            yield Sentence(
                Span(block.span.start + span.start, block.span.start + span.end),
                block.words[span.start : span.end],
                index,
                None if block is heading else heading,
            )


def shorter(text: str, limit: int) -> str:
    """Return `text` on one line, cut at a word with an ellipsis where it is longer than `limit` characters."""
    words = collapsed(text)
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + "…"
