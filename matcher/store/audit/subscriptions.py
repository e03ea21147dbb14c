"""Whether everybody who is mailed agreed to it, and nobody is who took it back."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from matcher.domain.finding import Finding
from matcher.domain.subscription import ConsentEvent, SubscriptionState
from matcher.store import schema

_SUBSCRIPTIONS = schema.subscriptions.c
_CONSENTS = schema.consents.c
_FOUNDED_ON = {
    SubscriptionState.CONFIRMED.value: {ConsentEvent.CONFIRMED.value, ConsentEvent.RESUMED.value},
    SubscriptionState.PAUSED.value: {ConsentEvent.PAUSED.value},
    SubscriptionState.UNSUBSCRIBED.value: {ConsentEvent.UNSUBSCRIBED.value},
}
"""What the last line of the record must say, that somebody asked again aside."""


def unfounded(connection: Connection) -> Iterator[Finding]:
    """Yield the subscriptions whose state is not what their record of consent says, or that are active since never."""
    answered = _CONSENTS.event != ConsentEvent.ASKED.value
    last = select(func.max(_CONSENTS.consent_id)).where(answered).group_by(_CONSENTS.subscription_id)
    said = select(_CONSENTS.subscription_id, _CONSENTS.event).where(_CONSENTS.consent_id.in_(last)).subquery()
    statement = select(
        _SUBSCRIPTIONS.subscription_id, _SUBSCRIPTIONS.state, _SUBSCRIPTIONS.active_since, said.c.event
    ).outerjoin_from(schema.subscriptions, said, said.c.subscription_id == _SUBSCRIPTIONS.subscription_id)
    for row in connection.execute(statement.order_by(_SUBSCRIPTIONS.subscription_id)):
        subject = f"subscription {row.subscription_id}"
        if row.state in _FOUNDED_ON and row.event not in _FOUNDED_ON[row.state]:
            found = f"it is {row.state}, and the last line of its record of consent is: {row.event or 'none'}"
            yield Finding("consent", subject, found, f"end it: `matcher subscriptions set {row.subscription_id} ended`")
        elif row.state == SubscriptionState.CONFIRMED and row.active_since is None:
            found = "it is confirmed and active since never, so it is never mailed"
            yield Finding("consent", subject, found, "subscribe its reader again")
