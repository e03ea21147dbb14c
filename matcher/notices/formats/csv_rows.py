"""Rows of a CSV file by the names in its header: bounded in memory, a torn row told apart from its neighbours."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from matcher.errors import DocumentRejected, NoticeRejected
from matcher.notices.formats.json_records import MAXIMUM_RECORD_BYTES
from matcher.notices.formats.opening import open_content

_BYTE_ORDER_MARK = "\ufeff"


def csv_rows(path: Path, key: str) -> Iterator[tuple[int, "dict[str, str] | NoticeRejected"]]:
    """Yield every row with its number, counted from 1 below the header: its cells by name, or why it has none.

    Cells may hold line breaks; bytes 0 are dropped. A row that holds bytes which are no UTF-8, or more or fewer cells
    than the header, is rejected alone; a cell that never ends takes the rest of the file with it.

    Args:
        path: The file.
        key: A name that the header must have.

    Raises:
        DocumentRejected: The file cannot be read, or its first row is no such header.
    """
    with open_content(path, ".csv") as stream:
        lines = _Lines(stream)
        reader = csv.reader(lines)
        try:
            header = next(reader, [])
        except (csv.Error, _RowTooLong) as error:
            raise DocumentRejected(f"the first row is no header ({error})", source=path.name, line=1) from None
        names = [name.strip().removeprefix(_BYTE_ORDER_MARK) for name in header]
        if key not in names:
            reason = f"the first row names no column `{key}`; keep the header that the source writes"
            raise DocumentRejected(reason, source=path.name, line=1)
        yield from _rows(reader, lines, names, path.name)


def _rows(
    reader: Iterator[list[str]], lines: "_Lines", names: list[str], source: str
) -> Iterator[tuple[int, dict[str, str] | NoticeRejected]]:
    number = 0
    while True:
        lines.begin_row()
        first = lines.number + 1
        try:
            row = next(reader, None)
        except (csv.Error, _RowTooLong) as error:
            reason = f"from this row on the file cannot be read ({error}); a quotation mark is missing or one too many"
            yield number + 1, NoticeRejected(reason, source=source, line=first)
            return
        if row is None:
            return
        if any(row):
            number += 1
            yield number, _by_name(row, names, source, first)


def _by_name(row: list[str], names: list[str], source: str, line: int) -> dict[str, str] | NoticeRejected:
    if len(row) != len(names):
        reason = f"the row has {len(row)} cells, the header {len(names)}; a comma or quotation mark is out of place"
        return NoticeRejected(reason, source=source, line=line)
    if any("\udc80" <= letter <= "\udcff" for cell in row if not cell.isascii() for letter in cell):
        reason = "the row holds bytes that are not valid UTF-8; save the file as UTF-8"
        return NoticeRejected(reason, source=source, line=line)
    return dict(zip(names, row, strict=True))


class _RowTooLong(Exception):
    """One row takes more than any record may have."""


class _Lines:
    """The lines of a stream as text: a byte that is no UTF-8 stays one letter that no text has (PEP 383)."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._left = MAXIMUM_RECORD_BYTES
        self.number = 0

    def begin_row(self) -> None:
        """Note that what follows is another row."""
        self._left = MAXIMUM_RECORD_BYTES

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._stream.readline(self._left + 1)
        self._left -= len(line)
        self.number += 1
        if self._left < 0:
            raise _RowTooLong(f"one row has more than {MAXIMUM_RECORD_BYTES:,} bytes")
        if not line:
            raise StopIteration
        return line.decode("utf-8", "surrogateescape").replace("\0", "").replace("\r\n", "\n").replace("\r", " ")
