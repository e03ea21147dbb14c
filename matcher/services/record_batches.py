"""Writes the records of one run into the catalogue, a few hundred in one transaction.

What is in a record alone decides what becomes of it, batch by batch, in the order of the source. A run that was killed
left whole batches behind, which its successor finds unchanged; so it ends where an undisturbed run ends. A record is
read no earlier than it must be: most of an extract are long over, and never are.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from matcher.domain.source import DropReason, Source
from matcher.errors import InputRejected, RetryLater
from matcher.services.catalogue_entries import Entries
from matcher.services.import_report import ImportReport
from matcher.services.record_readings import RecordReadings
from matcher.services.source_reading import Found
from matcher.store.protocol import Store
from matcher.store.source_records import CatalogueChange, KnownListing, ListingKey

RECORDS_PER_BATCH = 500
_MOST_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A record with what identifies it within its source."""

    key: ListingKey
    found: Found


@dataclass(frozen=True, slots=True)
class _Kept:
    """A record that belongs into the catalogue: the hash of its content, and what is known of it there."""

    key: ListingKey
    found: Found
    content_hash: str
    known: KnownListing | None

    @property
    def is_changed(self) -> bool:
        """Whether its content is not what is known."""
        return self.known is None or self.known.content_hash != self.content_hash

    @property
    def is_touched(self) -> bool:
        """Whether it must be written: it is new, changed, back or elsewhere."""
        known = self.known
        return known is None or self.is_changed or known.is_vanished or known.place != self.found.place


def withdraw_all(store: Store, source: Source) -> None:
    """Mark every record of a source as vanished, as if it had come back without any."""
    RecordBatches(store, source, date.min).mark_vanished()


