"""Bytes to text: UTF-8 first, other encodings only where they are certain, never a guess."""

import codecs
import re

from matcher.errors import DocumentRejected

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"%PDF-", "a PDF file"),
    (b"\xd0\xcf\x11\xe0", "an old or password-protected Microsoft Office file"),
    (b"{\\rtf", "a Rich Text (RTF) file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LEGACY_ENCODINGS = ["cp1252", "utf_16_le", "utf_16_be"]


def looks_like(data: bytes) -> str | None:
    """Return what kind of binary file `data` begins like, in words ("a PNG image"), or None if no known kind."""
    return next((words for magic, words in _MAGIC if data.startswith(magic)), None)


def decode(data: bytes, name: str) -> str:
    """Return the text that `data` encodes, without a byte order mark.

    UTF-8 and marked UTF-16 or UTF-32 are read as such. Unmarked UTF-16 and Windows-1252 are read where
    charset-normalizer finds the result free of misreadings and nothing in the file is UTF-8.

    Raises:
        DocumentRejected: The bytes are no text, or their encoding is not certain; the byte and line are named.
    """
    binary = looks_like(data)
    if binary:
        raise DocumentRejected(f"this is {binary}, not a text; save it as text, PDF or DOCX", source=name)
    text = _decode_marked(data, name)
    if text is None:
        text = _decode_unmarked(data, name)
    _reject_control_characters(text, name)
    return text


def _decode_marked(data: bytes, name: str) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if not data.startswith(mark):
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            raise _undecodable(data, error, name) from error
    return None


def _decode_unmarked(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        legacy = None if _holds_utf8(data) else _decode_legacy(data)
        if legacy is None:
            raise _undecodable(data, error, name) from error
        return legacy
    if "\0" in text:  # UTF-16 of English letters is valid UTF-8 with a NUL beside each letter
        return _decode_legacy(data) or text
    return text


def _holds_utf8(data: bytes) -> bool:
    """Whether some non-ASCII characters are sound UTF-8: then the file is UTF-8 that was damaged."""
    return not data.decode("utf-8", errors="ignore").isascii()


def _decode_legacy(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_LEGACY_ENCODINGS).best()
    if best is None or best.chaos > 0:
        return None
    text = str(best)
    return None if _CONTROL_CHARACTER.search(text) else text


def _undecodable(data: bytes, error: UnicodeDecodeError, name: str) -> DocumentRejected:
    return DocumentRejected(
        f"byte {error.start} (0x{data[error.start]:02x}) is not valid {error.encoding.upper()}, and no other encoding "
        "is certain; save the file as UTF-8",
        source=name,
        line=data.count(b"\n", 0, error.start) + 1,
    )


def _reject_control_characters(text: str, name: str) -> None:
    found = _CONTROL_CHARACTER.search(text)
    if found:
        raise DocumentRejected(
            f"character {found.start()} is the control character 0x{ord(found.group()):02x}, so this is no plain text; "
            "save it as text, PDF or DOCX",
            source=name,
            line=text.count("\n", 0, found.start()) + 1,
        )
