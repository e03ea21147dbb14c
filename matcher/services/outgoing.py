"""How mail leaves the house, and how long a failed one waits."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from matcher.domain.mail import Lease
from matcher.mail.senders import Sender
from matcher.services.signed_links import LinkSigner

Clock = Callable[[], datetime]
"""Tells the present moment, with its time zone."""

LEASE = timedelta(minutes=15)
"""Longer than two conversations with a mail server in which every step takes as long as it may."""
LONGEST_WAIT = timedelta(hours=4)
_FIRST_WAIT = timedelta(minutes=5)


def utc_clock() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


def retry_at(attempts: int, now: datetime) -> datetime:
    """Return when a mail is tried again after so many attempts: 5 minutes, 10, 20, … and at last every 4 hours."""
    doublings = min(max(attempts - 1, 0), 10)
    return now + min(_FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """How mail leaves: through `sender`, from `address`, with signed links to `public_url`.

    `holder` names this process in leases, which last for `lease`.
    """

    sender: Sender
    address: str
    public_url: str
    links: LinkSigner
    lease: timedelta = LEASE
    holder: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def domain(self) -> str:
        """The domain that mails come from; it ends their Message-IDs."""
        return parseaddr(self.address)[1].rpartition("@")[2] or "localhost"

    def new_lease(self, now: datetime) -> Lease:
        """Return a lease from now on."""
        return Lease(self.holder, now, now + self.lease)
