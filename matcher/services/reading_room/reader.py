"""The process that reads: `python -m matcher.services.reading_room.reader FILE_NUMBER SECONDS MEGABYTES`."""

import socket
import sys
from functools import cache
from traceback import extract_tb
from typing import TYPE_CHECKING, BinaryIO, cast

from matcher.errors import InputRejected
from matcher.services.reading_room.limits import Limits, hold_next_document, hold_process, is_swollen
from matcher.services.reading_room.messages import BEGUN, Answer, Kind, Request, read_request, rejection_of
from matcher.text.documents import read_document

if TYPE_CHECKING:
    from collections.abc import Callable

_OUT_OF_MEMORY = Answer(ran_out=True, is_last=True).to_bytes()
"""Made beforehand, because there may be no memory left to make it with."""


def main(arguments: list[str]) -> None:
    """Read documents until the other side hangs up."""
    file_number, seconds, megabytes = map(int, arguments)
    limits = Limits(seconds, megabytes)
    hold_process(limits)
    with socket.socket(fileno=file_number) as line, line.makefile("rwb") as stream:
        _serve(cast(BinaryIO, stream), limits)


def _serve(stream: BinaryIO, limits: Limits) -> None:
    while (request := read_request(stream)) is not None:
        read = _reader(request.kind)
        hold_next_document(limits)
        stream.write(BEGUN)
        stream.flush()
        try:
            answer = _answer(read, request, limits).to_bytes()
        except MemoryError:
            answer = _OUT_OF_MEMORY
        stream.write(answer)
        stream.flush()
        if answer is _OUT_OF_MEMORY:
            return


def _answer(read: "Callable[[Request], str]", request: Request, limits: Limits) -> Answer:
    try:
        return Answer(value=read(request), is_last=is_swollen(limits))
    except InputRejected as rejection:
        return Answer(rejection=rejection_of(rejection), is_last=is_swollen(limits))
    except MemoryError:
        raise
    except Exception as error:
        *_, place = extract_tb(error.__traceback__)  # its message may quote the document, which is not for a log
        return Answer(failure=f"{type(error).__name__} at {place.filename}:{place.lineno}", is_last=True)


def _reader(kind: Kind) -> "Callable[[Request], str]":
    """Return what reads a document of `kind` to canonical JSON; only what that needs is imported, and once."""
    return _proposal_reader() if kind is Kind.PROPOSAL else _notice_reader()


@cache
def _proposal_reader() -> "Callable[[Request], str]":
    from matcher.domain.proposal import Proposal
    from matcher.proposals.reader import read_proposal
    from matcher.store.codec import JsonCodec

    codec = JsonCodec(Proposal)
    return lambda request: codec.to_json(read_proposal(read_document(request.data, request.name)))


@cache
def _notice_reader() -> "Callable[[Request], str]":
    from matcher.domain.opportunity import Opportunity
    from matcher.notices.reader import read_notice
    from matcher.store.codec import JsonCodec

    codec = JsonCodec(Opportunity)
    return lambda request: codec.to_json(
        read_notice(read_document(request.data, request.name), published=request.published)
    )


if __name__ == "__main__":
    main(sys.argv[1:])
