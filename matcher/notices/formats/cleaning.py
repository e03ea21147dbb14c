"""One field of a source as words that are safe to keep and to show: no markup, no control characters, no torn bytes."""

import html
import re
from urllib.parse import urlsplit

from matcher.errors import NoticeRejected
from matcher.notices.formats.simple_markup import simple_markup_text
from matcher.text.html import html_text

LONGEST_FIELD = 500_000
"""Characters; the longest notices that agencies publish in full have about 300,000."""

_MOST_ESCAPES = 3
"""Sources escape what is escaped already: `&amp;lt;br&amp;gt;`."""

_LONGEST_ADDRESS = 2_000
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_COMMON_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&nbsp;", "\xa0"), ("&amp;", "&"))
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,10}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|<!--")


def words(value: object) -> str:
    """Return the words of a field: paragraphs stay apart, entities are undone, markup and scripts are gone.

    Anything but a text or a number has no words.

    Raises:
        NoticeRejected: The field has more than `LONGEST_FIELD` characters.
    """
    text = _as_text(value)
    if len(text) > LONGEST_FIELD:
        raise NoticeRejected(f"one field has {len(text):,} characters, which no notice needs; shorten or remove it")
    if _is_plain(text):
        return _tidy(text)
    for _ in range(_MOST_ESCAPES):
        if not _ENTITY.search(text):
            break
        text = _unescaped(text)
    text = _safe(text)
    if _TAG.search(text):
        simple = simple_markup_text(text)
        text = _safe(html_text(text) if simple is None else simple)
    return _tidy(text)


def one_line(value: object) -> str:
    """Return the words of a field on one line.

    Raises:
        NoticeRejected: The field has more than `LONGEST_FIELD` characters.
    """
    return " ".join(words(value).split())


def web_address(value: object) -> str | None:
    """Return an address of the web, or None where the field holds anything else (`javascript:`, "see notice")."""
    address = _as_text(value).strip()
    if len(address) > _LONGEST_ADDRESS or not address.isprintable() or " " in address:
        return None
    try:
        parts = urlsplit(address)
        is_named = bool(parts.hostname)
    except ValueError:  # what looks like an address and is none: "http://[::1"
        return None
    return address if is_named and parts.scheme in ("http", "https") else None


def _is_plain(text: str) -> bool:
    """Whether a text holds nothing that needs cleaning, as most do; found out in a hundredth of the time."""
    return text.isascii() and text.isprintable() and "&" not in text and "<" not in text


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _unescaped(text: str) -> str:
    """Undo one layer of entities; the few that make up nearly all go first, many times as fast as one by one."""
    for entity, character in _COMMON_ENTITIES:
        text = text.replace(entity, character)
    return html.unescape(text) if _ENTITY.search(text) else text


def _safe(text: str) -> str:
    """Leave line breaks, single spaces and what can be printed; that few texts hold anything else is found out fast."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\xa0", " ")
    if text.replace("\n", "").isprintable():
        return text
    return _INVISIBLE.sub("", _UNSAFE.sub(" ", text))


def _tidy(text: str) -> str:
    """Make every run of spaces one, and every run of blank lines; a pattern would look at each space by itself."""
    while "  " in text:
        text = text.replace("  ", " ")
    text = text.replace(" \n", "\n").replace("\n ", "\n")
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()
