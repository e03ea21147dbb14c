"""The rows of the coverage ledger, and the reasons that the store keeps beside the last of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from matcher.domain.source import DropReason, LedgerCounts, Source, SourceKind
from matcher.errors import NotFound
from matcher.store.protocol import Store
from matcher.store.records import JobOutcome, Rejection
from matcher.store.source_records import SourceRun

DEPTH = 1_000
"""How many runs back a run is looked for; reasons are kept of the last one that read something, and of no other."""

SUMMED = ("records", "new", "changed", "unchanged", "rejected")
"""The counts of a run that are plain numbers and in its sum; what was dropped is counted by reason."""


def find_run(store: Store, name: str, run_id: int) -> SourceRun:
    """Return one run of a source.

    Raises:
        NotFound: No source has this name, or none of its latest runs has this identifier.
    """
    store.sources.get(name)
    for run in store.sources.runs(name, DEPTH):
        if run.run_id == run_id:
            return run
    raise NotFound(f"none of the latest {DEPTH:,} runs of source {name} has this identifier", source=str(run_id))


def last_reading(store: Store, name: str) -> SourceRun | None:
    """Return the last run of a source that read something, or found that nothing is there; None if there is none."""
    for depth in (1, DEPTH):
        found = next(filter(_has_read, store.sources.runs(name, depth)), None)
        if found is not None:
            return found
    return None


def rejections_of(source: Source, run: SourceRun, stored: Sequence[Rejection]) -> list[Rejection] | None:
    """Return why records of `run`, the last that read something, were rejected; None if that is not kept any more.

    The reasons of one run are written at one moment, right after its end, and each names the source's own place. As
    many as the run counts must be found: reasons of another source for the same document are not passed off for them.
    """
    if not run.counts.rejected:
        return []
    later = [one for one in stored if run.finished_at is not None and one.at >= run.finished_at]
    own = [one for one in later if _lies_in(one.source, source)]
    first = min((one.at for one in own), default=None)
    written = [one for one in own if one.at == first]
    return written if len(written) == run.counts.rejected else None


def sum_of(runs: Iterable[SourceRun]) -> LedgerCounts:
    """Return the counts of several runs together; they add up as those of each run do."""
    every = [run.counts for run in runs]
    dropped: Counter[DropReason] = Counter()
    for counts in every:
        dropped.update(dict(counts.dropped))
    plain = {name: sum(getattr(counts, name) for counts in every) for name in SUMMED}
    return LedgerCounts(dropped=tuple(dropped.items()), **plain)


def _has_read(run: SourceRun) -> bool:
    return bool(run.counts.records) or (run.outcome is JobOutcome.SUCCEEDED and not run.is_unmodified)


def _lies_in(place: str, source: Source) -> bool:
    if source.kind is SourceKind.FOLDER:
        return Path(place).is_relative_to(source.address)
    return place == source.address
