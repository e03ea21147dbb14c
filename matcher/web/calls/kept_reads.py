"""Answers to reads, kept in memory until anything changes that answers are made of.

A page of matches is asked for again and again, by people who turn pages and by programs that poll; between two changes
of the store it is the same bytes. What moves them is the store's own counter, so no writer has to think of this.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from matcher.web.calls.asker import Asker
from matcher.web.calls.rate_limits import Call

_MAXIMUM_BYTES = 64 * 1024**2
_OF_A_BODY = {"Content-Type", "Content-Encoding", "Content-Length"}

Question = tuple[str, str, bytes, tuple[str | None, ...], date]
"""Path, query, a hash of the credentials, whatever else decides the answer, and the day of which it speaks."""


@dataclass(frozen=True, slots=True)
class KeptRead:
    """An answer in the form in which it left, to whom, and until when (in Unix time) it may be given again."""

    body: bytes
    tag: str
    sent_headers: tuple[tuple[str, str], ...]
    route: str
    asker: Asker
    call: Call | None
    good_until: float

    def headers(self, status: HTTPStatus) -> Iterable[tuple[str, str]]:
        """Return the headers of the answer; without a body, none of those that describe it (RFC 9110, 15.4.5)."""
        is_whole = status is HTTPStatus.OK
        return (header for header in self.sent_headers if is_whole or header[0] not in _OF_A_BODY)


class KeptReads:
    """A bounded number of answers, all of one version of the store; those least asked for go first."""

    def __init__(self, maximum_bytes: int = _MAXIMUM_BYTES) -> None:
        self._maximum_bytes = maximum_bytes
        self._lock = threading.Lock()
        self._version = -1
        self._bytes = 0
        self._kept: OrderedDict[Question, KeptRead] = OrderedDict()
        self.found_count = 0
        """How many reads were answered from memory."""

    def find(self, version: int, question: Question) -> KeptRead | None:
        """Return the answer that was given at this version of the store, if it is still here."""
        with self._lock:
            found = self._kept.get(question) if version == self._version else None
            if found is not None:
                self._kept.move_to_end(question)
                self.found_count += 1
            return found

    def keep(self, version: int, question: Question, answer: KeptRead) -> None:
        """Keep an answer that was worked out from the store at `version`; what older versions gave is forgotten."""
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._version, self._bytes = version, 0
            earlier = self._kept.pop(question, None)
            self._bytes += len(answer.body) - (0 if earlier is None else len(earlier.body))
            self._kept[question] = answer
            while self._bytes > self._maximum_bytes:
                self._bytes -= len(self._kept.popitem(last=False)[1].body)
