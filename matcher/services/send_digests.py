"""Send each subscription its digest of the week: claimed before it is sent, marked after, one row a week."""

import logging
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from pydantic import TypeAdapter

from matcher.domain.digest import Digest
from matcher.domain.match import band
from matcher.errors import InputRejected, MatcherError, RetryLater
from matcher.mail.calendar import deadlines_calendar
from matcher.mail.message import build_message
from matcher.mail.rendering import Links, render_digest
from matcher.mail.senders import Sender
from matcher.services.catalogue import CatalogueReader
from matcher.services.digest_week import compose_digest, due_week
from matcher.store.protocol import Store
from matcher.store.records import DigestRow

_LEASE = timedelta(minutes=10)
"""How long one sender has for one mail before another may try."""

_DIGEST = TypeAdapter(Digest)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """How mail leaves: through `sender`, from `address`, with links to `public_url`."""

    sender: Sender
    address: str
    public_url: str


@dataclass(slots=True)
class DigestReport:
    """What a round of digests did: `quiet` weeks had nothing to say."""

    due: int = 0
    quiet: int = 0
    sent: int = 0
    deferred: int = 0
    refused: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """The same as named counts."""
        return asdict(self)


def send_digests(store: Store, catalogue: CatalogueReader, outgoing: Outgoing, now: datetime) -> DigestReport:
    """Claim every digest that is due, then send every one that is not yet sent.

    Nothing is mailed inside a transaction; what was mailed counts as seen only after it left. One recipient's trouble
    never stops the others.

    Raises:
        Unrecoverable: The mail server refuses this installation itself; what is not sent stays pending.
    """
    report = DigestReport()
    for subscription in store.subscriptions.all():
        week = due_week(subscription, now)
        if week is None or any(
            row.week == week for row in store.digests.for_subscription(subscription.subscription_id)
        ):
            continue
        report.due += 1
        digest = compose_digest(store, catalogue, subscription, week, now)
        if digest.is_empty:
            report.quiet += 1
            continue
        _claim(store, digest, outgoing)
    for row in store.digests.pending():
        _send(store, row, outgoing, now, report)
    return report


def digest_of(row: DigestRow) -> Digest:
    """Return the digest that a stored row will send or has sent, word for word."""
    return _DIGEST.validate_json(row.content)


def _claim(store: Store, digest: Digest, outgoing: Outgoing) -> None:
    domain = parseaddr(outgoing.address)[1].rpartition("@")[2] or "localhost"
    store.digests.claim(
        digest.subscription.subscription_id,
        digest.week,
        f"<digest.{digest.digest_id}@{domain}>",
        digest_id=digest.digest_id,
        content=_DIGEST.dump_json(digest).decode(),
        opportunity_ids=[item.opportunity.opportunity_id for item in digest.new],
    )


def _send(store: Store, row: DigestRow, outgoing: Outgoing, now: datetime, report: DigestReport) -> None:
    if store.digests.begin_attempt(row.digest_id, _LEASE) is None:
        return
    try:
        digest = digest_of(row)
        links = Links(matches_url=f"{outgoing.public_url}/v1/proposals/{digest.subscription.proposal_id}/matches")
        outgoing.sender.send(
            build_message(
                render_digest(digest, links, band),
                sender=outgoing.address,
                recipient=digest.subscription.email_address,
                message_id=row.message_id,
                date=now,
                unsubscribe_url=None,
                calendar=deadlines_calendar(digest),
            )
        )
    except InputRejected as refusal:
        store.digests.mark_failed(row.digest_id, str(refusal), permanent=True)
        report.refused += 1
        _log.info("digest refused", extra={"digest_id": row.digest_id})
    except RetryLater as delay:
        store.digests.mark_failed(row.digest_id, str(delay), permanent=False)
        report.deferred += 1
    except MatcherError as error:
        store.digests.mark_failed(row.digest_id, str(error), permanent=False)
        raise
    else:
        store.digests.mark_sent(row.digest_id, now)
        report.sent += 1
