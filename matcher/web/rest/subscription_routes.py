"""Subscriptions to the weekly digest, what each digest was made of, and what mail servers report."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flask import request, url_for
from pydantic import BaseModel, Field
from werkzeug.exceptions import UnsupportedMediaType

from matcher.domain.subscription import Subscription, SubscriptionState
from matcher.services.bounces import accept_bounce
from matcher.services.consent import pause, resume
from matcher.services.digest_preview import preview
from matcher.services.digest_replay import replay_digest, replay_view
from matcher.services.subscribe import Wish, amend, subscribe
from matcher.web.calls.asker import asker
from matcher.web.calls.errors import documented
from matcher.web.calls.idempotency import identifier_to_create, repeatable
from matcher.web.house import current_house
from matcher.web.rest.description import section
from matcher.web.rest.queries import PageQuery
from matcher.web.rest.subscription_answers import (
    BounceAnswer,
    DigestAnswer,
    PauseBody,
    PreviewAnswer,
    SubscriptionAnswer,
    SubscriptionBody,
    SubscriptionPage,
    SubscriptionWish,
)
from matcher.web.rest.subscription_examples import REPORT

routes = section("subscriptions", "Weekly digests by mail: who gets them, and what was in them.", "/v1")

_MEANS = "REST"
_REPORT_TYPE = "message/rfc822"
_REPORT_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A whole mail that came back: a delivery status notification (RFC 3464) or a complaint (ARF).",
        "content": {_REPORT_TYPE: {"schema": {"type": "string"}, "example": REPORT}},
    }
}


class SubscriptionPath(BaseModel):
    """Which subscription."""

    subscription_id: str = Field(description="The identifier that the subscription was given when it was made.")


class DigestPath(BaseModel):
    """Which digest."""

    digest_id: str = Field(description="The identifier at the end of the mail.")


@routes.post("/subscriptions", responses={201: SubscriptionAnswer, **documented(404, 413, 415, 422)})
@repeatable
def create_subscription(body: SubscriptionBody) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Ask somebody whether they want a weekly digest.

    One mail with a link goes out; nothing else is mailed before it is confirmed there. Several subscriptions of one
    address in your organization are one mail a week, at the earliest of their times.
    """
    house = current_house()
    wish = Wish(**body.model_dump(exclude={"parts"}), parts=tuple(body.parts))
    made = subscribe(
        house.store,
        wish,
        datetime.now(UTC),
        means=_MEANS,
        domain=house.context.outgoing.domain,
        identifier=identifier_to_create(),
    )
    return (
        _answer(made),
        201,
        {"Location": url_for("subscriptions.read_subscription", subscription_id=made.subscription_id)},
    )


@routes.get("/subscriptions", responses={200: SubscriptionPage, **documented(422)})
def list_subscriptions(query: PageQuery) -> dict[str, Any]:
    """List the subscriptions of your organization, the oldest first."""
    found, total = current_house().store.subscriptions.page((query.page - 1) * query.page_size, query.page_size)
    return {
        "subscriptions": [_answer(one) for one in found],
        "page": query.page,
        "page_size": query.page_size,
        "total": total,
    }


@routes.get("/subscriptions/<subscription_id>", responses={200: SubscriptionAnswer, **documented(404)})
def read_subscription(path: SubscriptionPath) -> dict[str, Any]:
    """Return one subscription."""
    return _answer(current_house().store.subscriptions.get(path.subscription_id))


@routes.put("/subscriptions/<subscription_id>", responses={200: SubscriptionAnswer, **documented(404, 413, 415, 422)})
def put_subscription(path: SubscriptionPath, body: SubscriptionWish) -> dict[str, Any]:
    """Change what is mailed and when; the address and the consent stay as they are."""
    store = current_house().store
    wishes = body.model_dump(exclude={"parts"}) | {"parts": tuple(body.parts)}
    return _answer(amend(store, replace(store.subscriptions.get(path.subscription_id), **wishes)))


@routes.put(
    "/subscriptions/<subscription_id>/pause", responses={200: SubscriptionAnswer, **documented(404, 413, 415, 422)}
)
def put_pause(path: SubscriptionPath, body: PauseBody) -> dict[str, Any]:
    """Let a confirmed subscription rest, or go on; what a pause leaves out comes in the first digest after it."""
    change = pause if body.is_paused else resume
    return _answer(change(current_house().store, path.subscription_id, datetime.now(UTC), _MEANS))


@routes.delete("/subscriptions/<subscription_id>", responses={204: None, **documented(404)})
def delete_subscription(path: SubscriptionPath) -> tuple[str, int]:
    """Delete a subscription and what is known of its digests; the record of consent stays."""
    current_house().store.subscriptions.remove(path.subscription_id)
    return "", 204


@routes.get("/subscriptions/<subscription_id>/preview", responses={200: PreviewAnswer, **documented(404)})
def read_preview(path: SubscriptionPath) -> dict[str, Any]:
    """Return what the digest would say this moment; nothing is sent, and nothing counts as seen."""
    house = current_house()
    subscription = house.store.subscriptions.get(path.subscription_id)
    context = house.context
    shown = preview(house.store, context.catalogue, context.outgoing, subscription, datetime.now(UTC)).rendered
    return {"subject": shown.subject, "text": shown.text, "html": shown.html}


@routes.get("/digests/<digest_id>", responses={200: DigestAnswer, **documented(404)})
def read_digest(path: DigestPath) -> dict[str, Any]:
    """Return why each match was in a digest or out of it, as it was judged then."""
    return DigestAnswer.model_validate(replay_view(replay_digest(current_house().store, path.digest_id))).model_dump()


@routes.post("/bounces", responses={200: BounceAnswer, **documented(413, 415, 422)}, openapi_extensions=_REPORT_BODY)
def create_bounce() -> dict[str, int]:
    """Hand over a mail that came back; an address that refuses mail for good is mailed no more.

    It counts only if it names, by Message-ID and recipient, a mail of your organization.
    """
    if request.mimetype != _REPORT_TYPE:
        raise UnsupportedMediaType(f"this call takes a mail; send it with Content-Type: {_REPORT_TYPE}")
    asking = asker()
    organization_id = "" if asking is None else asking.organization_id
    return accept_bounce(current_house().store, organization_id, request.get_data(), datetime.now(UTC))


def _answer(subscription: Subscription) -> dict[str, Any]:
    is_confirmed = subscription.state is SubscriptionState.CONFIRMED
    due = subscription.schedule.next(datetime.now(UTC)).at if is_confirmed else None
    fields = {name: getattr(subscription, name, None) for name in SubscriptionAnswer.model_fields}
    consents = current_house().store.subscriptions.consents(subscription.subscription_id)
    return {**fields, "parts": list(subscription.parts), "next_digest_at": due, "consents": consents}
