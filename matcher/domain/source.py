"""Where opportunities come from, and how many records of a source came to what."""

from dataclasses import dataclass
from enum import StrEnum


class SourceKind(StrEnum):
    """How a source is reached."""

    FOLDER = "folder"
    """A folder of files, looked through with its folders."""
    FILE = "file"
    URL = "url"
    """A file behind an HTTP address, in any format that can be read from a disk."""
    INTERFACE = "interface"
    """Records behind an HTTP address that are asked for page by page."""


class DropReason(StrEnum):
    """Why a usable record was left out."""

    CLOSED = "closed"
    """Its time to apply had ended on the day of the run."""
    ARCHIVED = "archived"
    REPEATED = "repeated"
    """The source gave the very same record before, in the same run."""


class JoinReason(StrEnum):
    """Why a record of a source stands under an entry of the catalogue."""

    FIRST = "first"
    """No entry was the same notice, so it became one."""
    IDENTIFIER = "identifier"
    NUMBER = "number"
    """The same opportunity number of the same agency."""
    TEXT = "text"
    """The same title and all but the same words."""


@dataclass(frozen=True, slots=True)
class Source:
    """One place that opportunities come from.

    `address` is a path or an HTTP address. `interval_seconds` says how often it is looked at; None: only when somebody
    asks. `delay_seconds` is the least time between two requests to its host. A source that `is_complete` lists
    all that it has, so that a record which is missing has been withdrawn. Unless a source `keeps_closed`, records of
    its extracts that were over when they were first seen are left out. Of an interface, `interface` names how it is
    asked and `query` is what is asked for, a JSON object; None asks for everything.
    """

    name: str
    kind: SourceKind
    address: str
    interval_seconds: int | None = None
    delay_seconds: float = 1.0
    is_enabled: bool = True
    is_complete: bool = True
    keeps_closed: bool = False
    interface: str | None = None
    query: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerCounts:
    """What became of the records of one run; every record that was read is counted once.

    `joined` (of the new ones) count those that came under an entry which stood already, `vanished` and `returned` the
    records that a complete source gave before and no longer, and those that it gives again.

    Raises:
        ValueError: The outcomes do not add up to the records.
    """

    records: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    dropped: tuple[tuple[DropReason, int], ...] = ()
    rejected: int = 0
    joined: int = 0
    vanished: int = 0
    returned: int = 0

    def __post_init__(self) -> None:
        outcomes = self.new + self.changed + self.unchanged + self.dropped_total + self.rejected
        if outcomes != self.records:
            raise ValueError(f"{self.records} records were read, but {outcomes} are accounted for: {self}")

    @property
    def dropped_total(self) -> int:
        """How many usable records were left out, for any reason."""
        return sum(count for _, count in self.dropped)

    @property
    def kept(self) -> int:
        """How many records of the run stand in the catalogue."""
        return self.new + self.changed + self.unchanged
