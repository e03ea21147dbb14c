"""What an import did, counted record by record."""

from collections import Counter
from dataclasses import dataclass, field

from matcher.domain.source import DropReason, LedgerCounts
from matcher.errors import InputRejected, MatcherError


@dataclass(slots=True)
class ImportReport:
    """What an import did: identifiers of what is new and changed, counts of the rest, and every rejection.

    `new` and `changed` are the entries of the catalogue under which new and changed records of the source stand.
    `error` says why a run came to no good end; what was read until then is kept.
    """

    records: int = 0
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    dropped: Counter[DropReason] = field(default_factory=Counter)
    rejected: list[InputRejected] = field(default_factory=list)
    joined: int = 0
    vanished: int = 0
    returned: int = 0
    unmodified: int = 0
    errors: list[MatcherError] = field(default_factory=list)

    @property
    def ledger(self) -> LedgerCounts:
        """The same as the counts of a run.

        Raises:
            ValueError: The outcomes do not add up to the records.
        """
        return LedgerCounts(
            records=self.records,
            new=len(self.new),
            changed=len(self.changed),
            unchanged=self.unchanged,
            dropped=tuple(sorted(self.dropped.items())),
            rejected=len(self.rejected),
            joined=self.joined,
            vanished=self.vanished,
            returned=self.returned,
        )

    @property
    def counts(self) -> dict[str, int]:
        """How many records came to which outcome, and how many sources said that they have nothing new or failed."""
        return {
            "records": self.records,
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "dropped": self.dropped.total(),
            "rejected": len(self.rejected),
            "joined": self.joined,
            "vanished": self.vanished,
            "returned": self.returned,
            "unmodified": self.unmodified,
            "failed": len(self.errors),
        }

    def add(self, other: "ImportReport") -> None:
        """Take in what another import did."""
        self.records += other.records
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.dropped += other.dropped
        self.rejected += other.rejected
        self.joined += other.joined
        self.vanished += other.vanished
        self.returned += other.returned
        self.unmodified += other.unmodified
        self.errors += other.errors
