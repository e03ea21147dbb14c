"""Send each person the digest of the week: claimed before it is written, written before it is sent, marked after."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage

from matcher.domain.digest import Decision, Digest
from matcher.domain.schedule import Occasion, Schedule
from matcher.domain.subscription import Subscription
from matcher.errors import InputRejected, MatcherError, RetryLater
from matcher.services.catalogue import CatalogueReader
from matcher.services.digest_mail import DIGEST_JSON, digest_message
from matcher.services.digest_writer import DigestWriter
from matcher.services.mail_delivery import Delivery, DeliveryReport
from matcher.services.outgoing import LONGEST_WAIT, Clock, Outgoing, retry_at, utc_clock
from matcher.store.mail_records import DigestPage, MailKind, MailRow, MailState, Shown, WrittenMail
from matcher.store.protocol import Store

_BATCH = 50
"""Digests that one process takes at a time."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class DigestReport:
    """What a round of digests did: `due` people were claimed, `quiet` ones had nothing to be told."""

    due: int = 0
    quiet: int = 0
    delivery: DeliveryReport = field(default_factory=DeliveryReport)

    @property
    def sent(self) -> int:
        """How many mails went out."""
        return self.delivery.sent

    @property
    def counts(self) -> dict[str, int]:
        """The same as named counts."""
        return {"due": self.due, "quiet": self.quiet, **self.delivery.counts}


def send_digests(
    store: Store,
    catalogue: CatalogueReader,
    outgoing: Outgoing,
    clock: Clock = utc_clock,
    stopping: Callable[[], bool] = lambda: False,
) -> DigestReport:
    """Claim, write and send every digest that is due, and every one that was interrupted or put off.

    Any number of processes may do this at once. Nothing is mailed inside a transaction; what was mailed counts as seen
    only after it left.

    Raises:
        DeliveryImpossible: The mail server refuses this installation; what is not sent stays pending.
        ServerSilent: The mail server is away; the same.
    """
    return _Round(store, catalogue, outgoing, clock, stopping).run()


def occasions(schedules: Sequence[Schedule], now: datetime) -> dict[Schedule, Occasion]:
    """Return the latest occasion of each schedule; one in a time zone that is known no more is passed over."""
    found = {}
    for schedule in schedules:
        try:
            found[schedule] = schedule.latest(now)
        except InputRejected:
            _log.error("time zone unknown", extra={"time_zone": schedule.time_zone})
    return found


class _Round:
    """One round of digests, from claiming to sending."""

    def __init__(
        self,
        store: Store,
        catalogue: CatalogueReader,
        outgoing: Outgoing,
        clock: Clock,
        stopping: Callable[[], bool],
    ) -> None:
        self._store = store
        self._outgoing = outgoing
        self._clock = clock
        self._stopping = stopping
        self._catalogue = catalogue
        self._delivery = Delivery(store, outgoing, clock, stopping)
        self._report = DigestReport(delivery=self._delivery.report)

    def run(self) -> DigestReport:
        """Work in batches until nothing is left or the process stops."""
        due = occasions(self._store.subscriptions.schedules(), self._clock())
        while not self._stopping():
            now = self._clock()
            lease = self._outgoing.new_lease(now)
            claimed = self._store.mails.claim_digests(due, lease, _BATCH, self._outgoing.domain)
            self._report.due += len(claimed)
            taken = self._store.mails.take(lease, _BATCH, now + LONGEST_WAIT, [MailKind.DIGEST])
            if not claimed and not taken:
                break
            written = [mail for mail in taken if self._is_as_wanted(mail)]
            unwritten = [mail for mail in (*claimed, *taken) if mail not in written]
            self._delivery.deliver([*written, *self._write(unwritten)], self._message)
        self._outgoing.sender.close()
        return self._report

    def _is_as_wanted(self, mail: MailRow) -> bool:
        """Whether it is written, and for subscriptions that still stand; else it is written again."""
        if mail.content is None:
            return False
        standing = {one.subscription_id for one in self._store.subscriptions.of_recipient(mail.recipient)}
        return all(page.subscription_id in standing for page in self._store.digests.pages(mail.mail_id))

    def _write(self, mails: Sequence[MailRow]) -> list[MailRow]:
        if not mails:
            return []
        writer = DigestWriter(self._store, self._catalogue, self._clock())
        written = [draft for mail in mails if (draft := self._written(writer, mail)) is not None]
        ready = self._store.mails.write(self._outgoing.holder, written) if written else []
        self._report.quiet += sum(draft.content is None for draft in written)
        return ready

    def _written(self, writer: DigestWriter, mail: MailRow) -> WrittenMail | None:
        """Return what one mail says; None if that cannot be told, which is recorded."""
        subscriptions = self._store.subscriptions.of_recipient(mail.recipient)
        if not subscriptions:
            self._store.mails.give_up(mail.mail_id, MailState.CANCELLED, "no subscription stands any more")
            self._delivery.report.cancelled += 1
            return None
        try:
            digest, decisions = writer.write(mail.mail_id, mail.recipient, mail.period, subscriptions)
        except RetryLater:
            raise
        except Exception as error:
            # one digest that cannot be written must not keep the others from being written
            _log.exception("digest failed", extra={"mail_id": mail.mail_id})
            reason = str(error) if isinstance(error, MatcherError) else f"{type(error).__name__}: {error}"
            self._store.mails.defer(mail.mail_id, reason, retry_at(mail.attempts, self._clock()))
            self._delivery.report.deferred += 1
            return None
        return written_mail(digest, mail.period, decisions, subscriptions)

    def _message(self, mail: MailRow) -> EmailMessage:
        return digest_message(mail, self._outgoing, self._clock())


def written_mail(
    digest: Digest, week: str, decisions: dict[str, list[Decision]], subscriptions: Sequence[Subscription]
) -> WrittenMail:
    """Return a digest as the store keeps it; a quiet one has no content, unless somebody asked for quiet weeks too."""
    is_quiet = digest.is_empty and not any(one.mails_quiet_weeks for one in subscriptions)
    pages = [
        DigestPage(
            one.subscription_id,
            week,
            tuple(
                Shown(section.proposal_id, item.opportunity_id, item.revision)
                for section in digest.sections
                if section.subscription_id == one.subscription_id
                for item in section.items
            ),
            tuple(decisions[one.subscription_id]),
        )
        for one in subscriptions
    ]
    content = None if is_quiet else DIGEST_JSON.dump_json(digest).decode()
    return WrittenMail(digest.digest_id, content, tuple(pages))
