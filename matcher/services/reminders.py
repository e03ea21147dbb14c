"""Remind readers, between two digests, of the day on which work on an application must begin."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from matcher.domain.digest import Digest, DigestItem, DigestSection
from matcher.domain.feasibility import feasibility
from matcher.domain.mail import mail_id
from matcher.domain.subscription import Subscription
from matcher.domain.vocabulary import Verdict
from matcher.services.catalogue import CatalogueReader
from matcher.services.digest_items import digest_item
from matcher.services.digest_mail import DIGEST_JSON
from matcher.services.explanations import explained
from matcher.services.muting import muted
from matcher.store.mail_records import Mailed, MailKind, Period, Recipient, Reminded
from matcher.store.protocol import Store


@dataclass(frozen=True, slots=True)
class _Due:
    """Something to be reminded of."""

    reminded: Reminded
    proposal_id: str
    item: DigestItem


def queue_reminders(store: Store, catalogue: CatalogueReader, domain: str, now: datetime) -> dict[str, int]:
    """Queue one mail a day for each person with something to begin; each deadline of a subscription is told once.

    A reader is reminded from the hour of the digests on, of what a digest told before the day to begin had come.
    `domain` ends the Message-ID. Returns named counts.
    """
    queued = items = 0
    for recipient, subscriptions in _readers(store, now).items():
        due = [one for subscription in subscriptions for one in _due(store, catalogue, subscription, now)]
        if not due:
            continue
        today = subscriptions[0].schedule.local_date(now)
        period = Period(MailKind.REMINDER, recipient, today.isoformat())
        content = DIGEST_JSON.dump_json(_reminder(store, period, due, today)).decode()
        if store.mails.enqueue(period, content, domain, now, [one.reminded for one in due]) is not None:
            queued, items = queued + 1, items + len(due)
    return {"queued": queued, "deadlines": items}


def _readers(store: Store, now: datetime) -> dict[Recipient, list[Subscription]]:
    """Return the people who want reminders, and for whom the hour has come."""
    found: dict[Recipient, list[Subscription]] = {}
    for subscription in store.subscriptions.wanting_reminders():
        if now.astimezone(ZoneInfo(subscription.time_zone)).hour >= subscription.hour:
            recipient = Recipient(subscription.organization_id, subscription.email_address)
            found.setdefault(recipient, []).append(subscription)
    return found


def _due(store: Store, catalogue: CatalogueReader, subscription: Subscription, now: datetime) -> Iterator[_Due]:
    own = store.for_organization(subscription.organization_id)
    proposals = own.proposals.titles() if subscription.proposal_id is None else [subscription.proposal_id]
    known = store.digests.reminded(subscription.subscription_id)
    today = subscription.schedule.local_date(now)
    is_muted = muted(store, subscription.organization_id)
    for proposal_id in proposals:
        mailed = store.digests.mailed(subscription.subscription_id, proposal_id)
        for found in store.matches.among(proposal_id, mailed):
            name = found.match.opportunity_id
            stored = catalogue.state().stored.get(name)
            if stored is None or stored.vanished_at is not None or is_muted(stored.opportunity, proposal_id):
                continue
            if found.match.fit < subscription.minimum_fit or found.match.eligibility.verdict is Verdict.INELIGIBLE:
                continue
            work = feasibility(stored.opportunity, today)
            if work.deadline is None or not _must_begin(work.start_by, mailed[name], today):
                continue
            reminded = Reminded(subscription.subscription_id, name, work.deadline)
            if reminded not in known:
                known.add(reminded)
                match = explained(store, catalogue, proposal_id, [name]).get(name)
                yield _Due(reminded, proposal_id, digest_item(stored.opportunity, stored.revision, match, today))


def _must_begin(start_by: date | None, mailed: Mailed, today: date) -> bool:
    """Whether the day to begin has come, after the reader was told of it."""
    return start_by is not None and mailed.at.date() < start_by <= today


def _reminder(store: Store, period: Period, due: Sequence[_Due], today: date) -> Digest:
    recipient = period.recipient
    places = dict.fromkeys((one.reminded.subscription_id, one.proposal_id) for one in due)
    return Digest(
        digest_id=mail_id(period.kind, recipient.organization_id, recipient.email_address, period.key),
        organization_id=recipient.organization_id,
        email_address=recipient.email_address,
        week=None,
        as_of=today,
        sections=tuple(
            DigestSection(
                subscription_id,
                proposal_id,
                store.proposals.title(proposal_id),
                closing_soon=tuple(
                    one.item
                    for one in due
                    if (one.reminded.subscription_id, one.proposal_id) == (subscription_id, proposal_id)
                ),
            )
            for subscription_id, proposal_id in places
        ),
    )
