"""Subscriptions to the weekly digest: who has one, the form to ask for one, and its ends."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import redirect, url_for
from werkzeug.wrappers import Response

from matcher.domain.subscription import Consent, Subscription, SubscriptionState
from matcher.errors import InputRejected, NotFound
from matcher.services.consent import pause, resume, unsubscribe
from matcher.services.signed_links import Scope, Target
from matcher.services.subscribe import subscribe
from matcher.services.subscription_words import about_words, next_words, schedule_words
from matcher.store.protocol import Store
from matcher.web.house import current_house
from matcher.web.pages.forms import written_form
from matcher.web.pages.frame import page_room, show
from matcher.web.pages.queries import address_with, read_query
from matcher.web.pages.subscription_form import FormState, choices, new_form, what_is_wrong, wish_of
from matcher.web.rest.queries import PageQuery

room = page_room("digest_pages")

_MEANS = "page of subscriptions"
_TONES = {
    SubscriptionState.CONFIRMED: "good",
    SubscriptionState.PENDING: "warn",
    SubscriptionState.PAUSED: "",
    SubscriptionState.UNSUBSCRIBED: "",
}
_STATES = {
    SubscriptionState.CONFIRMED: "on",
    SubscriptionState.PENDING: "waits for the link in the mail",
    SubscriptionState.PAUSED: "paused",
    SubscriptionState.UNSUBSCRIBED: "ended",
}


class SubscriptionsQuery(PageQuery):
    """Parameters of the page: a proposal that the form is about, and a subscription that was just asked for."""

    proposal_id: str | None = None
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class SubscriptionCard:
    """A subscription in words, with the record of its reader's consent."""

    subscription: Subscription
    about: str
    schedule: str
    state: str
    tone: str
    next: str | None
    consents: tuple[Consent, ...]


@room.get("/subscriptions")
def show_subscriptions() -> Response:
    """Show every subscription of the organization, and the form for another one."""
    query = read_query(SubscriptionsQuery)
    known, _ = current_house().store.subscriptions.page(0, 100)
    return _page(query, new_form(query.proposal_id or "", known))


@room.post("/subscriptions")
def ask_for_digest() -> Response:
    """Ask the owner of an address whether they want a digest; what is wrong is told beside the form."""
    written = written_form()
    house = current_house()
    try:
        made = subscribe(house.store, wish_of(written), _now(), means=_MEANS, domain=house.context.outgoing.domain)
    except InputRejected as refusal:
        return _page(SubscriptionsQuery(), FormState(written, what_is_wrong(refusal)), status=422)
    return redirect(url_for("digest_pages.show_subscriptions", asked=made.subscription_id), 303)


@room.post("/subscriptions/<subscription_id>/pause")
def pause_digest(subscription_id: str) -> Response:
    """Let a subscription rest."""
    return _changed(subscription_id, lambda store: pause(store, subscription_id, _now(), _MEANS))


@room.post("/subscriptions/<subscription_id>/resume")
def resume_digest(subscription_id: str) -> Response:
    """Let a subscription that rests go on."""
    return _changed(subscription_id, lambda store: resume(store, subscription_id, _now(), _MEANS))


@room.post("/subscriptions/<subscription_id>/end")
def end_digest(subscription_id: str) -> Response:
    """End a subscription for good."""

    def end(store: Store) -> None:
        store.subscriptions.get(subscription_id)
        unsubscribe(store, Target(Scope.SUBSCRIPTION, subscription_id), _now(), _MEANS)

    return _changed(subscription_id, end)


def _changed(subscription_id: str, change: Callable[[Store], object]) -> Response:
    """Make a change to a subscription, and lead back to where it stands."""
    change(current_house().store)
    return redirect(url_for("digest_pages.show_subscriptions", _anchor=f"subscription-{subscription_id}"), 303)


def _page(query: SubscriptionsQuery, form: FormState, status: int = 200) -> Response:
    house = current_house()
    store = house.store
    found, total = store.subscriptions.page((query.page - 1) * query.page_size, query.page_size)
    is_last = query.page * query.page_size >= total
    return show(
        "subscriptions.html",
        twin=url_for("subscriptions.list_subscriptions", page=query.page, page_size=query.page_size),
        beside={"the proposals": url_for("proposals.list_proposals")},
        status=status,
        cards=[_card(store, one) for one in found],
        total=total,
        asked=_asked(store, query.asked),
        mails_leave=bool(house.context.settings.smtp_host),
        form=form,
        proposals=store.proposals.titles(),
        choices=choices(),
        first=address_with() if query.page > 1 else None,
        next=None if is_last else address_with(page=query.page + 1),
    )


def _card(store: Store, subscription: Subscription) -> SubscriptionCard:
    state = subscription.state
    return SubscriptionCard(
        subscription,
        about_words(store, subscription),
        schedule_words(subscription),
        _STATES[state],
        _TONES[state],
        next_words(subscription, _now()) if state is SubscriptionState.CONFIRMED else None,
        tuple(store.subscriptions.consents(subscription.subscription_id)),
    )


def _asked(store: Store, subscription_id: str | None) -> Subscription | None:
    """Return the subscription that was just asked for; None if there is none, or if it was answered already."""
    if subscription_id is None:
        return None
    try:
        asked = store.subscriptions.get(subscription_id)
    except NotFound:
        return None
    return asked if asked.state is SubscriptionState.PENDING else None


def _now() -> datetime:
    return datetime.now(UTC)
