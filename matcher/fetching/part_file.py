"""The beginning of a file on its way: kept over failures, so that the next attempt goes on where the last one ended."""

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

from matcher.fetching.errors import FetchDeferred, FetchRefused
from matcher.fetching.exchange import Answer

_PARTIAL_CONTENT = 206
_CONTENT_RANGE = re.compile(r"bytes (?P<start>\d+)-\d+/(?P<whole>\d+|\*)")


class PartFile:
    """`NAME.part` beside `into` holds octets as they travelled; `NAME.part.json` says what they are the beginning of.

    A file goes on only with a strong validator (RFC 9110, 13.1.5); without one it is fetched anew.
    """

    def __init__(self, into: Path) -> None:
        self.path = into.with_name(f"{into.name}.part")
        self._note = into.with_name(f"{into.name}.part.json")

    @property
    def _size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def range_headers(self, address: str) -> dict[str, str]:
        """Return the fields that ask for the rest of what lies here from `address`; empty where nothing does."""
        validator = self._validator(address)
        size = self._size
        return {"Range": f"bytes={size}-", "If-Range": validator} if validator and size else {}

    def receive(self, answer: Answer, address: str, most_bytes: int) -> None:
        """Write the body of `answer` (200 or 206) here.

        Raises:
            FetchRefused: There are more than `most_bytes`.
            FetchDeferred: It is not the part that was asked for, or not all of it.
        """
        stated = _CONTENT_RANGE.fullmatch(answer.headers.get("content-range", ""))
        start = self._start(answer, stated)
        announced = answer.headers.get("content-length", "")
        if announced.isdigit():
            self._check_size(answer, start + int(announced), most_bytes)
        self._write_note(answer, address)
        size = start
        with self.path.open("ab" if start else "wb") as file:
            for chunk in answer.chunks:
                size += len(chunk)
                self._check_size(answer, size, most_bytes)
                file.write(chunk)
        if answer.status == _PARTIAL_CONTENT and stated and stated["whole"] not in ("*", str(size)):
            raise FetchDeferred(
                f"{answer.address.shown}: {size:,} of {stated['whole']} bytes are here; the rest is missing"
            )

    def discard(self) -> None:
        """Forget what is here."""
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def _start(self, answer: Answer, stated: re.Match[str] | None) -> int:
        """Return where the body of `answer` begins: at 0 if the server sends all of it."""
        if answer.status != _PARTIAL_CONTENT:
            return 0
        size = self._size
        if stated is None or int(stated["start"]) != size:
            self.discard()
            raise FetchDeferred(f"{answer.address.shown}: the server sent another part than the one asked for")
        return size

    def _check_size(self, answer: Answer, size: int, most_bytes: int) -> None:
        if size > most_bytes:
            self.discard()
            reason = f"sends more than the {most_bytes:,} bytes that one fetch may take; raise the limit if it is right"
            raise FetchRefused(reason, source=answer.address.shown)

    def _validator(self, address: str) -> str | None:
        try:
            note = json.loads(self._note.read_bytes())
        except (OSError, ValueError):
            return None
        is_ours = isinstance(note, dict) and note.get("address") == address
        return str(note["validator"]) if is_ours and note.get("validator") else None

    def _write_note(self, answer: Answer, address: str) -> None:
        note = {"address": address, "validator": _strong_validator(answer.headers)}
        self._note.write_text(json.dumps(note), encoding="utf-8")


def _strong_validator(headers: Mapping[str, str]) -> str | None:
    """Return a strong ETag, or a Last-Modified that is older than its answer by a second (RFC 9110, 8.8.2.2)."""
    etag = headers.get("etag")
    if etag is not None:
        return None if etag.startswith("W/") else etag
    try:
        modified, sent = (parsedate_to_datetime(headers[name]) for name in ("last-modified", "date"))
        return headers["last-modified"] if sent - modified >= timedelta(seconds=1) else None
    except (KeyError, ValueError, TypeError):
        return None
