"""What tells one mail from another for ever, and for how long a sender has it to itself."""

import uuid
from dataclasses import dataclass
from datetime import datetime

_NAMESPACE = uuid.UUID("6b1f3a52-7d0c-5c55-9a0e-0f3d6c7c2b11")


@dataclass(frozen=True, slots=True)
class Lease:
    """The right of one `holder` to send a mail, from `taken_at` until `until`."""

    holder: str
    taken_at: datetime
    until: datetime


def mail_id(kind: str, organization_id: str, email_address: str, period: str) -> str:
    """Return the identifier of the mail of a kind that one person gets for a period: always the same one."""
    return str(uuid.uuid5(_NAMESPACE, "\n".join((kind, organization_id, email_address, period))))


def message_id(kind: str, identifier: str, domain: str) -> str:
    """Return the Message-ID (RFC 5322, section 3.6.4) of a mail; sent twice, it is recognized as the same one."""
    return f"<{kind}.{identifier}@{domain}>"
