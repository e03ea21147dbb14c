"""Extracts for the tests: CommonGrants files with as many records as a test asks for, and sources that give them."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from matcher.domain.source import Source, SourceKind
from matcher.fetching.fetcher import Fetched, FetchState, FetchStatus
from matcher.services.import_report import ImportReport
from matcher.services.import_source import SourceImporter
from matcher.store.protocol import Store

TODAY = date(2026, 11, 22)
TOPICS = ("rivers", "libraries", "gardens", "bridges", "choirs", "clinics", "orchards")


def item(number: int, *, closes: str = "2027-05-01", status: str = "open", **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return one record of a CommonGrants list."""
    topic = TOPICS[number % len(TOPICS)]
    return {
        "id": str(uuid5(NAMESPACE_URL, str(number))),
        "title": f"Help for {topic} of region {number}",
        "status": {"value": status},
        "description": f"The fund pays for {topic} in region {number} and for the people who care for them.",
        "keyDates": {"closeDate": {"name": "Close", "eventType": "singleDate", "date": closes}},
        "createdAt": "2026-01-01T00:00:00Z",
        "lastModifiedAt": "2026-01-01T00:00:00Z",
        **changes,
    }


def extract(path: Path, items: Iterable[dict[str, Any]]) -> Path:
    """Write a CommonGrants list and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    listed = list(items)
    pages = {"page": 1, "pageSize": len(listed), "totalItems": len(listed), "totalPages": 1}
    answer = {"status": 200, "message": "Success", "items": listed, "paginationInfo": pages}
    path.write_text(json.dumps(answer), encoding="utf-8")
    return path


def add(store: Store, path: Path, name: str = "grants", **fields: Any) -> Source:  # noqa: ANN401
    """Keep a source that is the file at `path`."""
    source = Source(name, SourceKind.FILE, str(path), 3_600, 0, **fields)
    store.sources.add(source)
    return source


def run(store: Store, name: str = "grants", **options: Any) -> ImportReport:  # noqa: ANN401
    """Import a source as of the tests' day."""
    return SourceImporter(store).run(name, today=TODAY, **options)


def told(report: ImportReport) -> dict[str, int]:
    """Return the counts that are not zero."""
    return {name: count for name, count in report.counts.items() if count}


class Shelf:
    """A fetcher that copies a file of this machine; `version` is the tag that the server gives it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.version = "1"
        self.asked: list[FetchState | None] = []

    def fetch(self, address: str, into: Path, state: FetchState | None = None) -> Fetched:
        """Copy the file unless the state says that it is known."""
        self.asked.append(state)
        if state is not None and state.etag == self.version:
            return Fetched(FetchStatus.UNCHANGED, into, state, into.stat().st_size, address)
        into.write_bytes(self.path.read_bytes())
        return Fetched(FetchStatus.NEW, into, FetchState(etag=self.version), into.stat().st_size, address)
