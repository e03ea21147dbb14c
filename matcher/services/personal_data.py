"""Export all that is stored about an organization, a proposal or a person, or erase it to the last byte."""

from email.parser import BytesHeaderParser
from email.utils import getaddresses
from pathlib import Path
from typing import Any

from matcher.domain.subject import Subject, SubjectKind
from matcher.embedding.cached import text_hash
from matcher.errors import NotFound
from matcher.mail.addresses import kept_address
from matcher.scoring.scorer import Scorer
from matcher.store.protocol import Store

_MAILS = "mail files"
_VECTORS = "vectors"


def subject_of(kind: SubjectKind, value: str) -> Subject:
    """Return whom `value` means; an address is written as it is stored.

    Raises:
        InputRejected: `value` is meant as an address and is none.
    """
    return Subject(kind, kept_address(value, "address") if kind is SubjectKind.ADDRESS else value)


def count_personal_data(store: Store, subject: Subject) -> dict[str, int]:
    """Return how many rows are about `subject`, by table: what an erasure takes. Nothing is read for it."""
    return store.personal.counts(subject)


def export_personal_data(store: Store, subject: Subject) -> dict[str, list[dict[str, Any]]]:
    """Return every row about `subject`, by table, as plain data.

    Args:
        store: The store of the house.
        subject: Whom the data are about.

    Raises:
        NotFound: Nothing is stored about them.
    """
    found = store.personal.holdings(subject)
    if not found:
        raise NotFound(f"nothing is stored about this {subject.kind.value}", source=subject.value)
    return found


def erase_personal_data(store: Store, subject: Subject, outbox: Path) -> dict[str, int]:
    """Erase all that is stored about `subject`; return how many rows of each table, vectors and files are gone.

    With them go the vectors of texts that nobody's document holds any more, the mails in `outbox`, and what the
    database file keeps of deleted rows. Backups, and what was mailed, are out of reach.

    Args:
        store: The store of the whole house: what the texts of others are compared by stays.
        subject: Whom the data are about; that who asks may erase them is checked by the door.
        outbox: Where mails are written if there is no mail server; it may be missing.

    Raises:
        NotFound: Nothing is stored about them.
        RetryLater: Others read the database all the time, so that its file could not be rewritten; the rows are gone.
    """
    erased = store.personal.erase(subject)
    address = subject.value if subject.kind is SubjectKind.ADDRESS else None
    counts = {
        **erased.rows,
        _VECTORS: forget_unused_vectors(store),
        _MAILS: _remove_mails(outbox, erased.message_ids, address),
    }
    store.compact()
    return {name: count for name, count in counts.items() if count}


def forget_proposal(store: Store, proposal_id: str, outbox: Path) -> None:
    """Delete a proposal with all that came of it, its words in digests and mails that speak of others too.

    A file of SQLite then holds no word of it. What its texts were compared by goes with the next `tidy`.

    Args:
        store: The store of whoever deletes it.
        proposal_id: Which proposal.
        outbox: Where mails are written if there is no mail server; it may be missing.

    Raises:
        NotFound: None is stored under this identifier.
    """
    erased = store.personal.erase(Subject(SubjectKind.PROPOSAL, proposal_id))
    _remove_mails(outbox, erased.message_ids, address=None)
    store.empty_log()


def forget_unused_vectors(store: Store) -> int:
    """Delete the vectors of texts that nobody's document holds any more; return how many.

    Args:
        store: The store of the whole house. Every document in it is read.
    """
    return store.vectors.forget_all_but(_texts_in_use(store))


def _texts_in_use(store: Store) -> set[str]:
    """Return the hash of every text that some proposal or opportunity is compared by."""
    used = {text_hash(text) for stored in store.proposals.all() for text in Scorer.texts_of(stored.proposal)}
    for stored in store.opportunities.all():
        used.update(map(text_hash, Scorer.texts_of_opportunity(stored.opportunity)))
    return used


def _remove_mails(outbox: Path, message_ids: frozenset[str], address: str | None) -> int:
    removed = 0
    for path in sorted(outbox.glob("*.eml")):
        with path.open("rb") as file:
            head = BytesHeaderParser().parse(file)
        readers = [reader.lower() for _, reader in getaddresses(head.get_all("To", []))]
        if address in readers or str(head["Message-ID"]).strip() in message_ids:
            path.unlink()
            removed += 1
    return removed
