"""Writes the records of one run into the catalogue, a few hundred in one transaction.

What is in a record alone decides what becomes of it, batch by batch, in the order of the source. A run that was killed
left whole batches behind, which its successor finds unchanged; so it ends where an undisturbed run ends.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from matcher.domain.opportunity import Opportunity
from matcher.domain.source import DropReason, Source
from matcher.domain.vocabulary import OpportunityStatus
from matcher.errors import InputRejected, RetryLater
from matcher.services.catalogue_entries import Entries
from matcher.services.import_report import ImportReport
from matcher.services.source_reading import Found
from matcher.store.opportunities import opportunity_hash
from matcher.store.protocol import Store
from matcher.store.source_records import KnownListing, ListingKey, Reading

RECORDS_PER_BATCH = 500
_MOST_ATTEMPTS = 20
_OVER = {OpportunityStatus.CLOSED: DropReason.CLOSED, OpportunityStatus.ARCHIVED: DropReason.ARCHIVED}


@dataclass(frozen=True, slots=True)
class Keyed:
    """A usable record with what identifies it and its content; its opportunity is read when it is first asked for."""

    key: ListingKey
    reading: Reading
    found: Found

    @property
    def content_hash(self) -> str:
        """The hash of the content."""
        return self.reading.content_hash

    @property
    def place(self) -> str:
        """The document that it stands in."""
        return self.found.place

    @property
    def opportunity(self) -> Opportunity:
        """The content."""
        return self.found.opportunity

    def over_on(self, today: date) -> DropReason | None:
        """Return why nobody can apply any more; None if somebody can."""
        if self.reading.over_on is not None and self.reading.over_on <= today:
            return self.reading.over_because
        return _OVER.get(self.opportunity.status_on(today))


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
        self._today = today
        self._reads_all = reads_all
        self._digests: set[str] = set()
        self._seen: dict[str, list[str]] = {}
        self._rejected_keys: set[str] = set()
        self._open_places: set[str] = set()

    def take(self, found: Sequence[Found]) -> None:
        """Write one batch; it counts only once it is written.

        Raises:
            RetryLater: Other runs wrote all the time.
        """
        part = ImportReport(records=len(found))
        known = self._known(found)
        readings = dict(known)
        records = [keyed for one in found if (keyed := self._keyed(one, readings, part)) is not None]
        for _ in range(_MOST_ATTEMPTS):
            outcome = ImportReport()
            if self._is_written(records, outcome):
                part.add(outcome)
                self.report.add(part)
                self._remember(readings, known)
                return
        raise self._crowded_out()

    def forget_the_rest(self) -> None:
        """Forget how records were read that the source does not give any more, once all have been taken in."""
        self._store.readings.retain(self._source.name, self._digests)

    def mark_vanished(self) -> int:
        """Mark what a complete source listed before and not in this run; return how many must be listed now.

        A record stays as it is while its document, or a record under its key, was rejected, for it may well be there;
        and so does one whose document shows only the newest.
        """
        present = self._store.listings.present(self._source.name)
        missing = [key for key in present if not self._was_seen(key)]
        spared = {key for key in missing if key.record_key in self._rejected_keys or present[key] in self._open_places}
        gone = [key for key in missing if key not in spared]
        for start in range(0, len(gone), RECORDS_PER_BATCH):
            self._vanish(gone[start : start + RECORDS_PER_BATCH])
        self.report.vanished += len(gone)
        return self.report.ledger.kept + len(spared)

    def _known(self, found: Sequence[Found]) -> dict[str, Reading]:
        if self._reads_all:
            return {}
        return self._store.readings.known(self._source.name, [one.digest for one in found if one.digest is not None])

    def _remember(self, readings: Mapping[str, Reading], known: Mapping[str, Reading]) -> None:
        self._digests.update(readings)
        new = {digest: reading for digest, reading in readings.items() if known.get(digest) != reading}
        self._store.readings.remember(self._source.name, new)

    def _keyed(self, found: Found, readings: dict[str, Reading], part: ImportReport) -> Keyed | None:
        """Return the record with its key and reading, or count it as rejected or repeated; add what was read anew."""
        if found.is_from_window:
            self._open_places.add(found.place)
        try:
            reading = self._reading(found, readings)
            record_key = found.key or found.opportunity.opportunity_id
        except InputRejected as rejection:
            self._reject(found, rejection, part)
            return None
        hashes = self._seen.setdefault(record_key, [])
        if reading.content_hash in hashes:
            part.dropped[DropReason.REPEATED] += 1
            return None
        hashes.append(reading.content_hash)
        return Keyed(ListingKey(record_key, len(hashes)), reading, found)

    def _reading(self, found: Found, readings: dict[str, Reading]) -> Reading:
        """Return what is known of a record, or else read it.

        Raises:
            InputRejected: The record cannot be used.
        """
        if found.digest is not None and found.digest in readings:
            return readings[found.digest]
        reason = _OVER.get(found.opportunity.status_on(self._today))
        since = None if reason is None else self._today
        reading = Reading(opportunity_hash(found.opportunity), since, reason)
        if found.digest is not None:
            readings[found.digest] = reading
        return reading

    def _reject(self, found: Found, rejection: InputRejected, part: ImportReport) -> None:
        if found.key is None:
            self._open_places.add(found.place)
        else:
            self._rejected_keys.add(found.key)
        part.rejected.append(type(rejection)(rejection.reason, source=found.place, line=rejection.line))

    def _is_touched(self, record: Keyed, known: KnownListing | None, outcome: ImportReport) -> bool:
        """Count what is dropped or unchanged; return whether the record must be written."""
        if known is None:
            is_chosen = self._source.keeps_closed or not record.found.is_extracted
            reason = None if is_chosen else record.over_on(self._today)
            if reason is None:
                return True
            outcome.dropped[reason] += 1
            return False
        if known.content_hash != record.content_hash:
            return True
        outcome.unchanged += 1
        return known.is_vanished or known.place != record.place

    def _is_written(self, records: Sequence[Keyed], outcome: ImportReport) -> bool:
        """Write what is new, changed, back or elsewhere; False if somebody else wrote since it was looked up."""
        generation = self._store.listings.generation()
        known = self._store.listings.known(self._source.name, [record.key.record_key for record in records])
        touched = [record for record in records if self._is_touched(record, known.get(record.key), outcome)]
        if not touched:
            return True
        entries = Entries(self._store, self._source.name, datetime.now(UTC))
        entries.load(known[record.key].opportunity_id for record in touched if record.key in known)
        entries.load_rivals([record.opportunity for record in touched if record.key not in known])
        for record in touched:
            self._place(record, known.get(record.key), entries, outcome)
        return self._store.listings.apply(entries.change(), generation)

    def _place(self, record: Keyed, known: KnownListing | None, entries: Entries, outcome: ImportReport) -> None:
        """Put a record under its entry, and count it unless its content was known."""
        if known is None:
            entry_id, has_joined = entries.admit(record.key, record.opportunity, record.content_hash, record.place)
            outcome.new.append(entry_id)
            outcome.joined += has_joined
            return
        entries.amend(known.opportunity_id, record.key, record.opportunity, record.content_hash, record.place)
        outcome.returned += known.is_vanished
        if known.content_hash != record.content_hash:
            outcome.changed.append(known.opportunity_id)

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

    def _was_seen(self, key: ListingKey) -> bool:
        return key.occurrence <= len(self._seen.get(key.record_key, ()))

    def _crowded_out(self) -> RetryLater:
        return RetryLater(f"source {self._source.name}: other runs write all the time; try again in a moment")
