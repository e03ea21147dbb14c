"""What a digest would say this moment; nothing is claimed, kept or sent."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from matcher.domain.mail import message_id
from matcher.domain.subscription import Subscription
from matcher.mail.calendar import deadlines_calendar
from matcher.mail.message import build_message
from matcher.mail.rendering import RenderedMail
from matcher.services.catalogue import CatalogueReader
from matcher.services.digest_mail import digest_links, rendered_digest
from matcher.services.digest_writer import DigestWriter
from matcher.services.outgoing import Outgoing
from matcher.store.mail_records import MailKind, Recipient
from matcher.store.protocol import Store

_PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class Preview:
    """A digest as it would go out now: in words, and as the whole mail."""

    rendered: RenderedMail
    message: EmailMessage


def preview(
    store: Store, catalogue: CatalogueReader, outgoing: Outgoing, subscription: Subscription, now: datetime
) -> Preview:
    """Return the digest of one subscription, stored or not; its links lead nowhere.

    Raises:
        NotFound: Its proposal is not stored.
    """
    recipient = Recipient(subscription.organization_id, subscription.email_address)
    week = subscription.schedule.latest(now).week
    digest, _ = DigestWriter(store, catalogue, now).write(_PREVIEW, recipient, week, [subscription])
    links = digest_links(digest, outgoing.links, outgoing.public_url)
    rendered = rendered_digest(digest, links)
    message = build_message(
        rendered,
        sender=outgoing.address,
        recipient=recipient.email_address,
        message_id=message_id(MailKind.DIGEST, _PREVIEW, outgoing.domain),
        date=now,
        unsubscribe_url=links.unsubscribe_url,
        calendar=deadlines_calendar(digest),
    )
    return Preview(rendered, message)
