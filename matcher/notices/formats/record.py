"""What every parser of a source's format yields: its records, one at a time, each an opportunity or a reason.

A parser is a module with two functions. `recognizes(head, name)` says whether a file is in its format, from its first
64 KiB and its name. `read(path)` yields the records in their order and never raises for a bad one: a record that is
unusable comes with a `NoticeRejected` that names its place, and the next record follows. Only where the file as a whole
cannot be read does `read` raise `DocumentRejected`.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeAlias

from matcher.domain.opportunity import Opportunity
from matcher.domain.vocabulary import OpportunityStatus
from matcher.errors import NoticeRejected

Outcome: TypeAlias = Opportunity | NoticeRejected


@dataclass(frozen=True, slots=True)
class End:
    """After `day`, an opportunity is sure to be over: `status` is closed or archived."""

    day: date
    status: OpportunityStatus


@dataclass(frozen=True)
class Record:
    """One record of a file: its place counted from 1, the source's own identifier if it has one, and what it is.

    `read` is what the record is, or what finds that out when it is first asked for; `tell` finds its digest. `end` says
    when it is over where the fields alone settle that; None: only the outcome tells. Of two records with the same key
    and `imprint` one repeats the other; None: the digest tells that as quickly.
    """

    number: int
    key: str | None
    read: Outcome | Callable[[], Outcome]
    tell: Callable[[], str | None] | None = None
    end: End | None = None
    imprint: str | None = None

    @cached_property
    def outcome(self) -> Outcome:
        """The opportunity, or why the record is none."""
        return self.read() if callable(self.read) else self.read

    @cached_property
    def digest(self) -> str | None:
        """What tells the record as it is written from any other of its format: equal digests mean equal opportunities.

        None: the parser cannot tell.
        """
        return None if self.tell is None else self.tell()


def digest_of(value: object) -> str | None:
    """Return a digest of plain data as JSON or CSV give it: 64 hexadecimal digits; None if it is nested too deeply."""
    try:
        return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
    except RecursionError:
        return None
