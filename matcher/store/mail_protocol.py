"""What the rest of the house knows of subscriptions, mails and turns. The rules of `matcher.store.protocol` hold."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from matcher.domain.mail import Lease
from matcher.domain.schedule import Occasion, Schedule
from matcher.domain.subscription import Consent, Subscription
from matcher.store.mail_records import (
    DigestPage,
    JobTurn,
    Mailed,
    MailKind,
    MailRow,
    MailState,
    Period,
    Recipient,
    Reminded,
    Suppression,
    WrittenMail,
)


class Subscriptions(Protocol):
    """Who is mailed about what. A store of one organization knows its own alone."""

    def add(self, subscription: Subscription, consent: Consent) -> None:
        """Keep `subscription`, and the first line of its record of consent.

        Raises:
            NotFound: Its proposal is not stored, or of another organization.
            InputRejected: Its identifier is taken.
        """
        ...

    def get(self, subscription_id: str) -> Subscription:
        """Return one subscription.

        Raises:
            NotFound: None is stored under `subscription_id`.
        """
        ...

    def all(self) -> list[Subscription]:
        """Return every subscription, by identifier."""
        ...

    def page(self, offset: int, limit: int) -> tuple[list[Subscription], int]:
        """Return some subscriptions in the order of their making, and how many there are in all."""
        ...

    def of_recipient(self, recipient: Recipient) -> list[Subscription]:
        """Return the confirmed subscriptions of one person, by identifier."""
        ...

    def of_address(self, email_address: str) -> list[Subscription]:
        """Return every subscription of an address, in whatever state, by identifier."""
        ...

    def wanting_reminders(self) -> list[Subscription]:
        """Return the confirmed subscriptions whose readers want reminders, by identifier."""
        ...

    def schedules(self) -> list[Schedule]:
        """Return the different schedules of all confirmed subscriptions."""
        ...

    def change(self, subscription: Subscription, consent: Consent | None = None) -> None:
        """Put `subscription` in the place of the stored one, and add a line to its record.

        Raises:
            NotFound: It is not stored, or its proposal is not.
        """
        ...

    def remove(self, subscription_id: str) -> None:
        """Delete a subscription with its digests; its record of consent stays, and so does the proposal.

        Raises:
            NotFound: None is stored under `subscription_id`.
        """
        ...

    def remove_unconfirmed(self, before: datetime) -> int:
        """Delete what was asked for before then and never confirmed; return how many there were."""
        ...

    def consents(self, subscription_id: str) -> list[Consent]:
        """Return the record of consent of one subscription, first line first; empty if there never was one."""
        ...


class Mails(Protocol):
    """Every mail to every person, once a period.

    The way of a digest: `claim_digests`, `write`, send, `mark_sent`; of any other mail: `enqueue`, `take`, send,
    `mark_sent`. Whatever is interrupted is given out again by `take` once its lease has run out: written again if it
    was not written, and sent as it was written if it was.
    """

    def claim_digests(
        self, occasions: Mapping[Schedule, Occasion], lease: Lease, limit: int, domain: str
    ) -> list[MailRow]:
        """Claim the digests of up to `limit` people with a confirmed subscription on one of these occasions.

        Nobody is claimed twice for a week, for an occasion before the subscription was active, while another mail of
        theirs is under way, or at a suppressed address. Older digests that were not sent are superseded.
        `domain` ends the Message-ID.
        """
        ...

    def enqueue(
        self, period: Period, content: str, domain: str, now: datetime, reminded: Sequence[Reminded] = ()
    ) -> MailRow | None:
        """Keep a written mail to be sent, and the deadlines that it reminds of; None if its period is taken."""
        ...

    def take(self, lease: Lease, limit: int, longest_wait: datetime, kinds: Sequence[MailKind]) -> list[MailRow]:
        """Lease up to `limit` mails that are due and that nobody else is sending, the longest due first.

        A mail due after `longest_wait` was put off while the clock was wrong, and is due now.
        """
        ...

    def write(self, holder: str, written: Iterable[WrittenMail]) -> list[MailRow]:
        """Keep what mails say; return those to be sent, without the quiet ones and those lost to another holder."""
        ...

    def renew(self, identifier: str, lease: Lease) -> bool:
        """Hold a mail for longer; False if it is lost to another holder, or needs no sending any more."""
        ...

    def mark_sent(self, identifier: str, at: datetime) -> bool:
        """Record that a mail went out, and what it showed as mailed, in one transaction.

        Returns False if there is nothing to mark.
        """
        ...

    def defer(self, identifier: str, reason: str, until: datetime) -> bool:
        """Record why a mail did not go out; it is due again at `until`."""
        ...

    def give_up(self, identifier: str, state: MailState, reason: str) -> bool:
        """Record that a mail will not go out: REFUSED, SUPERSEDED or CANCELLED."""
        ...

    def release(self, holder: str) -> int:
        """Give back all leases of a holder that stops; return how many there were."""
        ...

    def get(self, identifier: str) -> MailRow:
        """Return one mail.

        Raises:
            NotFound: None is stored under `identifier`.
        """
        ...

    def by_message_id(self, identifier: str) -> MailRow | None:
        """Return the mail with a Message-ID, with its angle brackets; None if it is none of ours."""
        ...

    def for_address(self, email_address: str) -> list[MailRow]:
        """Return every mail to one address, latest first."""
        ...

    def counts(self) -> dict[MailState, int]:
        """Count the mails by state; a state without any is absent."""
        ...

    def forget_before(self, moment: datetime) -> int:
        """Drop what finished mails from before then said, and why; return how many. The rows themselves stay."""
        ...

    def give_up_before(self, moment: datetime) -> int:
        """Give up what could not be sent since then; return how many."""
        ...


class Digests(Protocol):
    """What digests say to each subscription."""

    def pages(self, mail_id: str) -> list[DigestPage]:
        """Return what a digest says to each of its subscriptions, by subscription."""
        ...

    def mailed(self, subscription_id: str, proposal_id: str) -> dict[str, Mailed]:
        """Return what sent digests showed to a subscription for one proposal, by notice."""
        ...

    def subscriptions_of(self, mail_id: str) -> list[str]:
        """Return the subscriptions that a digest or a reminder was for, by identifier."""
        ...

    def reminded(self, subscription_id: str) -> set[Reminded]:
        """Return the deadlines that a subscription was reminded of."""
        ...


class Suppressions(Protocol):
    """Addresses that are mailed no more, of whatever organization."""

    def add(self, suppression: Suppression) -> bool:
        """Suppress an address and give up what was to be sent to it; return whether it was mailed until now."""
        ...

    def find(self, email_address: str) -> Suppression | None:
        """Return why an address is mailed no more; None if it is mailed."""
        ...

    def all(self) -> list[Suppression]:
        """Return every suppressed address, latest first."""
        ...

    def remove(self, email_address: str) -> None:
        """Let an address be mailed again.

        Raises:
            NotFound: It is not suppressed.
        """
        ...


class JobTurns(Protocol):
    """When each job may run next, and who runs it now."""

    def take(self, name: str, lease: Lease, latest: datetime, *, is_forced: bool = False) -> bool:
        """Take the turn of a job that is due and that nobody runs; return whether it was taken.

        A job that is due after `latest` was put off while the clock was wrong, and is due now. A forced turn needs not
        be due.
        """
        ...

    def may_join(self, name: str, now: datetime, latest: datetime) -> bool:
        """Whether a job that several may run at once is due; it is not held by anybody."""
        ...

    def renew(self, name: str, lease: Lease) -> bool:
        """Hold a turn for longer; False if it is lost to another holder."""
        ...

    def finish(self, name: str, holder: str | None, due_at: datetime, error: str | None) -> None:
        """Give a turn back (without a holder, one that was joined): when the next one is, and why it failed, if so."""
        ...

    def failures(self, name: str) -> int:
        """Return how many turns of a job failed in a row."""
        ...

    def all(self) -> list[JobTurn]:
        """Return the turns of all jobs that ever ran, by name."""
        ...
