"""DOCX to reading text: headings, paragraphs and tables in the order of the page."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from matcher.errors import DocumentRejected
from matcher.text.layout import CELL_BREAK, LIST_DASH, collapsed, joined_blocks

if TYPE_CHECKING:
    from lxml.etree import _Element

MAXIMUM_UNPACKED_BYTES = 200 * 1024 * 1024
"""A DOCX of 20 MiB is mostly pictures; one that unpacks to more than this is an attack on memory."""
MAXIMUM_PARTS = 10_000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HIDDEN = frozenset(
    {f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_CONTAINERS = frozenset(f"{_W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_BREAKS = frozenset(f"{_W}{tag}" for tag in ("tab", "br", "cr"))


def docx_text(data: bytes, name: str) -> str:
    """Return the reading text of a DOCX file; deleted (tracked) words are left out, inserted ones are read.

    Entities of the XML inside are never resolved.

    Raises:
        DocumentRejected: The file is broken, truncated, locked, unpacks to too much, or is no Word document.
    """
    _check_archive(data, name)
    import docx

    try:
        body = docx.Document(BytesIO(data)).element.body
    except MemoryError:
        raise
    except Exception as error:  # python-docx and lxml raise whatever a broken part trips them over
        raise DocumentRejected(
            "this DOCX file is broken; open it in a word processor and save it again", source=name
        ) from error
    return joined_blocks(_blocks(body))


def _check_archive(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise DocumentRejected(
            "this DOCX file (a zip archive) is truncated or broken; copy or save it again", source=name
        ) from error
    if any(part.flag_bits & 0x1 for part in parts):
        raise DocumentRejected("this archive is password-protected; save it without a password", source=name)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAXIMUM_UNPACKED_BYTES or len(parts) > MAXIMUM_PARTS:
        raise DocumentRejected(
            f"this archive unpacks to {unpacked:,} bytes in {len(parts):,} parts, more than a document of "
            f"{MAXIMUM_UNPACKED_BYTES:,} bytes needs; save it without its pictures",
            source=name,
        )
    if not any(part.filename.startswith("word/") for part in parts):
        raise DocumentRejected("this zip archive is no Word document; send the document itself", source=name)


def _blocks(container: "_Element") -> Iterator[str]:
    """Yield the paragraphs and table rows below `container`, content controls included, in order."""
    for child in container:
        if child.tag == f"{_W}p":
            yield _paragraph(child)
        elif child.tag == f"{_W}tbl":
            yield "\n".join(filter(None, map(_row, child.iter(f"{_W}tr"))))
        elif child.tag in _CONTAINERS:
            yield from _blocks(child)


def _paragraph(paragraph: "_Element") -> str:
    words = collapsed("".join(_words(paragraph)))
    is_item = paragraph.find(f"{_W}pPr/{_W}numPr") is not None or _style(paragraph).startswith("List")
    return f"{LIST_DASH}{words}" if is_item and words else words


def _style(paragraph: "_Element") -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else str(style.get(f"{_W}val", ""))


def _words(element: "_Element") -> Iterator[str]:
    """Yield the text runs below `element`, white space for tabs and breaks."""
    for child in element:
        if child.tag in _HIDDEN:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield " "
        elif child.tag != f"{_W}pPr":
            yield from _words(child)


def _row(row: "_Element") -> str:
    cells = (collapsed(" ".join(_blocks(cell))) for cell in row if cell.tag == f"{_W}tc")
    return CELL_BREAK.join(filter(None, cells))
