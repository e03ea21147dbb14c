"""When a digest is due, and what one week's digest holds."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from matcher.domain.digest import Digest, DigestItem, Subscription
from matcher.errors import InputRejected
from matcher.services.catalogue import CatalogueReader
from matcher.services.ranked_matches import ranked_matches
from matcher.services.ranking import RankedMatch
from matcher.store.protocol import Store

CLOSING_SOON_DAYS = 14
_NAMESPACE = uuid.UUID("6b1f3a52-7d0c-5c55-9a0e-0f3d6c7c2b11")


def due_week(subscription: Subscription, now: datetime) -> str | None:
    """Return the ISO week (`2026-W47`) whose digest is due, or None before its weekday and hour have come.

    Local wall-clock time decides, so a change of daylight saving neither skips nor doubles a week.

    Args:
        subscription: Whose digest.
        now: The present moment, with its time zone.
    """
    local = now.astimezone(time_zone(subscription.time_zone))
    if (local.weekday(), local.hour) < (subscription.weekday, subscription.hour):
        return None
    year, week, _ = local.isocalendar()
    return f"{year}-W{week:02}"


def time_zone(name: str) -> ZoneInfo:
    """Return an IANA time zone.

    Raises:
        InputRejected: No such zone is known.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InputRejected(
            f"{name!r} is no IANA time zone; use a name such as America/Los_Angeles", source="time_zone"
        ) from error


def compose_digest(
    store: Store, catalogue: CatalogueReader, subscription: Subscription, week: str, now: datetime
) -> Digest:
    """Return what the digest of `week` holds, from the stored matches as they are now.

    Raises:
        NotFound: The subscription's proposal is not stored.
    """
    as_of = now.astimezone(time_zone(subscription.time_zone)).date()
    ranking = ranked_matches(store, catalogue, subscription.proposal_id, as_of)
    mailed = store.digests.mailed_opportunities(subscription.subscription_id)
    fitting = [match for match in ranking.ranked if match.match.fit >= subscription.minimum_fit]
    seen = [match for match in fitting if match.opportunity.opportunity_id in mailed]
    closing = [match for match in seen if match.days_left is not None and match.days_left <= CLOSING_SOON_DAYS]
    left_out = {
        f"below your minimum fit of {subscription.minimum_fit:.2f}": len(ranking.ranked) - len(fitting),
        "not open to your kind of applicant": len(ranking.ineligible),
        "closed": len(ranking.closed),
        "mailed in an earlier week": len(seen) - len(closing),
    }
    return Digest(
        digest_id=str(uuid.uuid5(_NAMESPACE, f"{subscription.subscription_id} {week}")),
        subscription=subscription,
        week=week,
        as_of=as_of,
        proposal_title=store.proposals.get(subscription.proposal_id).proposal.title,
        new=_items(match for match in fitting if match.opportunity.opportunity_id not in mailed),
        closing_soon=_items(closing),
        left_out=tuple((reason, count) for reason, count in left_out.items() if count),
    )


def _items(matches: Iterable[RankedMatch]) -> tuple[DigestItem, ...]:
    return tuple(DigestItem(match.opportunity, match.match) for match in matches)
