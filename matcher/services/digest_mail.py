"""A stored digest as the mail that goes out, with links that act for its reader."""

from datetime import datetime
from email.message import EmailMessage

from pydantic import TypeAdapter

from matcher.domain.digest import Digest
from matcher.domain.match import band
from matcher.mail.calendar import deadlines_calendar
from matcher.mail.links import Links, SubscriptionLinks
from matcher.mail.message import build_message
from matcher.mail.rendering import RenderedMail, render_digest
from matcher.services.outgoing import Outgoing
from matcher.services.signed_links import LinkSigner, Purpose, Scope, Target
from matcher.store.mail_records import MailRow

DIGEST_JSON = TypeAdapter(Digest)


def digest_message(mail: MailRow, outgoing: Outgoing, now: datetime) -> EmailMessage:
    """Return the mail of a digest that is written.

    Raises:
        ValueError: It is not written.
    """
    digest = stored_digest(mail)
    if digest is None:
        raise ValueError(f"digest {mail.mail_id} says nothing")
    links = digest_links(digest, outgoing.links, outgoing.public_url)
    return build_message(
        rendered_digest(digest, links),
        sender=outgoing.address,
        recipient=digest.email_address,
        message_id=mail.message_id,
        date=now,
        unsubscribe_url=links.unsubscribe_url,
        calendar=deadlines_calendar(digest),
    )


def stored_digest(mail: MailRow) -> Digest | None:
    """Return what a digest says, as it was written; None if it says nothing, not yet, or no more."""
    return None if mail.content is None else DIGEST_JSON.validate_json(mail.content)


def rendered_digest(digest: Digest, links: Links) -> RenderedMail:
    """Return a digest in words, with the bands of fit that everybody is shown."""
    return render_digest(digest, links, band)


def digest_links(digest: Digest, signer: LinkSigner, public_url: str) -> Links:
    """Return where a digest leads: to all matches, to what keeps a notice away, and to the end of it."""
    subscriptions = dict.fromkeys(section.subscription_id for section in digest.sections)
    return Links(
        unsubscribe_url=signer.url(Purpose.UNSUBSCRIBE, Target(Scope.MAIL, digest.digest_id)),
        everything_url=signer.url(Purpose.UNSUBSCRIBE, Target(Scope.EVERYTHING, digest.digest_id)),
        mute_url=signer.url(Purpose.MUTE, Target(Scope.MAIL, digest.digest_id)),
        matches={
            section.proposal_id: f"{public_url}/v1/proposals/{section.proposal_id}/matches"
            for section in digest.sections
        },
        subscriptions={
            identifier: SubscriptionLinks(
                unsubscribe_url=signer.url(Purpose.UNSUBSCRIBE, Target(Scope.SUBSCRIPTION, identifier)),
                pause_url=signer.url(Purpose.PAUSE, Target(Scope.SUBSCRIPTION, identifier)),
            )
            for identifier in subscriptions
        },
    )
