"""The rows of the coverage ledger, together."""

from collections import Counter
from collections.abc import Iterable

from matcher.domain.source import DropReason, LedgerCounts
from matcher.store.source_records import SourceRun

SUMMED = ("records", "new", "changed", "unchanged", "rejected")
"""The counts of a run that are plain numbers and in its sum; what was dropped is counted by reason."""


def sum_of(runs: Iterable[SourceRun]) -> LedgerCounts:
    """Return the counts of several runs together; they add up as those of each run do."""
    every = [run.counts for run in runs]
    dropped: Counter[DropReason] = Counter()
    for counts in every:
        dropped.update(dict(counts.dropped))
    plain = {name: sum(getattr(counts, name) for counts in every) for name in SUMMED}
    return LedgerCounts(dropped=tuple(dropped.items()), **plain)
