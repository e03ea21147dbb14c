"""Send what waits besides digests: confirmations, reminders of deadlines, and links that sign in."""

from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage

from matcher.domain.subscription import SubscriptionState
from matcher.errors import InputRejected, NotFound
from matcher.mail.confirmation import Question, render_question
from matcher.mail.message import build_message
from matcher.mail.rendering import RenderedMail
from matcher.mail.sign_in import SignInLink, render_sign_in
from matcher.services.digest_mail import digest_message, stored_digest
from matcher.services.mail_delivery import Delivery, DeliveryReport
from matcher.services.outgoing import LONGEST_WAIT, Clock, Outgoing, utc_clock
from matcher.services.sign_in import offer, queue_sign_ins
from matcher.services.signed_links import CONFIRMATION_LIFETIME, SIGN_IN_LIFETIME, Purpose, Scope, Target
from matcher.services.subscription_words import about_words, schedule_words
from matcher.store.mail_records import MailKind, MailRow
from matcher.store.protocol import Store

_BATCH = 50
_KINDS = (MailKind.CONFIRMATION, MailKind.REMINDER, MailKind.SIGN_IN)


def send_mails(
    store: Store, outgoing: Outgoing, clock: Clock = utc_clock, stopping: Callable[[], bool] = lambda: False
) -> DeliveryReport:
    """Send every confirmation, reminder and link that waits; any number of processes may do this at once.

    Raises:
        DeliveryImpossible: The mail server refuses this installation; what is not sent stays pending.
        ServerSilent: The mail server is away; the same.
    """
    queue_sign_ins(store, outgoing.domain, clock())
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
    if mail.kind is MailKind.REMINDER:
        return digest_message(mail, outgoing, now) if _is_wanted(store, mail) else None
    make = _question if mail.kind is MailKind.CONFIRMATION else _sign_in_link
    rendered = make(store, outgoing, mail.period, now)
    if rendered is None:
        return None
    return build_message(
        rendered,
        sender=outgoing.address,
        recipient=mail.email_address,
        message_id=mail.message_id,
        date=now,
        unsubscribe_url=None,
        calendar=None,
    )


def _is_wanted(store: Store, mail: MailRow) -> bool:
    """Whether a reminder still has a reader: one of its subscriptions stands and wants reminders."""
    digest = stored_digest(mail)
    told = {section.subscription_id for section in digest.sections} if digest else set()
    standing = store.subscriptions.of_recipient(mail.recipient)
    return any(one.subscription_id in told and one.wants_reminders for one in standing)


def _question(store: Store, outgoing: Outgoing, subscription_id: str, now: datetime) -> RenderedMail | None:
    """Return the mail that asks for confirmation; None if that is not open any more."""
    try:
        subscription = store.subscriptions.get(subscription_id)
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
    return render_question(question)


def _sign_in_link(store: Store, outgoing: Outgoing, sign_in_id: str, now: datetime) -> RenderedMail | None:
    """Return the mail with a link that signs in; None if it would be of no use any more."""
    try:
        offered = offer(store, sign_in_id, now)
    except InputRejected:
        return None
    link = SignInLink(
        [organization.name for organization in offered.organizations],
        outgoing.links.url(Purpose.SIGN_IN, Target(Scope.SIGN_IN, sign_in_id)),
        SIGN_IN_LIFETIME.seconds // 60,
    )
    return render_sign_in(link)
