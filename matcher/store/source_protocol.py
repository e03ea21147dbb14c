"""The part of the store's contract that is about sources; `matcher.store.protocol` says what any call may raise."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from matcher.domain.source import Source
from matcher.store.records import Rejection
from matcher.store.source_records import (
    CatalogueChange,
    Claims,
    KnownListing,
    Listing,
    ListingKey,
    Reading,
    RunResult,
    SourceRecord,
    SourceRun,
)


class Sources(Protocol):
    """Where opportunities come from, with a row for every run of every source."""

    def add(self, source: Source) -> None:
        """Keep `source`.

        Raises:
            InputRejected: Its name is taken.
        """
        ...

    def change(self, source: Source) -> None:
        """Keep `source` in the place of the one of its name; the fetch state goes if it would be read otherwise.

        Raises:
            NotFound: None is stored under its name.
        """
        ...

    def get(self, name: str) -> SourceRecord:
        """Return one source.

        Raises:
            NotFound: None is stored under `name`.
        """
        ...

    def all(self) -> list[SourceRecord]:
        """Return every source, by name."""
        ...

    def remove(self, name: str) -> None:
        """Delete a source with its runs, its listings and its rejections; the entries of the catalogue stay.

        Raises:
            NotFound: None is stored under `name`.
        """
        ...

    def begin_run(self, name: str) -> int:
        """Record that a run began; return its identifier.

        Raises:
            NotFound: None is stored under `name`.
        """
        ...

    def finish_run(self, run_id: int, result: RunResult) -> None:
        """Record how a run ended with its rejections, and check that all adds up.

        A run that read nothing has none, and tells nothing of those before, unless nothing is what there was to read.

        Raises:
            NotFound: No run is stored under `run_id`, or it has ended already.
            Unrecoverable: Rejections or listings are not as many as the result counts; nothing is kept then.
        """
        ...

    def runs(self, name: str, limit: int, offset: int = 0) -> list[SourceRun]:
        """Return `limit` runs of one source, latest first, after the latest `offset` of them."""
        ...

    def count_runs(self, name: str) -> int:
        """Return how many runs of one source there were."""
        ...

    def run(self, name: str, run_id: int) -> SourceRun:
        """Return one run of one source.

        Raises:
            NotFound: None of its runs is stored under `run_id`.
        """
        ...

    def last_reading(self, name: str) -> SourceRun | None:
        """Return the last run of one source that read something, or found that nothing is there; None if none did."""
        ...

    def rejections(self, name: str, run_id: int) -> list[Rejection]:
        """Return what one run of one source could not use, by document and line; `at` is when that was first found.

        Of runs older than schema 0019 those of the last that read something are kept.
        """
        ...


class Listings(Protocol):
    """Which record of which source stands under which entry of the catalogue."""

    def generation(self) -> int:
        """Return a counter that moves with every change of a listing."""
        ...

    def known(self, source_name: str, record_keys: Iterable[str]) -> dict[ListingKey, KnownListing]:
        """Return what is known of the records with these keys, without reading them."""
        ...

    def present(self, source_name: str) -> dict[ListingKey, str]:
        """Return the place of every record that the source listed and that has not vanished."""
        ...

    def claims(self, stated_ids: Iterable[str], number_keys: Iterable[str], title_keys: Iterable[str]) -> Claims:
        """Return the entries that have one of these in common with a record."""
        ...

    def under(self, opportunity_ids: Iterable[str]) -> dict[str, list[Listing]]:
        """Return the listings under these entries, by source and key; entries without one are absent."""
        ...

    def listed_by(self, source_names: Iterable[str]) -> frozenset[str]:
        """Return the entries that at least one of these sources lists now; of an unknown source none."""
        ...

    def apply(self, change: CatalogueChange, generation: int) -> bool:
        """Write listings and the entries that follow from them, in one transaction.

        An entry whose content is new gets a new revision, as by `Opportunities.save`. Returns False, and writes
        nothing, if the generation is not `generation` any more: what the change rests on must then be read again.

        Raises:
            InputRejected: A text cannot be written as UTF-8.
        """
        ...


class Readings(Protocol):
    """What records came to when they were last read, by a digest of how they are written.

    It spares reading a record again and decides nothing: without it every record is read.
    """

    def known(self, source_name: str, digests: Iterable[str]) -> dict[str, Reading]:
        """Return what is known of the records of a source with these digests."""
        ...

    def remember(self, source_name: str, readings: Mapping[str, Reading]) -> None:
        """Keep readings by digest, in the place of what was known."""
        ...

    def retain(self, source_name: str, digests: Iterable[str]) -> None:
        """Forget what is known of the records of a source with any other digest."""
        ...
