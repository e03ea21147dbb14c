"""What a file is, by its first bytes: servers send error pages with status 200 and a friendly content type."""

import re
from enum import StrEnum
from html import unescape

from matcher.fetching.errors import FetchRefused

HEAD_BYTES = 4096
_HTML = re.compile(
    rb"(?>(?:<\?xml[^>]*>|<!--.*?-->|\s)*)<(?:!doctype\s+html|html|head|body|title|script|meta)\b", re.I | re.S
)
_TITLE = re.compile(rb"<title[^>]*>(.{1,200}?)</title", re.I | re.S)


class Content(StrEnum):
    """A kind of file that a source can be expected to send."""

    JSON = "JSON"
    XML = "XML"
    ZIP = "ZIP"
    PDF = "PDF"
    HTML = "HTML"
    TEXT = "text"
    """Text in none of these forms, CSV among them."""


def recognized(head: bytes) -> Content | None:
    """Return what a file that begins with `head` is, None if it is empty or binary and unknown."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Content.ZIP
    if head.startswith(b"%PDF-"):
        return Content.PDF
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HTML.match(text):
        return Content.HTML
    if text.startswith((b"{", b"[")):
        return Content.JSON
    if re.match(rb"<[?!A-Za-z]", text):
        return Content.XML
    return Content.TEXT if text and b"\x00" not in text else None


def check(head: bytes, expected: Content, shown: str) -> None:
    """Return if a file that begins with `head` is what is expected from the address `shown`.

    Raises:
        FetchRefused: It is something else; the title of an HTML page is quoted.
    """
    found = recognized(head)
    if found is expected:
        return
    title = _TITLE.search(head) if found is Content.HTML else None
    words = " ".join(unescape(title[1].decode("utf-8", "replace")).split()) if title else ""
    what = "nothing" if not head else "unknown binary data" if found is None else found.value
    quoted = f" (“{words}”)" if words else ""
    raise FetchRefused(
        f"sends {what}{quoted} where {expected.value} was expected; look at the address in a browser", source=shown
    )
