"""Mute what a mail told of, or the funder behind it, and take that back: for the organization that the mail was for."""

from dataclasses import dataclass

from matcher.domain.digest import DigestItem
from matcher.domain.feedback import Mute, MuteKind
from matcher.errors import NotFound
from matcher.services.digest_mail import stored_digest
from matcher.services.feedback import mute
from matcher.store.protocol import Store


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as a mail told of it, and the mutes of it and of its funder that hold now; None: none does."""

    organization: str
    title: str
    agency_name: str | None
    notice_mute: Mute | None
    funder_mute: Mute | None


def told_of(store: Store, mail_id: str, opportunity_id: str) -> Told:
    """Return what a mail told of a notice, and whether that is muted.

    Raises:
        NotFound: The mail did not tell of this notice, or it is so old that what it said is not kept.
    """
    organization_id, item = _item(store, mail_id, opportunity_id)
    own = store.for_organization(organization_id)
    return Told(
        store.organizations.get(organization_id).name,
        item.title,
        item.agency_name,
        _standing(own, MuteKind.OPPORTUNITY, item),
        _standing(own, MuteKind.AGENCY, item),
    )


def mute_told(store: Store, mail_id: str, opportunity_id: str, kind: MuteKind) -> None:
    """Mute the notice or its funder; what is muted already stays so.

    Raises:
        NotFound: The mail did not tell of this notice, or of its funder, or the notice is not stored any more.
    """
    organization_id, item = _item(store, mail_id, opportunity_id)
    mute(store.for_organization(organization_id), kind, _value(kind, item))


def unmute_told(store: Store, mail_id: str, opportunity_id: str, kind: MuteKind) -> None:
    """Lift the mute of the notice or of its funder; where none holds nothing happens.

    Raises:
        NotFound: The mail did not tell of this notice, or of its funder.
    """
    organization_id, item = _item(store, mail_id, opportunity_id)
    own = store.for_organization(organization_id)
    found = _standing(own, kind, item)
    if found is not None:
        own.mutes.remove(found.mute_id)


def _item(store: Store, mail_id: str, opportunity_id: str) -> tuple[str, DigestItem]:
    """Return the organization that a mail was for, and what the mail told of a notice."""
    mail = store.mails.get(mail_id)
    digest = stored_digest(mail)
    for item in digest.items if digest else ():
        if item.opportunity_id == opportunity_id:
            return mail.organization_id, item
    raise NotFound("the mail did not tell of this notice, or what it said is not kept any more", source=opportunity_id)


def _value(kind: MuteKind, item: DigestItem) -> str:
    value = item.opportunity_id if kind is MuteKind.OPPORTUNITY else item.agency_name
    if value is None:
        raise NotFound("the notice did not name its funder", source=item.opportunity_id)
    return value


def _standing(own: Store, kind: MuteKind, item: DigestItem) -> Mute | None:
    if kind is MuteKind.AGENCY and item.agency_name is None:
        return None
    meant = _value(kind, item)
    return next((one for one in own.mutes.all() if one.kind is kind and one.means(meant)), None)
