"""JSON files of sources, read in bounded memory: a whole document, one value a line, or the items of one long list."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from matcher.errors import DocumentRejected, NoticeRejected
from matcher.notices.formats.json_splitting import ItemSplitter
from matcher.notices.formats.opening import open_content

MAXIMUM_RECORD_BYTES = 8 * 1024**2
"""The most that one record may have; the longest of any source seen has less than a tenth."""

MAXIMUM_DOCUMENT_BYTES = 64 * 1024**2
"""The most that a document may have which is read as a whole: one page of a search, never a collection."""

_CHUNK = 1024**2
_UTF8_MARK = b"\xef\xbb\xbf"

Item = tuple[int, "object | NoticeRejected"]
"""The place of a record counted from 1, and its value or why it has none."""


def read_json(path: Path) -> object:
    """Return the one value of a JSON file; NaN and infinities, which JSON has not, become None.

    Raises:
        DocumentRejected: The file cannot be read, is larger than `MAXIMUM_DOCUMENT_BYTES`, or is no JSON.
    """
    with open_content(path, ".json") as stream:
        data = stream.read(MAXIMUM_DOCUMENT_BYTES + 1)
    if len(data) > MAXIMUM_DOCUMENT_BYTES:
        reason = f"the file has more than {MAXIMUM_DOCUMENT_BYTES:,} bytes; fetch it from the source in smaller pages"
        raise DocumentRejected(reason, source=path.name)
    value = _loaded(data, path.name, None)
    if isinstance(value, NoticeRejected):
        raise DocumentRejected(value.reason, source=value.source, line=value.line)
    return value


def json_lines(path: Path) -> Iterator[Item]:
    """Yield the value of every line that is not empty, with its line number; a line that is no JSON has a reason.

    Raises:
        DocumentRejected: The file cannot be read.
    """
    with open_content(path, ".jsonl") as stream:
        number = 0
        while line := stream.readline(MAXIMUM_RECORD_BYTES + 1):
            number += 1
            if len(line) > MAXIMUM_RECORD_BYTES:
                _skip_line(stream, line)
                yield number, _too_long(path.name, number)
            elif line.strip():
                yield number, _loaded(line, path.name, number)


def json_items(path: Path, *names: str) -> Iterator[Item]:
    """Yield the items of one list without loading the file, each with its place; a broken item has a reason.

    Args:
        path: The file.
        names: The fields that lead from the top of the file to the list; none where the top is the list.

    Raises:
        DocumentRejected: The file cannot be read, or holds no such list.
    """
    with open_content(path, ".json") as stream:
        splitter = ItemSplitter(names, MAXIMUM_RECORD_BYTES)
        number = 0
        while not splitter.is_over and (chunk := stream.read(_CHUNK)):
            for data in splitter.items(chunk):
                number += 1
                yield number, _item(data, path.name, number)
        if not splitter.has_begun:
            name = ".".join(names)
            reason = f"the file holds no list `{name}`" if name else "the file is no JSON list"
            raise DocumentRejected(f"{reason}; it is cut off or in another format", source=path.name)
        if not splitter.is_over:
            yield number + 1, NoticeRejected("the file ends here in the middle of its list", source=path.name)


def json_values(path: Path) -> Iterator[Item]:
    """Yield the values of a file that follow one another, with or without anything between, each with its place.

    Raises:
        DocumentRejected: The file cannot be read.
    """
    with open_content(path, ".json") as stream:
        splitter = ItemSplitter((), MAXIMUM_RECORD_BYTES)
        number = 0
        chunk = b"[" + stream.read(_CHUNK).removeprefix(_UTF8_MARK)
        while not splitter.is_over and chunk:
            for data in splitter.items(chunk):
                number += 1
                yield number, _item(data, path.name, number)
            chunk = stream.read(_CHUNK)
        for data in () if splitter.is_over else splitter.items(b"]"):
            number += 1
            yield number, _item(data, path.name, number)
        if not splitter.is_over:
            yield number + 1, NoticeRejected("the file ends here in the middle of a value", source=path.name)


def _item(data: bytes | None, name: str, number: int) -> "object | NoticeRejected":
    return _too_long(name, number) if data is None else _loaded(data, name, None, f" (record {number:,})")


def _too_long(name: str, number: int) -> NoticeRejected:
    reason = f"record {number:,} has more than {MAXIMUM_RECORD_BYTES:,} bytes, which no notice needs"
    return NoticeRejected(reason, source=name)


def _loaded(data: bytes, name: str, line: int | None, where: str = "") -> "object | NoticeRejected":
    text = data.decode("utf-8-sig", "replace")
    try:
        value: object = json.loads(text, strict=False, parse_constant=_nothing)
    except json.JSONDecodeError as error:
        reason = f"this is no JSON{where}: {error.msg}; the file is cut off or damaged"
        return NoticeRejected(reason, source=name, line=line or error.lineno)
    except (ValueError, RecursionError):
        reason = f"this JSON{where} is nested too deeply or has a number too long to be read"
        return NoticeRejected(reason, source=name, line=line)
    return value


def _nothing(_: str) -> None:
    return None


def _skip_line(stream: IO[bytes], part: bytes) -> None:
    while part and not part.endswith(b"\n"):
        part = stream.readline(_CHUNK)
