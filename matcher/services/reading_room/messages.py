"""What the room and its reader tell each other: lines of JSON, after a request the bytes of the document.

Nothing is ever unpickled, so a reader that a document has taken over can hand back wrong words and nothing worse.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any, BinaryIO

from matcher.errors import DocumentRejected, InputRejected, NoticeRejected

MAXIMUM_ANSWER_BYTES = 64 * 1024 * 1024
BEGUN = b"begun\n"
_REJECTIONS = {kind.__name__: kind for kind in (InputRejected, DocumentRejected, NoticeRejected)}


class Kind(StrEnum):
    """What a document is to be read as."""

    PROPOSAL = "proposal"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Request:
    """One document to read: `data` under `name`, for a notice with the day it was published on."""

    kind: Kind
    name: str
    data: bytes
    published: date | None = None

    def to_bytes(self) -> bytes:
        """Return the request as it is sent."""
        day = self.published.isoformat() if self.published else None
        head = {"kind": self.kind, "name": self.name, "published": day, "size": len(self.data)}
        return json.dumps(head).encode() + b"\n" + self.data


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request: exactly one of the first four is there.

    `value` is canonical JSON; `rejection` holds kind, reason, source and line of what is wrong with the document; an
    answer that `ran_out` met the limit of memory; `failure` names an error that nobody foresaw, and where it was. After
    the one that `is_last` the reader is gone.
    """

    value: str | None = None
    rejection: tuple[str, str, str | None, int | None] | None = None
    ran_out: bool = False
    failure: str | None = None
    is_last: bool = False

    def to_bytes(self) -> bytes:
        """Return the answer as it is sent."""
        return json.dumps(asdict(self)).encode() + b"\n"


def rejection_of(error: InputRejected) -> tuple[str, str, str | None, int | None]:
    """Return `error` as plain data."""
    kind = type(error).__name__ if type(error).__name__ in _REJECTIONS else InputRejected.__name__
    return kind, error.reason, error.source, error.line


def error_of(rejection: tuple[str, str, str | None, int | None]) -> InputRejected:
    """Return the error that `rejection_of` made plain data of."""
    kind, reason, source, line = rejection
    return _REJECTIONS.get(kind, InputRejected)(reason, source=source, line=line)


def read_request(stream: BinaryIO) -> Request | None:
    """Return the next request, or None where the other side has hung up."""
    head = stream.readline()
    if not head:
        return None
    told: dict[str, Any] = json.loads(head)
    data = stream.read(told["size"])
    if len(data) < told["size"]:
        return None
    published = date.fromisoformat(told["published"]) if told["published"] else None
    return Request(Kind(told["kind"]), told["name"], data, published)


def read_answer(line: bytes) -> Answer:
    """Return the answer in `line`.

    Raises:
        ValueError: It is none; only a reader that was taken over writes such.
    """
    try:
        told = json.loads(line)
        answer = Answer(**told)
        if answer.rejection is not None:
            kind, reason, source, number = answer.rejection
            return Answer(rejection=(str(kind), str(reason), source, number), is_last=answer.is_last)
    except (TypeError, RecursionError) as error:
        raise ValueError("this is no answer of a reader") from error
    return answer
