"""When the digest of a subscription comes and what it tells, to be changed."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from matcher.domain.subscription import Subscription
from matcher.errors import InputRejected
from matcher.services.subscribe import amend
from matcher.services.subscription_words import about_words
from matcher.web.house import current_house
from matcher.web.pages.forms import written_form
from matcher.web.pages.frame import page_room, show
from matcher.web.pages.subscription_form import FormState, amended, choices, form_of, what_is_wrong

room = page_room("schedule_page")


@room.get("/subscriptions/<subscription_id>/schedule")
def show_schedule(subscription_id: str) -> Response:
    """Show the form with what holds now."""
    subscription = current_house().store.subscriptions.get(subscription_id)
    return _page(subscription, form_of(subscription))


@room.post("/subscriptions/<subscription_id>/schedule")
def change_schedule(subscription_id: str) -> Response:
    """Change what is mailed and when; what is wrong is told beside the form."""
    store, written = current_house().store, written_form()
    subscription = store.subscriptions.get(subscription_id)
    try:
        amend(store, amended(subscription, written))
    except InputRejected as refusal:
        return _page(subscription, FormState(written, what_is_wrong(refusal)), status=422)
    return redirect(url_for("digest_pages.show_subscriptions", _anchor=f"subscription-{subscription_id}"), 303)


def _page(subscription: Subscription, form: FormState, status: int = 200) -> Response:
    return show(
        "schedule.html",
        twin=url_for("subscriptions.read_subscription", subscription_id=subscription.subscription_id),
        beside={"the proposals": url_for("proposals.list_proposals")},
        status=status,
        subscription=subscription,
        about=about_words(current_house().store, subscription),
        form=form,
        choices=choices(),
    )
