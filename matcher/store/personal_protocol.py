"""What the rest of the house knows of exporting and erasing in the store; see `matcher.store.protocol`."""

from dataclasses import dataclass
from typing import Any, Protocol

from matcher.domain.subject import Subject


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure took away: how many rows of each table, and the Message-IDs of the mails that were about it."""

    rows: dict[str, int]
    message_ids: frozenset[str]


class PersonalData(Protocol):
    """All rows about one subject, whatever table they are in.

    To the store of one organization, nothing is stored about any but itself and its proposals. Addresses are of people
    whom several may know, so only the store of the whole house knows them.
    """

    def counts(self, subject: Subject) -> dict[str, int]:
        """Return how many rows are about `subject`, by table; tables without one are absent."""
        ...

    def holdings(self, subject: Subject) -> dict[str, list[dict[str, Any]]]:
        """Return every row about `subject`, by table, as plain data; tables without one are absent.

        Hashes of keys and feeds are left out: they are secrets of the house, and say nothing of anybody.
        """
        ...

    def erase(self, subject: Subject) -> Erased:
        """Delete them in one transaction; a mail about a proposal stays as a row without its words.

        What the database file still holds of deleted rows goes with `Store.compact`.

        Raises:
            NotFound: Nothing is stored about `subject`.
        """
        ...
