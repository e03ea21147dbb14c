"""A source's file as a stream of bytes: plain, gzip or zip alike, and never more of it than a file may hold.

Nothing is ever unpacked onto the disk. The one bound on what is read counts the bytes that come out, whatever sizes an
archive declares, so a bomb stops at the bound. JSON files are read through `json_records`.
"""

import gzip
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import BufferedReader, RawIOBase
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, cast

from matcher.errors import DocumentRejected

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD_BYTES = 64 * 1024
"""How much of a file decides what its format is."""

MAXIMUM_BYTES = 2 * 1024**3
"""The most that a file may hold once it is unpacked; the full history of Grants.gov has about 310 MB."""

_MAXIMUM_RATIO = 100
"""Unpacked bytes for each byte on the disk; XML of notices packs to a quarter or a fifth, deflate's worst is 1,032."""

_UNSUSPICIOUS_BYTES = 16 * 1024**2
_MOST_MEMBERS = 1_000
_CHUNK = 1024**2
_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
_ZIP_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<4xHHH16xHH")
"""Version, flags, method, …, length of the name, length of the extra field: APPNOTE.TXT 6.3.10, section 4.3.7."""
_ENCRYPTED = 0x1
_UTF8_MARK = b"\xef\xbb\xbf"
_UNREADABLE = (OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What the standard library raises for an archive that is cut off, damaged, locked or packed in an unknown way."""


def content_head(head: bytes) -> bytes:
    """Return the beginning of what a file holds: of its first member if it is an archive, without a byte order mark.

    `head` is the beginning of the file, `HEAD_BYTES` at most; so is what comes back. Empty where it cannot be unpacked.
    """
    if head.startswith(_GZIP):
        content = _inflated(head, zlib.MAX_WBITS | 16)
    elif head.startswith(_ZIP):
        content = _first_member(head)
    else:
        content = head
    return content.removeprefix(_UTF8_MARK)


@contextmanager
def open_content(path: Path, suffix: str) -> Iterator[IO[bytes]]:
    """Open what `path` holds: its own bytes, those of a gzip file, or those of the one `suffix` member of a zip.

    Reading raises the same errors as opening.

    Args:
        path: The file.
        suffix: How the name of the member ends that is meant (".xml"), where the file is a zip.

    Raises:
        DocumentRejected: The file is missing, damaged, locked, too large once unpacked, or an archive with no such
            member, several, or one that is named as if it lay outside of the archive.
    """
    with ExitStack() as stack:
        with _explained(path):
            bound = _bound(path)
            source = _source(path, suffix, stack)
        yield BufferedReader(_Bounded(source, path, bound), _CHUNK)


def _source(path: Path, suffix: str, stack: ExitStack) -> IO[bytes]:
    """Open what `path` holds; `stack` closes it."""
    file = stack.enter_context(path.open("rb"))
    start = file.read(len(_ZIP))
    file.seek(0)
    if start.startswith(_ZIP):
        return stack.enter_context(_only_member(file, path, suffix, stack))
    if start.startswith(_GZIP):
        return cast(IO[bytes], stack.enter_context(gzip.open(file)))
    return file


class _Bounded(RawIOBase):
    """Hands on what `source` gives, and raises once that is more than `bound` bytes or cannot be read."""

    def __init__(self, source: IO[bytes], path: Path, bound: int) -> None:
        self._source = source
        self._path = path
        self._bound = bound
        self._left = bound

    def readable(self) -> bool:
        """Return that this can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill `buffer` and return how many bytes that took."""
        view = memoryview(buffer)
        with _explained(self._path):
            data = self._source.read(len(view))
        self._left -= len(data)
        if self._left < 0:
            raise DocumentRejected(
                f"the file holds more than {self._bound:,} bytes once it is unpacked, which no source publishes; "
                "fetch it again from the source",
                source=self._path.name,
            )
        view[: len(data)] = data
        return len(data)


def _bound(path: Path) -> int:
    """Return how many bytes may come out of a file of this size."""
    return min(MAXIMUM_BYTES, max(_UNSUSPICIOUS_BYTES, _MAXIMUM_RATIO * path.stat().st_size))


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what the standard library raises over a file that cannot be read into a sentence."""
    try:
        yield
    except _UNREADABLE as error:
        what = error.strerror if isinstance(error, OSError) and error.strerror else error
        reason = f"the file cannot be read ({what or 'it is cut off'}); fetch it again from the source"
        raise DocumentRejected(reason, source=path.name) from error


def _only_member(file: IO[bytes], path: Path, suffix: str, stack: ExitStack) -> IO[bytes]:
    _refuse_crowd(file, path)
    archive = stack.enter_context(zipfile.ZipFile(file))
    names = archive.namelist()
    _refuse_escapes(names, path)
    meant = [name for name in names if name.lower().endswith(suffix) and not name.startswith("__MACOSX/")]
    if len(meant) != 1:
        reason = f"the archive holds {len(meant)} {suffix} files instead of one; send that one by itself"
        raise DocumentRejected(reason, source=path.name)
    return archive.open(meant[0])


def _refuse_crowd(file: IO[bytes], path: Path) -> None:
    """Refuse an archive of very many members before its directory is loaded, which takes ten times its size."""
    entries = 0
    while chunk := file.read(_CHUNK):
        entries += chunk.count(_ZIP_ENTRY)
    file.seek(0)
    if entries > _MOST_MEMBERS:
        reason = f"the archive holds more than {_MOST_MEMBERS:,} files; send the one that is meant by itself"
        raise DocumentRejected(reason, source=path.name)


def _refuse_escapes(names: list[str], path: Path) -> None:
    """Refuse names that point outside of the archive: none is ever written, but no source makes them either."""
    for name in names:
        parts = PurePosixPath(name.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or ":" in name:
            reason = f"the archive names a file outside of itself (`{name[:80]}`); fetch it again from the source"
            raise DocumentRejected(reason, source=path.name)


def _first_member(head: bytes) -> bytes:
    if len(head) < 30:
        return b""
    _, flags, method, name_length, extra_length = _LOCAL_HEADER.unpack_from(head)
    start = 30 + name_length + extra_length
    if flags & _ENCRYPTED:
        return b""
    if method == zipfile.ZIP_STORED:
        return head[start:]
    return _inflated(head[start:], -zlib.MAX_WBITS) if method == zipfile.ZIP_DEFLATED else b""


def _inflated(data: bytes, window: int) -> bytes:
    """Return the beginning of deflated `data`, which may be cut off; `window` says how it is wrapped."""
    with suppress(zlib.error):
        return zlib.decompressobj(window).decompress(data, HEAD_BYTES)
    return b""
