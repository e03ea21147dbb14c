"""Bring notices into the catalogue: one bad one is recorded with its reason, and the rest goes on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from matcher.domain.opportunity import Opportunity
from matcher.errors import InputRejected
from matcher.notices.reader import read_notice
from matcher.services.progress import Progress, silent
from matcher.store.protocol import Store
from matcher.store.records import SaveOutcome
from matcher.text.documents import read_file

NOTICE_SUFFIXES = frozenset({".yaml", ".yml", ".json", ".md", ".txt", ".html", ".htm", ".pdf", ".docx"})
_NOT_NOTICES = frozenset({"README.md"})


@dataclass(slots=True)
class ImportReport:
    """What an import did: identifiers by outcome, and the notices that were rejected with their place and reason."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    rejected: list[InputRejected] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many notices came to which outcome."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "rejected": len(self.rejected),
        }


def notice_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files among `paths` and the notices in the folders among them, each folder in order of names."""
    return [file for path in paths for file in (_in_folder(path) if path.is_dir() else [path])]


def read_notices(
    paths: Iterable[Path], *, published: date | None = None
) -> Iterator[tuple[Path, Opportunity | InputRejected]]:
    """Yield each notice file with its opportunity, or with the reason why it is none."""
    for path in paths:
        try:
            yield path, read_notice(read_file(path), published=published)
        except InputRejected as rejection:
            yield path, rejection


def import_notices(
    store: Store, paths: Iterable[Path], *, published: date | None = None, progress: Progress = silent
) -> ImportReport:
    """Read notice files and folders into the store; what is rejected is recorded under its file."""
    report = ImportReport()
    for path, outcome in read_notices(progress(notice_files(paths)), published=published):
        source = str(path)
        if isinstance(outcome, InputRejected):
            store.opportunities.reject(source, outcome.line, outcome.reason)
            report.rejected.append(outcome)
            continue
        saved = store.opportunities.save(outcome, source)
        store.opportunities.clear_rejection(source)
        by_outcome = {
            SaveOutcome.NEW: report.new,
            SaveOutcome.CHANGED: report.changed,
            SaveOutcome.UNCHANGED: report.unchanged,
        }
        by_outcome[saved.outcome].append(saved.identifier)
    return report


def _in_folder(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix.lower() in NOTICE_SUFFIXES and path.name not in _NOT_NOTICES
    )
