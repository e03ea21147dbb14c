"""What is known of the records of one source without reading them again."""

from collections.abc import Iterable
from datetime import date

from matcher.domain.source import DropReason, Source
from matcher.domain.vocabulary import OpportunityStatus
from matcher.services.source_reading import Found
from matcher.store.opportunities import opportunity_hash
from matcher.store.protocol import Store
from matcher.store.source_records import Reading

_OVER = {OpportunityStatus.CLOSED: DropReason.CLOSED, OpportunityStatus.ARCHIVED: DropReason.ARCHIVED}


class RecordReadings:
    """Reads the records of one run, each only if it is new or written otherwise than it was.

    Args:
        store: Where readings are kept.
        source: Whose records they are.
        today: The day that decides what is over.
        reads_all: Read even the records that are written as they were in the last run.
    """

    def __init__(self, store: Store, source: Source, today: date, *, reads_all: bool) -> None:
        self._store = store
        self._source = source
        self._today = today
        self._reads_all = reads_all
        self._digests: set[str] = set()
        self._known: dict[str, Reading] = {}
        self._new: dict[str, Reading] = {}

    def look_up(self, found: Iterable[Found]) -> None:
        """Get what is known of some records at once, in the place of what was looked up before."""
        digests = [one.digest for one in found if one.digest is not None]
        self._known = {} if self._reads_all else self._store.readings.known(self._source.name, digests)

    def reading(self, found: Found) -> Reading:
        """Return what is known of a record, or else read it.

        Raises:
            InputRejected: The record cannot be used.
        """
        if found.digest is None:
            return self._read(found)
        known = self._new.get(found.digest) or self._known.get(found.digest)
        if known is None:
            known = self._new[found.digest] = self._read(found)
        self._digests.add(found.digest)
        return known

    def over(self, found: Found) -> DropReason | None:
        """Return why nobody can apply any more, where that is sure before a record is read; None where it is not."""
        return _OVER[found.end.status] if found.end is not None and found.end.day < self._today else None

    def over_when_read(self, found: Found) -> DropReason | None:
        """Return why nobody can apply any more; None if somebody can.

        Raises:
            InputRejected: The record cannot be used.
        """
        reading = self.reading(found)
        if reading.over_on is not None and reading.over_on <= self._today:
            return reading.over_because
        return _OVER.get(found.opportunity.status_on(self._today))

    def keep(self) -> None:
        """Keep what was read anew, once its batch is written."""
        self._store.readings.remember(self._source.name, self._new)
        self._new = {}

    def forget_the_rest(self) -> None:
        """Forget how records were read that the source does not give any more, once all have been taken in."""
        self._store.readings.retain(self._source.name, self._digests)

    def _read(self, found: Found) -> Reading:
        reason = _OVER.get(found.opportunity.status_on(self._today))
        since = None if reason is None else self._today
        return Reading(opportunity_hash(found.opportunity), since, reason)
