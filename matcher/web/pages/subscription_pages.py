"""The pages behind the links in mails: a GET shows what would be done, and only a POST does it (RFC 8058)."""

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Blueprint, Response, make_response, request

from matcher.domain.subscription import Subscription, SubscriptionState
from matcher.services.consent import confirm, pause, resume, targets, unsubscribe
from matcher.services.digest_preview import preview
from matcher.services.signed_links import Purpose, Target
from matcher.services.subscription_words import about_words, next_words, schedule_words
from matcher.web.calls.access import open_to_all
from matcher.web.house import current_house
from matcher.web.pages.link_page import HEADERS, Button, Page, read, shown

_ONE_CLICK = ("List-Unsubscribe", "One-Click")
_MAIL_HEADERS = {**HEADERS, "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}

pages = Blueprint("subscription_pages", __name__)


_GONE = Page("This subscription is gone", ["No more mail comes of it."])


@pages.route("/confirm/<token>", methods=["GET", "POST"])
@open_to_all
def confirm_page(token: str) -> Response:
    """Ask for the confirmation that the link is for, and take it."""
    return shown(lambda: _confirm(read(Purpose.CONFIRM, token)), _GONE)


@pages.route("/unsubscribe/<token>", methods=["GET", "POST"])
@open_to_all
def unsubscribe_page(token: str) -> Response:
    """Show what the link ends, and end it."""
    return shown(lambda: _unsubscribe(read(Purpose.UNSUBSCRIBE, token)), _GONE)


@pages.route("/pause/<token>", methods=["GET", "POST"])
@open_to_all
def pause_page(token: str) -> Response:
    """Show whether a subscription rests, and change that."""
    return shown(lambda: _pause(read(Purpose.PAUSE, token)), _GONE)


@pages.get("/subscriptions/<subscription_id>/preview")
def preview_page(subscription_id: str) -> Response:
    """Show what the digest of a subscription would say now, as its reader would see it."""
    house = current_house()
    subscription = house.store.subscriptions.get(subscription_id)
    context = house.context
    found = preview(house.store, context.catalogue, context.outgoing, subscription, _now())
    return make_response(found.rendered.html, 200, _MAIL_HEADERS)


def _confirm(target: Target) -> Page:
    store = current_house().whole_store
    subscription = store.subscriptions.get(target.identifier)
    if request.method != "POST" and subscription.state is SubscriptionState.PENDING:
        words = "A mail goes out only in weeks with something to tell. Every mail can be ended with one click."
        return Page("A weekly funding digest?", [words], _about([subscription]), [Button("Yes, mail it to me")])
    confirmed = confirm(store, target.identifier, _now(), "link in the mail that asks for it")
    sentence = f"The next digest is due on {next_words(confirmed, _now())}."
    return Page("Your digest is confirmed", [sentence], _about([confirmed]))


def _unsubscribe(target: Target) -> Page:
    store = current_house().whole_store
    if request.method == "POST":
        unsubscribe(store, target, _now(), _means())
    found = targets(store, target)
    standing = [one for one in found if one.state is not SubscriptionState.UNSUBSCRIBED]
    if standing:
        return Page("Unsubscribe?", ["No more mail comes of:"], _about(standing), [Button("Unsubscribe")])
    return Page("You are unsubscribed", ["No more mail comes of this."], _about(found))


def _pause(target: Target) -> Page:
    store = current_house().whole_store
    subscription = store.subscriptions.get(target.identifier)
    if request.method == "POST":
        change = resume if request.form.get("action") == "resume" else pause
        subscription = change(store, target.identifier, _now(), "link in a mail")
    about = _about([subscription])
    if subscription.state is SubscriptionState.PAUSED:
        sentence = "Nothing is lost: the first digest after the pause has all that came meanwhile."
        return Page("Your digest is paused", [sentence], about, [Button("Go on mailing it", "resume")])
    if subscription.state is SubscriptionState.CONFIRMED:
        sentence = f"The next digest is due on {next_words(subscription, _now())}."
        return Page("Your digest is on", [sentence], about, [Button("Pause it", "pause")])
    return Page("You are unsubscribed", ["There is nothing to pause."], about)


def _about(subscriptions: Sequence[Subscription]) -> list[str]:
    store = current_house().whole_store
    return [f"{about_words(store, one)}, {schedule_words(one)}, to {one.email_address}" for one in subscriptions]


def _means() -> str:
    is_one_click = request.form.get(_ONE_CLICK[0]) == _ONE_CLICK[1]
    return "one click in the mail program" if is_one_click else "link in a mail"


def _now() -> datetime:
    return datetime.now(UTC)
