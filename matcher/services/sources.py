"""The sources of the house: which there are, which are due, and how each of them fares."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from matcher.domain.source import Source, SourceKind
from matcher.errors import InputRejected, NotFound
from matcher.services.interfaces import interface_of, query_of
from matcher.store.protocol import Store
from matcher.store.records import JobOutcome
from matcher.store.source_records import SourceRecord, SourceRun

WATCHED = "watched"
"""The name of the source that stands for the watched folder of the settings."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_RETRY_AFTER = timedelta(minutes=15)
"""A source that failed is tried again before its interval is over."""


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """How a source fares: its last run, the last that succeeded, and how many of its records are listed now.

    `due_at` is when it is looked at next; None: it was never looked at and so is due, or it waits for somebody to ask.
    `is_stale` says that no run succeeded within the source's interval, which ran out at `stale_since`; None: none ever
    succeeded.
    """

    source: Source
    latest: SourceRun | None
    success: SourceRun | None
    listed: int
    is_due: bool = False
    due_at: datetime | None = None
    is_stale: bool = False
    stale_since: datetime | None = None

    @property
    def error(self) -> str | None:
        """Why the last run came to no good end; None if it did, or is under way."""
        return None if self.latest is None else self.latest.error


def source_statuses(store: Store, now: datetime) -> list[SourceStatus]:
    """Return the coverage ledger: every source with the last of its runs, by name."""
    return [_status(record, now) for record in store.sources.all()]


def due_sources(store: Store, now: datetime) -> list[str]:
    """Return the names of the sources that it is time to look at, the longest waiting first."""
    due = [status for status in source_statuses(store, now) if status.is_due]
    return [status.source.name for status in sorted(due, key=_waiting_since)]


def add_source(store: Store, source: Source) -> None:
    """Keep a new source.

    Raises:
        InputRejected: Its name is taken or unusable, its address is none of its kind, or it cannot be asked.
    """
    if not _NAME.fullmatch(source.name):
        reason = "a source is named by up to 64 letters, digits, points, hyphens and underscores"
        raise InputRejected(reason, source=source.name)
    _check_address(source)
    store.sources.add(source)


def kind_of(address: str) -> tuple[SourceKind, str]:
    """Return what kind of source an address is, and the address as it is kept: paths absolute."""
    if urlsplit(address).scheme in ("http", "https"):
        return SourceKind.URL, address
    path = Path(address)
    return SourceKind.FOLDER if path.is_dir() else SourceKind.FILE, _address(path)


def enable_source(store: Store, name: str, *, is_enabled: bool) -> None:
    """Let a source be looked at by itself, or only when somebody asks.

    Raises:
        NotFound: No source has this name.
    """
    store.sources.change(replace(store.sources.get(name).source, is_enabled=is_enabled))


def remove_source(store: Store, name: str) -> None:
    """Forget a source; what only it listed stays in the catalogue, marked as vanished.

    Raises:
        NotFound: No source has this name.
    """
    from matcher.services.record_batches import withdraw_all  # which loads every reader of notices

    withdraw_all(store, store.sources.get(name).source)
    store.sources.remove(name)


def watched_source(store: Store, folder: Path, seconds: int) -> Source:
    """Return the source that stands for the watched folder, made or brought up to date with the settings."""
    wanted = Source(WATCHED, SourceKind.FOLDER, _address(folder), interval_seconds=seconds, delay_seconds=0)
    try:
        kept = store.sources.get(WATCHED).source
    except NotFound:
        store.sources.add(wanted)
        return wanted
    wanted = replace(wanted, is_enabled=kept.is_enabled)
    if kept != wanted:
        store.sources.change(wanted)
    return wanted


def source_of_path(store: Store, path: Path, *, keeps_closed: bool = False) -> Source:
    """Return the source of a folder or file that somebody names: the one of this address, or a new one.

    A new one is named by its address and is looked at only when somebody asks.
    """
    kind, address = kind_of(str(path))
    of_address = [record.source for record in store.sources.all() if record.source.address == address]
    if not of_address:
        source = Source(address, kind, address, delay_seconds=0, keeps_closed=keeps_closed)
        store.sources.add(source)
        return source
    source = of_address[0]
    if keeps_closed and not source.keeps_closed:
        source = replace(source, keeps_closed=True)
        store.sources.change(source)
    return source


def _address(path: Path) -> str:
    """Return a path as it is kept: from the root, without `..`; a link stays one, for it may lead elsewhere later."""
    parts = path.absolute().parts
    climbed = max((place for place, part in enumerate(parts, start=1) if part == ".."), default=1)
    return str(Path(*parts[:climbed]).resolve().joinpath(*parts[climbed:]))


def _check_address(source: Source) -> None:
    path = Path(source.address)
    if source.kind in (SourceKind.URL, SourceKind.INTERFACE):
        if source.kind is SourceKind.INTERFACE:
            interface_of(source)
            query_of(source)
        parts = urlsplit(source.address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputRejected("an address begins with https:// or http:// and names a host", source=source.address)
    elif not path.is_absolute():
        raise InputRejected("the path of a source is absolute, for it is read from anywhere", source=source.address)
    elif (source.kind is SourceKind.FOLDER) != path.is_dir() or not path.exists():
        raise InputRejected(f"there is no such {source.kind.value}", source=source.address)


def _status(record: SourceRecord, now: datetime) -> SourceStatus:
    source, latest, success = record.source, record.latest, record.success
    if source.interval_seconds is None or not source.is_enabled:
        return SourceStatus(source, latest, success, record.listed)
    interval = timedelta(seconds=source.interval_seconds)
    has_failed = latest is not None and latest.outcome is not JobOutcome.SUCCEEDED
    wait = min(interval, _RETRY_AFTER) if has_failed else interval
    due_at = None if latest is None else latest.started_at + wait
    is_due = due_at is None or due_at <= now
    stale_at = None if success is None else success.started_at + interval
    is_stale = stale_at is None or stale_at < now
    return SourceStatus(
        source, latest, success, record.listed, is_due, due_at, is_stale, stale_at if is_stale else None
    )


def _waiting_since(status: SourceStatus) -> tuple[bool, str]:
    latest = status.latest
    return latest is not None, "" if latest is None else latest.started_at.isoformat()
