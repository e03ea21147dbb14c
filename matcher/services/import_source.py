"""Brings one source into the catalogue, exactly: what it changes is what changed, and the ledger says so."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from matcher.domain.source import Source, SourceKind
from matcher.errors import InputRejected, MatcherError, Unrecoverable
from matcher.services.downloads import Download, Downloads
from matcher.services.import_report import ImportReport
from matcher.services.progress import Progress, silent
from matcher.services.reading_room.room import ReadingRoom, shared_room
from matcher.services.record_batches import RECORDS_PER_BATCH, RecordBatches
from matcher.services.source_reading import Found, read_folder, read_pages, read_records
from matcher.store.protocol import Store
from matcher.store.records import JobOutcome
from matcher.store.source_records import NewRejection, RunResult, SourceRecord


class SourceImporter:
    """Runs sources, one at a time, and keeps their ledger.

    Args:
        store: Where the catalogue and the ledger are.
        downloads: What fetches the addresses of sources; None: none is fetched.
        room: Where single notices are read; None: in one with the limits that are the default.
    """

    def __init__(self, store: Store, downloads: Downloads | None = None, room: ReadingRoom | None = None) -> None:
        self._store = store
        self._room = room or shared_room()
        self._downloads = downloads

    def run(
        self,
        name: str,
        *,
        published: date | None = None,
        again: bool = False,
        today: date | None = None,
        progress: Progress = silent,
    ) -> ImportReport:
        """Import one source now, and leave a row of the ledger whatever comes of it.

        A source that fails keeps what it brought before; the report and the ledger say why. A run that is killed is
        made good by the next one.

        Args:
            name: The source.
            published: The day on which its prose notices appeared; completes dates without a year.
            again: Fetch and read everything, even what the source says is unmodified, and records that seem to be.
            today: The day that decides what is over; by default the present one.
            progress: Shows the files of a folder, or the records of a file, as they go by.

        Raises:
            NotFound: No source has this name.
        """
        record = self._store.sources.get(name)
        run = _Run(self._store, record, today or datetime.now(UTC).date(), reads_all=again)
        try:
            self._read(run, published, again, progress)
        except MatcherError as error:
            run.fail(error)
        except Exception as error:
            run.fail(Unrecoverable(f"{type(error).__name__}: {error}"))
            raise
        return run.report

    def _read(self, run: "_Run", published: date | None, again: bool, progress: Progress) -> None:
        source = run.source
        address = Path(source.address)
        if source.kind is SourceKind.FOLDER:
            run.finish(read_folder(address, self._room, published=published, progress=progress))
        elif source.kind is SourceKind.FILE:
            run.finish(progress(read_records(address, source.address, self._room, published=published)))
        elif self._downloads is None:
            raise Unrecoverable(f"source {source.name}: addresses are not fetched here; run `matcher sources check`")
        else:
            download = self._downloads.bring(source, None if again else run.record.fetch_state)
            if download.is_read:
                run.finish_unmodified(download.state)
            else:
                run.finish(progress(_records_of(download, source, self._room, published)), download.state)


class _Run:
    """One run of one source, from the first row of the ledger to the last."""

    def __init__(self, store: Store, record: SourceRecord, today: date, *, reads_all: bool) -> None:
        self.record = record
        self.source = record.source
        self._store = store
        self._batches = RecordBatches(store, record.source, today, reads_all=reads_all)
        self._run_id = store.sources.begin_run(record.source.name)

    @property
    def report(self) -> ImportReport:
        """What the run did so far."""
        return self._batches.report

    def finish(self, found: Iterable[Found], fetch_state: str | None = None) -> None:
        """Take in all records, mark what has vanished, and close the row.

        Raises:
            InputRejected: The source gave nothing, or nothing that can be used, where it gave something before.
        """
        for batch in _batches(found):
            self._batches.take(batch)
        self._refuse_nothing()
        present = self._batches.mark_vanished() if self.source.is_complete else None
        self._batches.forget_the_rest()
        self._close(JobOutcome.SUCCEEDED, present=present, fetch_state=fetch_state)

    def finish_unmodified(self, fetch_state: str | None) -> None:
        """Close the row of a run that had nothing to read."""
        self.report.unmodified = 1
        self._close(JobOutcome.SUCCEEDED, is_unmodified=True, fetch_state=fetch_state)

    def fail(self, error: MatcherError) -> None:
        """Close the row with the reason; what stood before stays."""
        self.report.errors.append(error)
        self._close(JobOutcome.FAILED, error=str(error))

    def _refuse_nothing(self) -> None:
        report = self.report
        if report.records == 0 and self.record.listed:
            reason = f"it came back empty; its {self.record.listed:,} records stay as they were"
            raise InputRejected(f"{reason}; remove the source if they are meant to go", source=self.source.name)
        if report.records and len(report.rejected) == report.records:
            first = report.rejected[0]
            if report.records == 1:
                raise first
            reason = f"none of its {report.records:,} records can be used; the first: {first}"
            raise InputRejected(reason, source=self.source.name)

    def _close(
        self,
        outcome: JobOutcome,
        *,
        present: int | None = None,
        is_unmodified: bool = False,
        fetch_state: str | None = None,
        error: str | None = None,
    ) -> None:
        rejections = tuple(NewRejection(one.source or "", one.line, one.reason) for one in self.report.rejected)
        result = RunResult(outcome, self.report.ledger, rejections, present, is_unmodified, fetch_state, error)
        self._store.sources.finish_run(self._run_id, result)


def _records_of(download: Download, source: Source, room: ReadingRoom, published: date | None) -> Iterable[Found]:
    if download.path is None:
        return ()
    interface = download.interface
    if interface is None:
        return read_records(download.path, source.address, room, published=published)
    return read_pages(download.path, source.address, interface.format, is_from_window=interface.is_windowed)


def _batches(found: Iterable[Found]) -> Iterator[list[Found]]:
    remaining = iter(found)
    while batch := list(islice(remaining, RECORDS_PER_BATCH)):
        yield batch
