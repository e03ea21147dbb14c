"""The items of a long JSON list, cut out of a file that arrives in chunks: only strings and brackets are looked at.

A list of any length is read in the memory of one item, and an item that is broken between its brackets costs none of
its neighbours.
"""

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    rb'"(?P<name>(?:[^"\\]++|\\.)*+)(?P<end>"(?P<colon>\s*+:)?+(?P<edge>\s*+\Z)?)?|(?P<bracket>[{}\[\]])', re.DOTALL
)
_REST_OF_STRING = re.compile(rb'(?:[^"\\]++|\\.)*+(?P<end>")?', re.DOTALL)
_LONGEST_NAME = 64 * 1024
"""Bytes at the end of a chunk that wait for the next one; a longer string is no name and is passed over in parts."""


class ItemSplitter:
    """Cuts one list into its items: `names` lead to it from the top, `longest` is the most bytes an item may have."""

    def __init__(self, names: tuple[str, ...], longest: int) -> None:
        self.has_begun = False
        self.is_over = False
        self._way = (b"", *(name.encode() for name in names))
        self._matched = 0
        self._depth = 0
        self._longest = longest
        self._brackets = _Brackets()
        self._waiting = b""
        self._item = bytearray()
        self._is_too_long = False

    def items(self, chunk: bytes) -> Iterator[bytes | None]:
        """Yield the items that end within the next `chunk` of the file, None for one that is too long."""
        data = self._waiting + chunk
        start = 0
        for position, bracket, name in self._brackets.of(data):
            is_opening = bracket in b"{["
            if not self.has_begun:
                self._find_list(bracket, name, is_opening=is_opening)
                start = position + 1
            elif is_opening:
                if self._depth == 0:
                    yield from self._between(data[start:position])
                    start = position
                self._depth += 1
            elif self._depth == 0:
                yield from self._between(data[start:position])
                self.is_over = True
                return
            else:
                self._depth -= 1
                if self._depth == 0:
                    yield self._taken(data[start : position + 1])
                    start = position + 1
        if self.has_begun:
            self._keep(data[start : self._brackets.read])
        self._waiting = data[self._brackets.read :]

    def _find_list(self, bracket: bytes, name: bytes, *, is_opening: bool) -> None:
        """Follow the way to the list by one bracket."""
        if not is_opening:
            self._depth = max(0, self._depth - 1)  # a damaged file closes what was never opened
            self._matched = min(self._matched, self._depth)
            return
        if self._depth == self._matched < len(self._way) and name == self._way[self._depth]:
            self._matched += 1
            self.has_begun = bracket == b"[" and self._matched == len(self._way)
        self._depth = 0 if self.has_begun else self._depth + 1

    def _between(self, part: bytes) -> Iterator[bytes | None]:
        """Yield what stands between two items if it is more than a comma: numbers or words in a list of records."""
        data = self._taken(part)
        if data is None or data.strip(b", \t\r\n"):
            yield data

    def _keep(self, part: bytes) -> None:
        if len(self._item) + len(part) > self._longest:
            self._is_too_long = True
            self._item.clear()
        elif not self._is_too_long:
            self._item += part

    def _taken(self, part: bytes) -> bytes | None:
        """Return what was kept with `part` at its end, and begin anew."""
        self._keep(part)
        data = None if self._is_too_long else bytes(self._item)
        self._item.clear()
        self._is_too_long = False
        return data


class _Brackets:
    """Finds the brackets outside of strings; `read` says how much of the last data was dealt with."""

    def __init__(self) -> None:
        self.read = 0
        self._name = b""
        self._is_in_string = False

    def of(self, data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield each bracket of `data` with its position and the field name that it stands under."""
        start = self._end_of_string(data)
        self.read = start if self._is_in_string else len(data)
        if self._is_in_string:
            return
        for token in _TOKEN.finditer(data, start):
            if bracket := token["bracket"]:
                yield token.start(), bracket, self._name
                self._name = b""
            elif token["end"] is None or token["edge"] is not None:
                self._stop_at(token, len(data))
                return
            elif token["colon"]:
                self._name = token["name"]

    def _end_of_string(self, data: bytes) -> int:
        """Return where the string ends that earlier data began, or how far `data` goes on with it."""
        if not self._is_in_string:
            return 0
        rest = next(_REST_OF_STRING.finditer(data))
        self._is_in_string = rest["end"] is None
        return rest.end()

    def _stop_at(self, token: re.Match[bytes], length: int) -> None:
        """Leave a string that touches the end of the data to the next data, unless it is long."""
        if length - token.start() <= _LONGEST_NAME:
            self.read = token.start()
        else:
            self.read = token.end()
            self._is_in_string = token["end"] is None
