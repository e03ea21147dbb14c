"""Texts and addresses of others made harmless, before they enter a mail."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

# They turn the direction of everything that follows them, the software's own words included (Unicode UAX 9).
_DIRECTION_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NOT_IN_A_WEB_ADDRESS = re.compile(r'[\s<>"\\^`{|}]')
_REPLACEMENT_CHARACTER = "\N{REPLACEMENT CHARACTER}"
_KEPT = 4096
"""Results that are kept: the readers of one week are told of the same notices."""


@lru_cache(maxsize=_KEPT)
def one_line(text: str, limit: int) -> str:
    """Return `text` as one line of at most `limit` characters, cut after a word and ended with "…" where it is longer.

    White space and control characters become single spaces, characters that turn the direction of the line go, and
    what no encoding can write (half a surrogate pair) becomes U+FFFD.
    """
    if not text.isprintable():  # almost every text is, and needs not be looked at character by character
        text = "".join(_readable(character) for character in _DIRECTION_CONTROLS.sub("", text))
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    room = line[: limit - 1]
    at_word_end, _, _ = room.rpartition(" ")
    return (at_word_end if len(at_word_end) * 2 > limit else room).rstrip(" ,;:.") + "…"


@lru_cache(maxsize=_KEPT)
def web_address(address: str | None) -> str | None:
    """Return `address` if it is a plain http or https address with a host, else None: no script, no header, no file."""
    if address is None or _NOT_IN_A_WEB_ADDRESS.search(address) or not address.isprintable():
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None


def _readable(character: str) -> str:
    """Return the character, or what stands for it where it cannot be shown."""
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    return _REPLACEMENT_CHARACTER if category == "Cs" else character
