"""What every parser of a source's format yields: its records, one at a time, each an opportunity or a reason.

A parser is a module with two functions. `recognizes(head, name)` says whether a file is in its format, from its first
64 KiB and its name. `read(path)` yields the records in their order and never raises for a bad one: a record that is
unusable comes with a `NoticeRejected` that names its place, and the next record follows. Only where the file as a whole
cannot be read does `read` raise `DocumentRejected`.
"""

from dataclasses import dataclass

from matcher.domain.opportunity import Opportunity
from matcher.errors import NoticeRejected


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file: its place counted from 1, the source's own identifier if it has one, and what it is."""

    number: int
    key: str | None
    outcome: Opportunity | NoticeRejected
