"""The files of sources that lie elsewhere, brought up to date."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from matcher import __version__
from matcher.domain.source import Source, SourceKind
from matcher.errors import InputRejected
from matcher.fetching.fetcher import Fetcher, FetchState, FetchStatus
from matcher.fetching.paged import paged
from matcher.services.interfaces import Interface, interface_of, query_of


@dataclass(frozen=True, slots=True)
class Download:
    """What lies on the disk now: the file, and what to ask with next time (None: nothing helps).

    A file that `is_read` is the one that this version of the software has read already. `interface` is how it was asked
    for, if page by page; an interface that gave no record has no file.
    """

    path: Path | None
    state: str | None = None
    is_read: bool = False
    interface: Interface | None = None


class Downloads:
    """Fetches what sources have into one folder.

    Args:
        folder: Where the files are kept, made when first needed.
        fetcher: What fetches for a source.
        keys: The keys of those sources that ask for one, by the name of the source.
    """

    def __init__(
        self, folder: Path, fetcher: Callable[[Source], Fetcher], keys: Mapping[str, str] | None = None
    ) -> None:
        self._folder = folder
        self._fetcher = fetcher
        self._keys = keys or {}

    def bring(self, source: Source, kept: str | None) -> Download:
        """Bring the file of a source up to date; `kept` is the state of the last download, None to fetch in any case.

        Raises:
            InputRejected: The source is described in a way that it cannot be asked, or refuses what is asked.
            RetryLater: It cannot be had now.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._pages(source) if source.kind is SourceKind.INTERFACE else self._file(source, kept)

    def _file(self, source: Source, kept: str | None) -> Download:
        suffix = PurePosixPath(urlsplit(source.address).path).suffix
        state = None if kept is None else json.loads(kept)
        is_ours = state is not None and state.pop("read_by") == __version__
        known = FetchState(**state) if state is not None and is_ours else None
        fetched = self._fetcher(source).fetch(source.address, self._folder / f"{source.name}{suffix}", known)
        is_read = known is not None and fetched.status is FetchStatus.UNCHANGED
        return Download(fetched.path, json.dumps({**asdict(fetched.state), "read_by": __version__}), is_read)

    def _pages(self, source: Source) -> Download:
        interface = interface_of(source)
        key = self._keys.get(source.name)
        if interface.needs_key and key is None:
            reason = "this interface asks for a key; set it in MATCHER_SOURCE_KEYS under the name of the source"
            raise InputRejected(reason, source=source.name)
        recipe = interface.recipe(source.address, query_of(source), key)
        pages = paged(self._fetcher(source), recipe, self._folder / f"{source.name}.json")
        return Download(pages.path if pages.records else None, interface=interface)
