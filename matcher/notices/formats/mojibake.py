"""UTF-8 that somebody read as Windows-1252 on its way: `â€™` where an apostrophe was."""

import re


def _letter(byte: int) -> str:
    """Return what Windows-1252 makes of a byte; the five bytes that it leaves out stay as they are (WHATWG)."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_BYTES = {_letter(byte): byte for byte in range(0x80, 0x100)}


def _class(first: int, last: int) -> str:
    return f"[{''.join(re.escape(_letter(byte)) for byte in range(first, last + 1))}]"


_TORN = re.compile(
    f"{_class(0xC2, 0xDF)}{_class(0x80, 0xBF)}"
    f"|{_class(0xE0, 0xEF)}{_class(0x80, 0xBF)}{{2}}"
    f"|{_class(0xF0, 0xF4)}{_class(0x80, 0xBF)}{{3}}"
)
"""The letters that the bytes of one character become: no language writes them one after the other."""


def repaired(text: str) -> str:
    """Return `text` with such letters put back together; what is no torn character stays as it is."""
    return _TORN.sub(_whole, text)


def _whole(torn: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[letter] for letter in torn.group()).decode("utf-8")
    except UnicodeDecodeError:
        return torn.group()
