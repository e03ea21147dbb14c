"""Files and folders as a stream of records, whatever their format: one at a time, each an opportunity or a reason."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, partial
from pathlib import Path

import matcher
from matcher.domain.opportunity import Opportunity
from matcher.errors import DocumentRejected, InputRejected
from matcher.notices.formats import feeds, single
from matcher.notices.formats.record import End, Record
from matcher.notices.formats.registry import Format, format_of
from matcher.services.progress import Progress, silent
from matcher.services.reading_room.room import ReadingRoom
from matcher.text.documents import bytes_of

NOTICE_SUFFIXES = frozenset({".yaml", ".yml", ".json", ".md", ".txt", ".html", ".htm", ".pdf", ".docx"})
_NOT_NOTICES = frozenset({"README.md"})
_READERS = ("domain", "notices", "store/codec.py", "text")
"""What the content of a record depends on besides the record, as paths within this package."""


@dataclass(frozen=True)
class Found:
    """One record: the document that it stands in, the source's own key if it has one, and what it is.

    `read` is what the record is, or finds it out when it is first asked for; `tell` finds its digest. `is_extracted`
    tells records of a machine's extract from a notice that somebody chose. `is_from_window` says that its document
    shows only the newest records, so that one which is missing tells nothing. `end` says when it is over where that is
    sure before it is read; of two records with the same key and `imprint`, one repeats the other.
    """

    place: str
    key: str | None
    read: Opportunity | InputRejected | Callable[[], Opportunity | InputRejected]
    is_extracted: bool
    is_from_window: bool = False
    tell: Callable[[], str | None] | None = None
    end: End | None = None
    imprint: str | None = None

    @cached_property
    def outcome(self) -> Opportunity | InputRejected:
        """The opportunity, or why the record is none."""
        return self.read() if callable(self.read) else self.read

    @cached_property
    def digest(self) -> str | None:
        """Tells records of one source apart as they are written: those of equal digest are equal opportunities."""
        return None if self.tell is None else self.tell()

    @property
    def opportunity(self) -> Opportunity:
        """The opportunity.

        Raises:
            InputRejected: The record is none.
        """
        if isinstance(self.outcome, InputRejected):
            raise self.outcome
        return self.outcome


def notice_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files among `paths` and the notices in the folders among them, each folder in order of names."""
    return [file for path in paths for file in (_in_folder(path) if path.is_dir() else [path])]


def read_notices(
    paths: Iterable[Path], room: ReadingRoom, *, published: date | None = None
) -> Iterator[tuple[Path, Opportunity | InputRejected]]:
    """Yield what stands in files and folders, with its file: opportunities, and reasons why something is none.

    A file that breaks off is one such reason, and the next file follows.
    """
    for path in notice_files(paths):
        try:
            for found in read_records(path, str(path), room, published=published):
                yield path, found.outcome
        except DocumentRejected as rejection:
            yield path, rejection


def read_folder(
    folder: Path, room: ReadingRoom, *, published: date | None = None, progress: Progress = silent
) -> Iterator[Found]:
    """Yield the records of every notice and extract in a folder; a file that is broken is one rejected record.

    Raises:
        DocumentRejected: The folder is missing.
    """
    if not folder.is_dir():
        raise DocumentRejected("there is no such folder; check its name and rights", source=str(folder))
    for path in progress(_in_folder(folder)):
        try:
            yield from read_records(path, str(path), room, published=published)
        except DocumentRejected as rejection:
            yield Found(str(path), None, rejection, is_extracted=True)


def read_records(path: Path, place: str, room: ReadingRoom, *, published: date | None = None) -> Iterator[Found]:
    """Yield the records of one file, or the one notice that it is, which `room` reads.

    `place` is what the file is called in reports.

    Raises:
        DocumentRejected: The file is an extract that cannot be read, or not to its end.
    """
    known = format_of(path)
    if known is None or known.read is single.read:
        yield Found(place, None, _notice(path, room, published), is_extracted=False)
        return
    yield from read_pages(path, place, known, is_from_window=known.read is feeds.read)


def read_pages(path: Path, place: str, known: Format, *, is_from_window: bool) -> Iterator[Found]:
    """Yield the records of a file whose format is `known`; `place` is what the file is called in reports.

    Raises:
        DocumentRejected: The file cannot be read, or not to its end.
    """
    for record in known.read(path):
        yield Found(
            place,
            record.key,
            record.read,
            is_extracted=True,
            is_from_window=is_from_window,
            tell=partial(_digest, known, record),
            end=record.end,
            imprint=record.imprint or record.digest,
        )


def _digest(known: Format, record: Record) -> str | None:
    """Return the digest of a record within its format, as this version of the software reads it."""
    if record.digest is None:
        return None
    return hashlib.sha256("\n".join((readers_fingerprint(), known.name, record.digest)).encode()).hexdigest()


@cache
def readers_fingerprint() -> str:
    """Return what tells all that reads records from any other version of it: 64 hexadecimal digits.

    It is made of the program itself, so that no change of a parser can be forgotten: a record is then read anew.
    """
    package = Path(matcher.__file__).parent
    found = hashlib.sha256(matcher.__version__.encode())
    for path in sorted(file for name in _READERS for file in _files(package / name)):
        found.update(f"\n{path.relative_to(package).as_posix()}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _files(path: Path) -> Iterable[Path]:
    inside = path.rglob("*") if path.is_dir() else (path,)
    return (file for file in inside if file.is_file() and file.suffix != ".pyc")


def _in_folder(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and path.name not in _NOT_NOTICES
        and (path.suffix.lower() in NOTICE_SUFFIXES or _is_extract(path))
    )


def _is_extract(path: Path) -> bool:
    """Whether a file whose name says nothing holds records in a known format; any text might pass for one notice."""
    known = format_of(path)
    return known is not None and known.read is not single.read


def _notice(path: Path, room: ReadingRoom, published: date | None) -> Opportunity | InputRejected:
    try:
        return room.notice(bytes_of(path), path.name, published)
    except InputRejected as rejection:
        return rejection
