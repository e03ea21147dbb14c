"""Hand written mails to the server, one by one: nobody's trouble stops another, and each end is recorded at once."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from email.message import EmailMessage

from matcher.errors import InputRejected, MatcherError, RetryLater
from matcher.mail.errors import DeliveryImpossible, DeliveryRefused, ServerSilent
from matcher.services.outgoing import Clock, Outgoing, retry_at
from matcher.store.mail_records import MailRow, MailState, Suppression, SuppressionCause
from matcher.store.protocol import Store

Build = Callable[[MailRow], EmailMessage | None]
"""Returns a mail as it goes out; None if its reader does not want it any more."""

_SILENCES_BORNE = 3
"""After so many mails in a row without an answer the server is away, and the others wait for the next round."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class DeliveryReport:
    """What came of some mails; each is counted once."""

    sent: int = 0
    deferred: int = 0
    refused: int = 0
    cancelled: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """The same as named counts."""
        return asdict(self)


@dataclass(slots=True)
class Delivery:
    """Sends mails that this process holds; `stopping` is asked before each."""

    store: Store
    outgoing: Outgoing
    clock: Clock
    stopping: Callable[[], bool] = lambda: False
    report: DeliveryReport = field(default_factory=DeliveryReport)
    _silences: int = 0

    def deliver(self, mails: Sequence[MailRow], build: Build) -> None:
        """Send mails, in their order; what is left when the process stops is given back.

        Raises:
            DeliveryImpossible: The server refuses this installation.
            ServerSilent: Several mails in a row got no answer.
            RetryLater, Unrecoverable: The store cannot be written; the leases run out by themselves.
        """
        for mail in mails:
            if self.stopping():
                self.store.mails.release(self.outgoing.holder)
                return
            if self._is_still_ours(mail):
                self._deliver_one(mail, build)

    def _is_still_ours(self, mail: MailRow) -> bool:
        """Whether there is time enough to send it; a lease that is half over is taken anew."""
        now = self.clock()
        if mail.leased_until is not None and mail.leased_until - now > self.outgoing.lease / 2:
            return True
        return self.store.mails.renew(mail.mail_id, self.outgoing.new_lease(now))

    def _deliver_one(self, mail: MailRow, build: Build) -> None:
        try:
            message = build(mail)
            if message is None:
                self._give_up(mail, MailState.CANCELLED, "its reader does not want it any more")
                return
            self.outgoing.sender.send(message)
        except DeliveryRefused as refusal:
            self._suppress(mail, refusal)
        except InputRejected as refusal:
            self._give_up(mail, MailState.REFUSED, str(refusal))
        except RetryLater as delay:
            self._defer(mail, str(delay))
            self._count_silence(delay)
        except DeliveryImpossible as error:
            self._defer(mail, str(error))
            self.store.mails.release(self.outgoing.holder)
            raise
        except Exception as error:
            # a mail that cannot be built must not keep the others from leaving
            _log.exception("mail failed", extra={"mail_id": mail.mail_id})
            self._defer(mail, str(error) if isinstance(error, MatcherError) else f"{type(error).__name__}: {error}")
        else:
            self.store.mails.mark_sent(mail.mail_id, self.clock())
            self._silences = 0
            self.report.sent += 1

    def _suppress(self, mail: MailRow, refusal: DeliveryRefused) -> None:
        suppression = Suppression(mail.email_address, SuppressionCause.REFUSED, refusal.reason, self.clock())
        self.store.suppressions.add(suppression)
        self._give_up(mail, MailState.REFUSED, str(refusal))

    def _give_up(self, mail: MailRow, state: MailState, reason: str) -> None:
        self.store.mails.give_up(mail.mail_id, state, reason)
        if state is MailState.CANCELLED:
            self.report.cancelled += 1
        else:
            self.report.refused += 1
            _log.info("mail refused", extra={"mail_id": mail.mail_id})

    def _defer(self, mail: MailRow, reason: str) -> None:
        self.store.mails.defer(mail.mail_id, reason, retry_at(mail.attempts, self.clock()))
        self.report.deferred += 1

    def _count_silence(self, delay: RetryLater) -> None:
        self._silences = self._silences + 1 if isinstance(delay, ServerSilent) else 0
        if self._silences >= _SILENCES_BORNE:
            self.store.mails.release(self.outgoing.holder)
            raise delay
