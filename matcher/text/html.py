"""HTML to reading text: block elements become lines, everything that is not read is dropped."""

from typing import TYPE_CHECKING

from matcher.text.layout import CELL_BREAK, LIST_DASH, collapsed, joined_blocks

if TYPE_CHECKING:
    from lxml.etree import _Element

_DROPPED = frozenset({
    "audio", "button", "canvas", "embed", "footer", "head", "iframe", "map", "math", "nav", "noscript", "object",
    "script", "select", "style", "svg", "template", "textarea", "video",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})


def html_text(markup: str) -> str:
    """Return the reading text of an HTML page or fragment: paragraphs apart, list items with a dash, cells with a bar.

    A page without a first-level heading begins with its title. Entities are decoded, and no external entity or
    resource is loaded.
    """
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(markup.encode("utf-8", "surrogatepass"), parser)
    if root is None:
        return ""
    page = _Page()
    if root.find(".//h1") is None:
        page.words(root.findtext(".//title") or "")
        page.break_block()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            page.open(element)
        else:
            page.close(element)
    return page.text()


class _Page:
    """Collects the words of a walk over a tree; a dropped element hides everything within it."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._line: list[str] = []
        self._hidden = 0

    def open(self, element: "_Element") -> None:
        """Note the start of `element` and the words before its first child."""
        tag = element.tag
        if tag in _DROPPED:
            self._hidden += 1
        if self._hidden:
            return
        if tag not in _INLINE and tag not in _CELLS:
            self.break_block()
        if tag == "li":
            self.words(LIST_DASH)
        self.words(element.text or "")

    def close(self, element: "_Element") -> None:
        """Note the end of `element` and the words after it."""
        tag = element.tag
        if tag in _DROPPED:
            self._hidden -= 1
        if self._hidden:
            return
        if tag in _CELLS and element.getnext() is not None:
            self.words(CELL_BREAK)
        elif tag not in _INLINE and tag not in _CELLS and (tag not in _DROPPED or tag == "nav"):
            self.break_block()
        self.words(element.tail or "")

    def words(self, text: str) -> None:
        """Add words to the line that is being read."""
        self._line.append(text)

    def break_block(self) -> None:
        """End the block that is being read."""
        block = collapsed("".join(self._line))
        if block and block != LIST_DASH.strip():
            self._blocks.append(block)
            self._line = []
        elif not block:
            self._line = []

    def text(self) -> str:
        """Return all that was read."""
        self.break_block()
        return joined_blocks(self._blocks)