class RecordBatches:
    """Takes the records of one run in, counts them in `report`, and at the end marks what has vanished.

    Args:
        store: Where the catalogue is.
        source: Whose records they are.
        today: The day that decides what is over.
        reads_all: Read even the records that are written as they were in the last run.
    """

    def __init__(self, store: Store, source: Source, today: date, *, reads_all: bool = False) -> None:
        self.report = ImportReport()
        self._store = store
        self._source = source
        self._readings = RecordReadings(store, source, today, reads_all=reads_all)
        self._seen: dict[str, list[str]] = {}
        self._listed: set[ListingKey] = set()
        self._rejected_keys: set[str] = set()
        self._open_places: set[str] = set()

    def take(self, found: Sequence[Found]) -> None:
        """Write one batch; it counts only once it is written.

        Raises:
            RetryLater: Other runs wrote all the time.
        """
        part = ImportReport(records=len(found))
        records = [keyed for one in found if (keyed := self._keyed(one, part)) is not None]
        for _ in range(_MOST_ATTEMPTS):
            outcome = ImportReport()
            if self._is_written(records, outcome):
                part.add(outcome)
                self.report.add(part)
                self._readings.keep()
                return
        raise self._crowded_out()

    def forget_the_rest(self) -> None:
        """Forget how records were read that the source does not give any more, once all have been taken in."""
        self._readings.forget_the_rest()

    def mark_vanished(self) -> int:
        """Mark what a complete source listed before and not in this run; return how many must be listed now.

        A record stays as it is while its document, or a record under its key, was rejected, for it may well be there;
        and so does one whose document shows only the newest.
        """
        present = self._store.listings.present(self._source.name)
        missing = [key for key in present if key not in self._listed]
        spared = {key for key in missing if key.record_key in self._rejected_keys or present[key] in self._open_places}
        gone = [key for key in missing if key not in spared]
        for start in range(0, len(gone), RECORDS_PER_BATCH):
            self._vanish(gone[start : start + RECORDS_PER_BATCH])
        self.report.vanished += len(gone)
        return self.report.ledger.kept + len(spared)

    def _keyed(self, found: Found, part: ImportReport) -> _Keyed | None:
        """Return the record with its key, or count it as rejected or repeated.

        Records that share a key are told apart by how they are written, so that none of them must be read for it.
        """
        if found.is_from_window:
            self._open_places.add(found.place)
        try:
            record_key = found.key or found.opportunity.opportunity_id
            imprint = found.imprint or self._readings.reading(found).content_hash
        except InputRejected as rejection:
            self._reject(found, rejection, part)
            return None
        imprints = self._seen.setdefault(record_key, [])
        if imprint in imprints:
            part.dropped[DropReason.REPEATED] += 1
            return None
        imprints.append(imprint)
        return _Keyed(ListingKey(record_key, len(imprints)), found)

    def _reject(self, found: Found, rejection: InputRejected, part: ImportReport) -> None:
        if found.key is None:
            self._open_places.add(found.place)
        else:
            self._rejected_keys.add(found.key)
        part.rejected.append(type(rejection)(rejection.reason, source=found.place, line=rejection.line))

    def _is_written(self, records: Sequence[_Keyed], outcome: ImportReport) -> bool:
        """Write what is new, changed, back or elsewhere; False if somebody else wrote since it was looked up."""
        generation = self._store.listings.generation()
        known = self._store.listings.known(self._source.name, [record.key.record_key for record in records])
        remaining = self._without_over(records, known, outcome)
        self._readings.look_up(record.found for record in remaining)
        kept = [one for record in remaining if (one := self._kept(record, known.get(record.key), outcome))]
        touched = [record for record in kept if record.is_touched]
        if touched and not self._store.listings.apply(self._change(touched, outcome), generation):
            return False
        outcome.unchanged += sum(not record.is_changed for record in kept)
        self._listed.update(record.key for record in kept)
        return True

    def _without_over(
        self, records: Sequence[_Keyed], known: Container[ListingKey], outcome: ImportReport
    ) -> list[_Keyed]:
        """Drop and count, without reading it, what is over and was never listed."""
        remaining = []
        for record in records:
            reason = self._readings.over(record.found)
            if reason is None or record.key in known or self._is_chosen(record.found):
                remaining.append(record)
            else:
                outcome.dropped[reason] += 1
        return remaining

    def _kept(self, record: _Keyed, known: KnownListing | None, outcome: ImportReport) -> _Kept | None:
        """Return a record that belongs into the catalogue, or count it as rejected or dropped."""
        try:
            is_new = known is None and not self._is_chosen(record.found)
            reason = self._readings.over_when_read(record.found) if is_new else None
            content_hash = self._readings.reading(record.found).content_hash
        except InputRejected as rejection:
            self._reject(record.found, rejection, outcome)
            return None
        if reason is not None:
            outcome.dropped[reason] += 1
            return None
        return _Kept(record.key, record.found, content_hash, known)

    def _is_chosen(self, found: Found) -> bool:
        """Whether a record is taken in though it is over."""
        return self._source.keeps_closed or not found.is_extracted

    def _change(self, touched: Sequence[_Kept], outcome: ImportReport) -> CatalogueChange:
        """Put records under their entries, count them unless their content was known, and return what to write."""
        entries = Entries(self._store, self._source.name, datetime.now(UTC))
        entries.load(record.known.opportunity_id for record in touched if record.known is not None)
        entries.load_rivals([record.found.opportunity for record in touched if record.known is None])
        for record in touched:
            self._place(record, entries, outcome)
        return entries.change()

    @staticmethod
    def _place(record: _Kept, entries: Entries, outcome: ImportReport) -> None:
        content = (record.key, record.found.opportunity, record.content_hash, record.found.place)
        if record.known is None:
            entry_id, has_joined = entries.admit(*content)
            outcome.new.append(entry_id)
            outcome.joined += has_joined
            return
        entries.amend(record.known.opportunity_id, *content)
        outcome.returned += record.known.is_vanished
        if record.is_changed:
            outcome.changed.append(record.known.opportunity_id)

    def _vanish(self, keys: Sequence[ListingKey]) -> None:
        for _ in range(_MOST_ATTEMPTS):
            generation = self._store.listings.generation()
            known = self._store.listings.known(self._source.name, [key.record_key for key in keys])
            entries = Entries(self._store, self._source.name, datetime.now(UTC))
            entries.load(known[key].opportunity_id for key in keys if key in known)
            for key in keys:
                if key in known:
                    entries.withdraw(known[key].opportunity_id, key)
            if self._store.listings.apply(entries.change(), generation):
                return
        raise self._crowded_out()

    def _crowded_out(self) -> RetryLater:
        return RetryLater(f"source {self._source.name}: other runs write all the time; try again in a moment")
