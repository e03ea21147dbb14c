"""Content-Encoding undone, within a limit: a few kilobytes of gzip can hold gigabytes."""

import os
import zlib
from collections.abc import Iterator
from pathlib import Path

from matcher.fetching.errors import FetchDeferred, FetchRefused

ACCEPTED = "gzip"
_IDENTITY = ("", "identity")
_GZIP = ("gzip", "x-gzip")
_GZIP_WINDOW = 31
_CHUNK = 1 << 16


def decode(source: Path, encoding: str, into: Path, most_bytes: int, shown: str) -> None:
    """Write what `source` holds under the Content-Encoding `encoding` to `into`, safe on disk; `shown` is its address.

    Raises:
        FetchRefused: The encoding is unknown, or the content has more than `most_bytes`.
        FetchDeferred: The content is damaged or ends early.
    """
    name = encoding.strip().lower()
    if name not in (*_IDENTITY, *_GZIP):
        raise FetchRefused(f"is encoded as '{name}', but only {ACCEPTED} was asked for", source=shown)
    pieces = _chunks(source) if name in _IDENTITY else _unzipped(source, shown)
    size = 0
    with into.open("wb") as file:
        for piece in pieces:
            size += len(piece)
            if size > most_bytes:
                reason = (
                    f"unfolds to more than the {most_bytes:,} bytes that are allowed; raise the limit if it is right"
                )
                raise FetchRefused(reason, source=shown)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def _chunks(source: Path) -> Iterator[bytes]:
    with source.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _unzipped(source: Path, shown: str) -> Iterator[bytes]:
    """Yield the content in pieces of bounded size; several gzip members in a row are one content (RFC 1952, 2.2)."""
    member = zlib.decompressobj(_GZIP_WINDOW)
    try:
        for chunk in _chunks(source):
            rest = chunk
            while rest:
                if member.eof:
                    member = zlib.decompressobj(_GZIP_WINDOW)
                yield member.decompress(rest, _CHUNK)
                rest = member.unused_data if member.eof else member.unconsumed_tail
    except zlib.error as error:
        raise FetchDeferred(f"{shown}: the compressed content is damaged ({error})") from error
    if not member.eof:
        raise FetchDeferred(f"{shown}: the compressed content ends early")
