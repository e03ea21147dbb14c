"""Send what waits besides digests: confirmations, and reminders of deadlines."""

from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage

from matcher.domain.subscription import SubscriptionState
from matcher.errors import NotFound
from matcher.mail.confirmation import Question, render_question
from matcher.mail.message import build_message
from matcher.services.digest_mail import digest_message, stored_digest
from matcher.services.mail_delivery import Delivery, DeliveryReport
from matcher.services.outgoing import LONGEST_WAIT, Clock, Outgoing, utc_clock
from matcher.services.signed_links import CONFIRMATION_LIFETIME, Purpose, Scope, Target
from matcher.services.subscription_words import about_words, schedule_words
from matcher.store.mail_records import MailKind, MailRow
from matcher.store.protocol import Store

_BATCH = 50
_KINDS = (MailKind.CONFIRMATION, MailKind.REMINDER)


def send_mails(
    store: Store, outgoing: Outgoing, clock: Clock = utc_clock, stopping: Callable[[], bool] = lambda: False
) -> DeliveryReport:
    """Send every confirmation and reminder that waits; any number of processes may do this at once.

    Raises:
        DeliveryImpossible: The mail server refuses this installation; what is not sent stays pending.
        ServerSilent: The mail server is away; the same.
    """
    delivery = Delivery(store, outgoing, clock, stopping)
    while not stopping():
        now = clock()
        taken = store.mails.take(outgoing.new_lease(now), _BATCH, now + LONGEST_WAIT, _KINDS)
        if not taken:
            break
        delivery.deliver(taken, lambda mail: _message(store, outgoing, mail, clock()))
        outgoing.sender.close()
    return delivery.report


def _message(store: Store, outgoing: Outgoing, mail: MailRow, now: datetime) -> EmailMessage | None:
    if mail.kind is MailKind.CONFIRMATION:
        return _question(store, outgoing, mail, now)
    return digest_message(mail, outgoing, now) if _is_wanted(store, mail) else None


def _is_wanted(store: Store, mail: MailRow) -> bool:
    """Whether a reminder still has a reader: one of its subscriptions stands and wants reminders."""
    digest = stored_digest(mail)
    told = {section.subscription_id for section in digest.sections} if digest else set()
    standing = store.subscriptions.of_recipient(mail.recipient)
    return any(one.subscription_id in told and one.wants_reminders for one in standing)


def _question(store: Store, outgoing: Outgoing, mail: MailRow, now: datetime) -> EmailMessage | None:
    """Return the mail that asks for confirmation; None if that is not open any more."""
    try:
        subscription = store.subscriptions.get(mail.period)
    except NotFound:
        return None
    if subscription.state is not SubscriptionState.PENDING:
        return None
    question = Question(
        about_words(store, subscription),
        schedule_words(subscription),
        outgoing.links.url(Purpose.CONFIRM, Target(Scope.SUBSCRIPTION, subscription.subscription_id)),
        CONFIRMATION_LIFETIME.days,
    )
    return build_message(
        render_question(question),
        sender=outgoing.address,
        recipient=subscription.email_address,
        message_id=mail.message_id,
        date=now,
        unsubscribe_url=None,
        calendar=None,
    )
