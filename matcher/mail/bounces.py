"""What comes back: reports of mail servers on what they could not deliver, and of readers who complained."""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.policy import default

from matcher.errors import DocumentRejected

MAXIMUM_BYTES = 2 * 1024**2
"""A report is a few kilobytes; one that returns the whole mail is still below this."""

_PERMANENT = re.compile(r"5\.\d{1,3}\.\d{1,3}")
_ADDRESS = re.compile(r"[^\s<>;]+@[^\s<>;]+")
_WORDS_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Bounce:
    """One recipient of a report: the address in lower case, whether it is for good, and the reporter's own words.

    `message_id` names the mail that came back, where the report says so. A complaint is always for good.
    """

    email_address: str
    is_permanent: bool
    is_complaint: bool
    words: str
    message_id: str | None


def read_report(content: bytes) -> list[Bounce]:
    """Return what a report says: a delivery status notification (RFC 3464) or a complaint (ARF, RFC 5965).

    Raises:
        DocumentRejected: It is too large, is neither of the two, or names no recipient.
    """
    if len(content) > MAXIMUM_BYTES:
        raise DocumentRejected(f"a report on a mail is smaller than {MAXIMUM_BYTES:,} bytes")
    message = email.message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what this policy makes
    kind = str(message.get_param("report-type", "")).lower()
    if message.get_content_type() != "multipart/report" or kind not in ("delivery-status", "feedback-report"):
        raise DocumentRejected(
            "this is no report on a delivery; hand over the whole mail that came back, headers and all"
        )
    message_id = _returned_message_id(message)
    found = list(_failures(message, message_id) if kind == "delivery-status" else _complaints(message, message_id))
    if not found:
        raise DocumentRejected("the report names no recipient")
    return found


def _failures(message: Message, message_id: str | None) -> Iterator[Bounce]:
    """Yield each recipient of a delivery status notification (RFC 3464, section 2.3)."""
    for block in _fields(message, "message/delivery-status"):
        address = _address(block.get("Final-Recipient") or block.get("Original-Recipient"))
        if address is None:
            continue
        action = str(block.get("Action", "")).strip().lower()
        status = str(block.get("Status", "")).strip()
        words = str(block.get("Diagnostic-Code") or f"{action} {status}")
        is_permanent = action == "failed" and _PERMANENT.match(status) is not None
        yield Bounce(address, is_permanent, False, _one_line(words), message_id)


def _complaints(message: Message, message_id: str | None) -> Iterator[Bounce]:
    """Yield whom a feedback report is about (RFC 5965, section 3.2), or else whom the returned mail was to."""
    for block in _fields(message, "message/feedback-report"):
        address = _address(block.get("Original-Rcpt-To") or _returned(message, "To"))
        if address is not None:
            kind = _one_line(str(block.get("Feedback-Type", "abuse")))
            yield Bounce(address, True, True, f"reported as {kind}", message_id)


def _fields(message: Message, kind: str) -> Iterator[Message]:
    """Yield the blocks of fields in the part of a kind; the parser makes messages of them, or leaves them as text."""
    for part in message.walk():
        if part.get_content_type() != kind:
            continue
        payload = part.get_payload()
        if isinstance(payload, list):
            yield from (block for block in payload if isinstance(block, Message))
        else:
            yield email.message_from_string(str(payload))


def _returned_message_id(message: Message) -> str | None:
    found = _returned(message, "Message-ID")
    return None if found is None else found.strip()


def _returned(message: Message, header: str) -> str | None:
    """Return a header of the mail that came back."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            value = email.message_from_string(str(part.get_payload()).lstrip()).get(header)
        elif kind == "message/rfc822" and isinstance(part.get_payload(), list):
            value = part.get_payload()[0].get(header)  # type: ignore[union-attr, index]  # a list of one message
        else:
            continue
        if value is not None:
            return str(value)
    return None


def _address(field: object) -> str | None:
    """Return the address of a field such as "rfc822; officer@example.org", in lower case."""
    found = _ADDRESS.search(str(field or "").rpartition(";")[2])
    return None if found is None else found[0].lower()


def _one_line(words: str) -> str:
    return " ".join(words.split())[:_WORDS_LIMIT]
