"""Files as users bring them to text: the kind is told by the content, what cannot be read is refused with a reason."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

from matcher.errors import DocumentRejected
from matcher.text.encoding import decode
from matcher.text.yaml_nodes import compose

MAXIMUM_BYTES = 20 * 1024 * 1024
MAXIMUM_CHARACTERS = 2_000_000
"""Of its text: four times the longest notices that are published, and as much as is encoded in some minutes."""
_MAGIC_SEARCH_BYTES = 1024
"""PDF readers accept the mark anywhere in the first kilobyte (PDF 1.7 reference, appendix H.3.4.1)."""


class DocumentKind(StrEnum):
    """The layouts that are told apart; FRONT_MATTER is a `---` block of YAML, optionally followed by Markdown."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    JSON = "json"
    YAML = "yaml"
    FRONT_MATTER = "front_matter"
    MARKDOWN = "markdown"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read: the original text, or for PDF, DOCX and HTML the extracted reading text."""

    name: str
    kind: DocumentKind
    text: str


_KINDS_BY_SUFFIX = {
    ".htm": DocumentKind.HTML,
    ".html": DocumentKind.HTML,
    ".json": DocumentKind.JSON,
    ".md": DocumentKind.MARKDOWN,
    ".markdown": DocumentKind.MARKDOWN,
    ".yaml": DocumentKind.YAML,
    ".yml": DocumentKind.YAML,
}
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?>.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body|div|p|h[1-6]|section|article|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_FENCE = re.compile(r"\s*---[ \t]*\r?\n")
_CLOSING_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_YAML_KEY = re.compile(r"(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s#\-\[{\"'>|&*!%@`][^\n]*?):(?:[ \t]|\r?$)|\?[ \t]")
_YAML_LINE = re.compile(r"[ \t\r]|$|#|-[ \t]|---|[\]}]")
_MARKDOWN = re.compile(r"^(?:#{1,6}[ \t]+\S|[^\n]+\n={3,}[ \t]*$)", re.MULTILINE)


def read_file(path: Path) -> Document:
    """Read the file at `path`; its size is checked before a byte is read.

    Raises:
        DocumentRejected: It is missing, not readable, too large, or no text.
    """
    return read_document(bytes_of(path), path.name)


def bytes_of(path: Path) -> bytes:
    """Return what the file at `path` holds; its size is checked before a byte is read.

    What has no size, such as a pipe, is read to its end, or until it is too large.

    Raises:
        DocumentRejected: It is missing, no file, not readable, or too large.
    """
    try:
        check_size(path.stat().st_size, path.name)
        with path.open("rb") as file:
            data = file.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        raise DocumentRejected(
            f"the file cannot be opened ({error.strerror}); check its name and rights", source=str(path)
        ) from error
    if len(data) > MAXIMUM_BYTES:
        raise DocumentRejected(
            f"there is no end to it within {MAXIMUM_BYTES:,} bytes, the limit; send the text alone", source=path.name
        )
    return data


def read_document(data: bytes, name: str) -> Document:
    """Read the bytes of a file called `name`; the name only decides where the content leaves the kind open.

    Raises:
        DocumentRejected: It is empty, too large, binary, locked, broken, a scan, or in an unknown encoding.
        MemoryError: It needs more memory than this process may take.
    """
    check_size(len(data), name)
    if not data.strip():
        raise DocumentRejected("the file is empty; send one that holds text", source=name)
    kind, text = _read(data, name)
    if not text.strip():
        raise DocumentRejected("the file holds no text; send one that does", source=name)
    if len(text) > MAXIMUM_CHARACTERS:
        raise DocumentRejected(
            f"the text has {len(text):,} characters, the limit is {MAXIMUM_CHARACTERS:,}, some 700 pages; send the "
            "part that matters",
            source=name,
        )
    return Document(name, kind, text)


def check_size(size: int, name: str) -> None:
    """Return if a file called `name` may have `size` bytes. Raises DocumentRejected: it is too large."""
    if size > MAXIMUM_BYTES:
        raise DocumentRejected(
            f"the file has {size:,} bytes, the limit is {MAXIMUM_BYTES:,}; send the text without its pictures",
            source=name,
        )


def _read(data: bytes, name: str) -> tuple[DocumentKind, str]:
    if b"%PDF-" in data[:_MAGIC_SEARCH_BYTES] and not data[:1].isalpha():
        from matcher.text.pdf import pdf_text

        return DocumentKind.PDF, pdf_text(data, name)
    if data.startswith(b"PK\x03\x04"):
        from matcher.text.docx import docx_text

        return DocumentKind.DOCX, docx_text(data, name)
    text = decode(data, name)
    kind = _kind_of_text(text, name)
    if kind is DocumentKind.HTML:
        from matcher.text.html import html_text

        return kind, html_text(text)
    return kind, text


def _kind_of_text(text: str, name: str) -> DocumentKind:
    by_name = _KINDS_BY_SUFFIX.get(PurePath(name).suffix.lower())
    if _HTML.match(text):
        return DocumentKind.HTML
    if _JSON.match(text):
        return DocumentKind.JSON
    fence = _FENCE.match(text)
    if fence and _first_line_is_key(text[fence.end() :]):
        closed = _CLOSING_FENCE.search(text, fence.end())
        return DocumentKind.FRONT_MATTER if closed else DocumentKind.YAML
    if _looks_like_mapping(text) and (by_name is DocumentKind.YAML or _is_mapping(text)):
        return DocumentKind.YAML
    if by_name:
        return by_name
    return DocumentKind.MARKDOWN if _MARKDOWN.search(text) else DocumentKind.TEXT


def _first_line_is_key(text: str) -> bool:
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return _YAML_KEY.match(next(lines, "")) is not None


def _looks_like_mapping(text: str) -> bool:
    """Whether every line that is not indented is a YAML key, an item, a comment or empty; prose never is."""
    keys = 0
    for line in text.split("\n"):
        if _YAML_KEY.match(line):
            keys += 1
        elif not _YAML_LINE.match(line):
            return False
    return keys >= 2


def _is_mapping(text: str) -> bool:
    import yaml

    try:
        return isinstance(compose(text), yaml.MappingNode)
    except yaml.YAMLError:
        return False
