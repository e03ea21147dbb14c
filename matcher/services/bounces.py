"""Read what came back into the list of addresses that are mailed no more."""

import logging
from collections import Counter
from datetime import datetime
from pathlib import Path

from matcher.errors import DocumentRejected, RetryLater
from matcher.mail.bounces import MAXIMUM_BYTES, Bounce, read_report
from matcher.store.mail_records import MailRow, Suppression, SuppressionCause
from matcher.store.protocol import Store

READ, UNREADABLE = "read", "unreadable"
"""The folders in the folder of bounces that a file moves into."""

_log = logging.getLogger(__name__)


def read_bounces(store: Store, folder: Path, now: datetime) -> dict[str, int]:
    """Read every file of a folder and move it to where it does not come up again. Returns named counts.

    Raises:
        RetryLater: The store is held by another, or a file cannot be moved.
    """
    counts: Counter[str] = Counter(suppressed=0, passing=0, unreadable=0)
    for path in sorted(path for path in folder.glob("*") if path.is_file() and not path.name.startswith(".")):
        try:
            found = [_suppress(store, bounce, now) for bounce in read_report(_content(path))]
            counts["suppressed"] += sum(found)
            counts["passing"] += len(found) - sum(found)
            _move(path, READ)
        except DocumentRejected as error:
            _log.info("bounce unreadable", extra={"file": path.name, "reason": str(error)})
            counts["unreadable"] += 1
            _move(path, UNREADABLE)
    return dict(counts)


def accept_bounce(store: Store, organization_id: str, content: bytes, now: datetime) -> dict[str, int]:
    """Read one report that came over the network: it counts only for a mail of this organization to that recipient.

    Returns named counts.

    Raises:
        DocumentRejected: It is no report.
    """
    counts = {"suppressed": 0, "passing": 0, "unknown": 0}
    for bounce in read_report(content):
        mail = store.mails.by_message_id(bounce.message_id) if bounce.message_id else None
        if mail is None or not _is_about(mail, organization_id, bounce):
            counts["unknown"] += 1
        elif _suppress(store, bounce, now):
            counts["suppressed"] += 1
        else:
            counts["passing"] += 1
    return counts


def _is_about(mail: MailRow, organization_id: str, bounce: Bounce) -> bool:
    return (mail.organization_id, mail.email_address) == (organization_id, bounce.email_address)


def _suppress(store: Store, bounce: Bounce, now: datetime) -> bool:
    """Suppress the address of a bounce that is for good; return whether it is."""
    if bounce.is_permanent:
        cause = SuppressionCause.COMPLAINED if bounce.is_complaint else SuppressionCause.BOUNCED
        store.suppressions.add(Suppression(bounce.email_address, cause, bounce.words, now))
    return bounce.is_permanent


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAXIMUM_BYTES + 1)


def _move(path: Path, folder: str) -> None:
    target = path.parent / folder / path.name
    try:
        target.parent.mkdir(exist_ok=True)
        path.replace(target)
    except OSError as error:
        raise RetryLater(
            f"{path} cannot be moved to {target.parent}: {error.strerror}; make the folder writable"
        ) from error
