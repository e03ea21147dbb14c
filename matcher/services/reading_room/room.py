"""Where untrusted documents are handed in: one reader process, kept between documents and replaced after a fault."""

import atexit
import logging
import os
from contextlib import suppress
from datetime import date
from functools import cache
from threading import Lock
from typing import TypeVar

from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import Proposal
from matcher.errors import DocumentRejected, RetryLater, Unrecoverable
from matcher.services.reading_room.limits import Limits
from matcher.services.reading_room.messages import Answer, Kind, Request, error_of
from matcher.services.reading_room.process import Fault, Reader
from matcher.store.codec import JsonCodec
from matcher.text.documents import check_size

Read = TypeVar("Read", Proposal, Opportunity)

_WAIT_SECONDS = 60.0
"""How long a document waits for those that came before it."""

_log = logging.getLogger(__name__)


class ReadingRoom:
    """Reads one document at a time in a process that can do no harm; it may be shared by threads.

    Args:
        limits: What each document may cost.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._turn = Lock()
        self._reader: Reader | None = None
        self._proposals = JsonCodec(Proposal)
        self._notices = JsonCodec(Opportunity)

    def proposal(self, data: bytes, name: str) -> Proposal:
        """Read the proposal in the bytes of a file called `name`.

        Raises:
            DocumentRejected: It cannot be read as text, is no proposal, or outran a limit.
            RetryLater: Other documents take all the time.
        """
        return self._read(Request(Kind.PROPOSAL, name, data), self._proposals)

    def notice(self, data: bytes, name: str, published: date | None = None) -> Opportunity:
        """Read the notice in the bytes of a file called `name`.

        Raises:
            DocumentRejected: It cannot be read as text, or outran a limit.
            NoticeRejected: It is no notice.
            RetryLater: Other documents take all the time.
        """
        return self._read(Request(Kind.NOTICE, name, data, published), self._notices)

    def warm_up(self) -> None:
        """Start the reader and let it import what proposals need, so that the first to come does not wait for that."""
        with suppress(DocumentRejected):
            self.proposal(b"", "")

    def close(self) -> None:
        """End the reader; the next document finds a new one."""
        if self._reader is not None:
            self._reader.end()
            self._reader = None

    def _read(self, request: Request, codec: JsonCodec[Read]) -> Read:
        check_size(len(request.data), request.name)
        answer = self._answer(request)
        if answer.rejection is not None:
            raise error_of(answer.rejection)
        try:
            return codec.from_json(answer.value or "")
        except Unrecoverable as error:
            raise DocumentRejected("the reader of this file handed back what is no reading of it") from error

    def _answer(self, request: Request) -> Answer:
        if not self._turn.acquire(timeout=_WAIT_SECONDS):
            raise RetryLater("other documents are being read; send this one again in a minute")
        try:
            return self._exchange(request)
        except Fault as fault:
            raise DocumentRejected(fault.words, source=request.name) from fault
        finally:
            self._turn.release()

    def _exchange(self, request: Request) -> Answer:
        """Ask the reader, and once more a new one if it broke off and had read other documents before."""
        is_fresh = self._reader is None or not self._reader.is_alive()
        try:
            return self._ask(request)
        except Fault as fault:
            if is_fresh or fault.is_final:
                raise
        return self._ask(request)

    def _ask(self, request: Request) -> Answer:
        if self._reader is None or not self._reader.is_alive():
            self.close()
            self._reader = Reader(self._limits)
        answer: Answer | None = None
        try:
            answer = self._reader.ask(request)
        finally:
            if answer is None or answer.is_last:
                self.close()
        if answer.ran_out:
            words = f"reading this file takes more than {self._limits.megabytes:,} MB of memory"
            raise Fault(f"{words}; send a smaller one, or its text", is_final=False)
        if answer.failure is not None:
            _log.error("a document tripped its reader", extra={"failure": answer.failure})
            raise Fault("our reader failed on this file; save it in another form, or send its text", is_final=True)
        return answer


def shared_room(limits: Limits = Limits()) -> ReadingRoom:  # noqa: B008 - it never changes
    """Return the room with `limits` that all of this process shares; a process that was forked makes its own."""
    return _room(os.getpid(), limits)


@cache
def _room(_process_id: int, limits: Limits) -> ReadingRoom:
    room = ReadingRoom(limits)
    atexit.register(room.close)
    return room
