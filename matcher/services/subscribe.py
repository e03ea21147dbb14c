"""Ask for a weekly digest about one proposal."""

import uuid

from matcher.domain.digest import Subscription
from matcher.errors import InputRejected
from matcher.mail.addresses import parse_address
from matcher.services.digest_week import time_zone
from matcher.store.protocol import Store

_WEEKDAYS, _HOURS = range(7), range(24)


def subscribe(
    store: Store,
    proposal_id: str,
    email_address: str,
    *,
    weekday: int = 0,
    hour: int = 8,
    zone: str = "UTC",
    minimum_fit: float = 0.4,
) -> Subscription:
    """Store a subscription: `weekday` 0 is Monday, `hour` is local to the IANA time zone `zone`.

    Raises:
        InputRejected: The address, the weekday, the hour, the zone or the fit is unusable.
        NotFound: No such proposal is stored.
    """
    parse_address(email_address, "email_address")
    time_zone(zone)
    if weekday not in _WEEKDAYS or hour not in _HOURS:
        raise InputRejected("needs a weekday from 0 (Monday) to 6 and an hour from 0 to 23", source="weekday, hour")
    if not 0 <= minimum_fit <= 1:
        raise InputRejected("needs a number from 0 to 1", source="minimum_fit")
    subscription = Subscription(str(uuid.uuid4()), proposal_id, email_address, weekday, hour, zone, minimum_fit)
    store.subscriptions.add(subscription)
    return subscription
