"""PDF to reading text: the words of the pages, with line wraps and hyphenation undone."""

import logging
import re
from collections.abc import Iterable, Iterator
from io import BytesIO

from matcher.errors import DocumentRejected
from matcher.text.layout import collapsed, joined_blocks, starts_list_item

_FULL_LINE = 0.75
"""A line at least this long, relative to the page's long lines, goes on in the next one."""
_HYPHENATED = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_SENTENCE_END = (".", "!", "?", ":", "”", '"')


def pdf_text(data: bytes, name: str) -> str:
    """Return the reading text of a PDF file: paragraphs apart, wrapped lines joined, page numbers left out.

    Raises:
        DocumentRejected: The file is broken, needs a password, or holds pictures of text only.
    """
    pages = _pages(data, name)
    if not any(page.strip() for page in pages):
        raise DocumentRejected(
            f"none of its {len(pages)} pages holds text, so it is probably a scan; run text recognition (OCR) on it",
            source=name,
        )
    numbered = [_without_page_number(page.splitlines(), number) for number, page in enumerate(pages, start=1)]
    vocabulary = frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", "\n".join(pages).lower()))
    return joined_blocks(_across_pages((_paragraphs(lines, vocabulary) for lines in numbered), vocabulary))


def _pages(data: bytes, name: str) -> list[str]:
    from pypdf import PasswordType, PdfReader

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of every flaw that it can read past
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise DocumentRejected("this PDF needs a password; save it without one", source=name)
        return [page.extract_text() for page in reader.pages]
    except (DocumentRejected, MemoryError):
        raise
    except Exception as error:  # pypdf raises whatever a broken object trips it over
        raise DocumentRejected("this PDF is broken or truncated; print or save it as a new PDF", source=name) from error


def _without_page_number(lines: list[str], number: int) -> list[str]:
    printed = re.compile(rf"\s*(?:page\s+)?{number}(?:\s+of\s+\d+)?\s*", re.IGNORECASE)
    kept = [line for line in lines if line.strip()]
    if kept and printed.fullmatch(kept[-1]):
        return kept[:-1]
    return kept[1:] if kept and printed.fullmatch(kept[0]) else kept


def _paragraphs(lines: list[str], vocabulary: frozenset[str]) -> list[str]:
    """Join the lines of one page that a paragraph was wrapped into."""
    lines = [collapsed(line) for line in lines]
    lengths = sorted(map(len, lines))
    full = _FULL_LINE * lengths[int(len(lengths) * 0.9)] if lengths else 0
    paragraphs: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on and not starts_list_item(line):
            paragraphs[-1] = _joined(paragraphs[-1], line, vocabulary)
        else:
            paragraphs.append(line)
        goes_on = len(line) >= full and not line.endswith(("?", ":"))
    return paragraphs


def _joined(above: str, below: str, vocabulary: frozenset[str]) -> str:
    """Join two lines; a hyphen goes unless the document writes the compound with one elsewhere."""
    broken = _HYPHENATED.search(above)
    if not broken or not below[:1].islower():
        return f"{above} {below}"
    left, right = broken.group(1), re.match(r"[^\W\d_]*", below)
    compound = f"{left}-{right.group() if right else ''}".lower()
    if compound in vocabulary and above[-1] != "\u00ad":
        return above + below
    return above[:-1] + below


def _across_pages(pages: Iterable[list[str]], vocabulary: frozenset[str]) -> Iterator[str]:
    """Yield the paragraphs of all pages, joining one that a page break cut."""
    open_paragraph = ""
    for paragraphs in pages:
        for index, paragraph in enumerate(paragraphs):
            is_cut = index == 0 and open_paragraph and not open_paragraph.endswith(_SENTENCE_END)
            if is_cut and paragraph[:1].islower():
                open_paragraph = _joined(open_paragraph, paragraph, vocabulary)
                continue
            yield open_paragraph
            open_paragraph = paragraph
    yield open_paragraph
