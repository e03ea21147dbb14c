"""The records of a very long XML file, in little memory, and so that a damaged one costs none of its neighbours.

The file is cut behind end tags of records, and every block of them goes to lxml on its own between the file's own root
tags; where one is damaged, its records go one by one. Nothing is kept between two blocks. Document types are refused,
so there are no entities to expand or to fetch; a comment or CDATA section that spans two records spoils both at most.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

from matcher.errors import DocumentRejected, NoticeRejected
from matcher.notices.formats.opening import HEAD_BYTES

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST_RECORD = 8 * 1024**2
"""Bytes; the longest texts that Grants.gov lets an agency write have 18,000 characters."""

_LONGEST_END_TAG = 256
_CHUNK = 256 * 1024
_PLACE = re.compile(r",? line \d+(?:, column \d+)?")
_PROLOG = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s++|<\?(?:(?!\?>).)*+\?>|<!--(?:(?!-->).)*+-->)*+(?P<rest><!DOCTYPE|<[\w:.-]++[^<>]*+>)?",
    re.DOTALL | re.IGNORECASE,
)
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"'](?P<name>[\w.-]+)[\"']", re.IGNORECASE)
_READ_ENCODINGS = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
_BARE_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_NO_CHARACTER = re.compile(rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]));")


@dataclass(frozen=True, slots=True)
class XmlPiece:
    """What stands directly below the root: an element, or the reason why there is none; and the line it begins on."""

    line: int
    found: "_Element | NoticeRejected"


@dataclass(frozen=True, slots=True)
class Root:
    """The root element of a file: its tags as they are written, its name without a prefix, and where its start ends."""

    tag: bytes
    end_tag: bytes
    name: str
    end: int


def root_of(head: bytes) -> Root | None:
    """Return the root element with which the content of a file begins, or None where there is none.

    A file with a document type has none.
    """
    prolog = _PROLOG.match(head)
    tag = prolog["rest"] if prolog else None
    if prolog is None or tag is None or tag.startswith(b"<!") or tag.endswith(b"/>"):
        return None
    name = re.split(rb"[\s>]", tag[1:], maxsplit=1)[0]
    return Root(tag, b"</" + name + b">", name.rpartition(b":")[2].decode("ascii", "replace"), prolog.end())


def xml_pieces(stream: IO[bytes], end_tag: re.Pattern[bytes], source: str) -> Iterator[XmlPiece]:
    """Yield the elements of an XML file that stand directly below its root.

    Args:
        stream: The file from its beginning, UTF-8.
        end_tag: What a record ends with; begins with `</`.
        source: The name of the file, for the reasons.

    Raises:
        DocumentRejected: There is no root element, or there is a document type, or another encoding is declared.
    """
    head = stream.read(HEAD_BYTES)
    root = _required_root(head, source)
    parser = _BlockParser(root, end_tag, source)
    line = 1 + head.count(b"\n", 0, root.end)
    for block in _blocks(stream, head[root.end :], end_tag):
        if block.is_too_long:
            reason = f"this record has more than {_LONGEST_RECORD:,} bytes, which no notice needs"
            yield _rejected(reason, source, line + _leading_lines(block.data))
        elif not block.is_rest:
            yield from parser.pieces(block.data, line)
        elif root.end_tag not in block.data:
            reason = "the file ends here in the middle of a record; fetch it again from the source"
            yield _rejected(reason, source, line + _leading_lines(block.data))
        line += block.lines


def _rejected(reason: str, source: str, line: int) -> XmlPiece:
    return XmlPiece(line, NoticeRejected(reason, source=source, line=line))


@dataclass(frozen=True, slots=True)
class _Block:
    """Whole records, the rest after the last one, or the beginning of one that is too long; and all its line breaks."""

    data: bytes
    lines: int
    is_too_long: bool = False
    is_rest: bool = False


def _blocks(stream: IO[bytes], data: bytes, end_tag: re.Pattern[bytes]) -> Iterator[_Block]:
    searched = 0
    while True:
        end = _last_end(data, end_tag, max(0, searched - _LONGEST_END_TAG))
        if end:
            yield _Block(data[:end], data.count(b"\n", 0, end))
            data = data[end:]
        elif len(data) > _LONGEST_RECORD:
            beginning = data[:_LONGEST_END_TAG]
            lines, data = _pass_over(stream, data, end_tag)
            yield _Block(beginning, lines, is_too_long=True)
            searched = 0
            continue
        searched = len(data)
        chunk = stream.read(_CHUNK)
        if not chunk:
            yield _Block(data, data.count(b"\n"), is_rest=True)
            return
        data += chunk


def _last_end(data: bytes, end_tag: re.Pattern[bytes], start: int) -> int:
    """Return where the last record of `data` ends, 0 if none ends behind `start`."""
    position = data.rfind(b"</", start)
    while position >= 0:
        if match := end_tag.match(data, position):
            return match.end()
        position = data.rfind(b"</", start, position)
    return 0


def _pass_over(stream: IO[bytes], data: bytes, end_tag: re.Pattern[bytes]) -> tuple[int, bytes]:
    """Read on to the end of a record; return the line breaks in it, and what follows it."""
    lines = 0
    while not (match := end_tag.search(data)):
        lines += data.count(b"\n", 0, max(0, len(data) - _LONGEST_END_TAG))
        chunk = stream.read(_CHUNK)
        if not chunk:
            return lines, b""
        data = data[-_LONGEST_END_TAG:] + chunk
    return lines + data.count(b"\n", 0, match.end()), data[match.end() :]


def _leading_lines(data: bytes) -> int:
    return data.count(b"\n", 0, len(data) - len(data.lstrip()))


def _required_root(head: bytes, source: str) -> Root:
    root = root_of(head)
    if root is None:
        reason = "the file has no root element, or declares a document type, which is not read; fetch it again"
        raise DocumentRejected(f"{reason} from the source", source=source)
    declared = _ENCODING.search(head, 0, root.end)
    if declared and declared["name"].lower() not in _READ_ENCODINGS:
        name = declared["name"].decode("ascii", "replace")
        raise DocumentRejected(f"the file is encoded in {name}; save it in UTF-8 and send it again", source=source)
    return root


class _BlockParser:
    """Parses a block at once; only if that fails, its records one by one, to tell the damaged from the sound."""

    def __init__(self, root: Root, end_tag: re.Pattern[bytes], source: str) -> None:
        from lxml import etree

        self._root = root
        self._end_tag = end_tag
        self._source = source
        self._parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )

    def pieces(self, data: bytes, line: int) -> Iterator[XmlPiece]:
        """Yield the elements of a block that begins on `line`, and the records that are none with the reason."""
        from lxml import etree

        try:
            elements = self._parsed(data)
        except etree.XMLSyntaxError:
            yield from self._one_by_one(data, line)
        else:
            yield from self._placed(elements, line)

    def _one_by_one(self, data: bytes, line: int) -> Iterator[XmlPiece]:
        from lxml import etree

        start = 0
        for match in self._end_tag.finditer(data):
            record = data[start : match.end()]
            try:
                yield from self._placed(self._parsed(_mended(record)), line)
            except etree.XMLSyntaxError as error:
                what = _PLACE.sub("", error.msg or "it is cut off")
                reason = f"the record is no well-formed XML ({what}); it is damaged, look it up at the source"
                yield _rejected(reason, self._source, line + _leading_lines(record))
            line += record.count(b"\n")
            start = match.end()

    def _parsed(self, data: bytes) -> "list[_Element]":
        from lxml import etree

        return list(etree.fromstring(self._root.tag + data + self._root.end_tag, self._parser))

    def _placed(self, elements: "list[_Element]", line: int) -> Iterator[XmlPiece]:
        before = 1 + self._root.tag.count(b"\n")
        return (XmlPiece(line + cast(int, element.sourceline) - before, element) for element in elements)


def _mended(data: bytes) -> bytes:
    """Return a piece without what no XML may hold."""
    whole = data.decode("utf-8", "replace").encode().translate(None, _CONTROLS)
    return _NO_CHARACTER.sub(b" ", _BARE_AMPERSAND.sub(b"&amp;", whole))
