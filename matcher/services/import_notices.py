"""Bring what somebody names into the catalogue: notices, folders of notices, and extracts of any known format."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from matcher.errors import DocumentRejected
from matcher.services.import_report import ImportReport
from matcher.services.import_source import SourceImporter
from matcher.services.progress import Progress, silent
from matcher.services.reading_room.room import ReadingRoom
from matcher.services.sources import source_of_path
from matcher.store.protocol import Store


def import_notices(
    store: Store,
    paths: Iterable[Path],
    *,
    published: date | None = None,
    keeps_closed: bool = False,
    room: ReadingRoom | None = None,
    progress: Progress = silent,
) -> ImportReport:
    """Import files and folders, each as the source that it is or becomes; what is rejected is recorded.

    Args:
        store: Where the catalogue is.
        paths: Files and folders; a path that does not exist is reported as rejected.
        published: The day on which prose notices appeared.
        keeps_closed: Take in the records of extracts whose time to apply has ended, too.
        room: Where single notices are read; None: in one with the limits that are the default.
        progress: Shows what goes by.
    """
    importer = SourceImporter(store, room=room)
    report = ImportReport()
    for path in paths:
        if path.exists():
            source = source_of_path(store, path, keeps_closed=keeps_closed)
            report.add(importer.run(source.name, published=published, progress=progress))
        else:
            reason = "there is no such file or folder; check its name"
            report.errors.append(DocumentRejected(reason, source=str(path)))
    return report
