"""What a subscription is about and when it comes, in words for its reader."""

from datetime import datetime
from zoneinfo import ZoneInfo

from matcher.domain.subscription import Subscription
from matcher.domain.wording import day_words
from matcher.errors import NotFound
from matcher.store.protocol import Store

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def about_words(store: Store, subscription: Subscription) -> str:
    """Return "“Title of the proposal”", or "all proposals of Organization"."""
    if subscription.proposal_id is None:
        return f"all proposals of {store.organizations.get(subscription.organization_id).name}"
    try:
        return f"“{store.proposals.title(subscription.proposal_id)}”"
    except NotFound:
        return "a proposal that is gone"


def schedule_words(subscription: Subscription) -> str:
    """Return for instance "every Monday at 08:00 (America/Los_Angeles)"."""
    return f"every {WEEKDAYS[subscription.weekday]} at {subscription.hour:02}:00 ({subscription.time_zone})"


def next_words(subscription: Subscription, now: datetime) -> str:
    """Return when the next digest comes: "Monday, November 30, 2026, 08:00 (America/Los_Angeles)"."""
    local = subscription.schedule.next(now).at.astimezone(ZoneInfo(subscription.time_zone))
    return (
        f"{WEEKDAYS[local.weekday()]}, {day_words(local.date())}, {local.hour:02}:{local.minute:02} "
        f"({subscription.time_zone})"
    )
