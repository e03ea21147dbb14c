"""One notice in a file of its own: PDF, DOCX, HTML, Markdown, plain text, or named fields in YAML or JSON."""

from collections.abc import Iterator
from pathlib import Path, PurePath

from matcher.errors import NoticeRejected
from matcher.notices.formats.record import Record
from matcher.notices.reader import read_notice
from matcher.text.documents import read_file
from matcher.text.encoding import looks_like

_SUFFIXES = frozenset({".docx", ".htm", ".html", ".markdown", ".md", ".pdf", ".text", ".txt", ".yaml", ".yml"})
_OTHER_SUFFIXES = frozenset({".csv", ".gz", ".jsonl", ".ndjson", ".tsv", ".xml", ".zip"})
_PDF = b"%PDF-"
_PDF_SEARCH = 1024
_DOCX_MARKS = (b"[Content_Types].xml", b"word/", b"_rels/")
_OUR_FIELDS = (b'"opportunity_id"', b'"priorities"')
_JSON_START = (b"{", b"[")


def recognizes(head: bytes, name: str) -> bool:
    """Whether a file may hold a single notice; asked last, since any text may."""
    if _PDF in head[:_PDF_SEARCH]:
        return True
    if head.startswith(b"PK\x03\x04"):
        return any(mark in head for mark in _DOCX_MARKS)
    suffix = PurePath(name).suffix.lower()
    if looks_like(head) or suffix in _OTHER_SUFFIXES:
        return False
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_JSON_START):
        return all(field in head for field in _OUR_FIELDS)
    return suffix in _SUFFIXES or b"\0" not in head


def read(path: Path) -> Iterator[Record]:
    """Yield the one notice of a file.

    Raises:
        DocumentRejected: The file cannot be read as text, or holds none.
    """
    document = read_file(path)
    try:
        opportunity = read_notice(document)
    except NoticeRejected as error:
        yield Record(1, None, error)
    else:
        yield Record(1, opportunity.opportunity_id, opportunity)
