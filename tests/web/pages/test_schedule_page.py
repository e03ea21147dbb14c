"""When a digest comes and what it tells, changed by its reader's colleagues on a page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from lxml import html

from matcher.bootstrap import Context
from matcher.domain.subscription import DigestPart, Subscription
from matcher.services.subscribe import Wish, subscribe_confirmed
from tests.web.pages.browsing import Browser, words

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WISH = Wish(
    "treasurer@example.org",
    weekday=3,
    hour=17,
    time_zone="Asia/Kathmandu",
    minimum_fit=0.55,
    parts=(DigestPart.NEW, DigestPart.CLOSING),
    wants_reminders=True,
)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def confirmed(context: Context) -> Subscription:
    return subscribe_confirmed(context.store, WISH, NOW, means="test")


def form_on(page: html.HtmlElement) -> html.HtmlElement:
    [form] = page.xpath("//main//form")
    return form


def test_a_schedule_that_is_sent_as_it_was_shown_stays_as_it_is(
    browser: Browser, context: Context, confirmed: Subscription
) -> None:
    page = browser.look(f"/subscriptions/{confirmed.subscription_id}/schedule")
    browser.press(form_on(page), "Change it")
    assert context.store.subscriptions.get(confirmed.subscription_id) == confirmed


def test_a_changed_schedule_is_kept_and_told_and_touches_nothing_else(
    browser: Browser, context: Context, confirmed: Subscription
) -> None:
    [way] = browser.look("/subscriptions").xpath("//a[starts-with(normalize-space(.), 'Change')]/@href")
    told = {
        "weekday": "4",
        "hour": "6",
        "time_zone": "America/Denver",
        "minimum_fit": "0.7",
        "parts": ["left_out"],
        "mails_quiet_weeks": "true",
        "wants_reminders": [],
    }
    page = browser.press(form_on(browser.look(way)), "Change it", **told)
    wanted = replace(
        confirmed,
        weekday=4,
        hour=6,
        time_zone="America/Denver",
        minimum_fit=0.7,
        parts=(DigestPart.LEFT_OUT,),
        mails_quiet_weeks=True,
        wants_reminders=False,
    )
    assert context.store.subscriptions.get(confirmed.subscription_id) == wanted
    card = words(page.get_element_by_id(f"subscription-{confirmed.subscription_id}"))
    assert "Friday" in card
    assert "0.70" in card


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"hour": "24"}, "Hour: "),
        ({"time_zone": "Nowhere"}, "Nowhere"),
        ({"parts": []}, "choose at least one part"),
        ({"email_address": "newcomer@example.org"}, "Email address: "),
    ],
)
def test_what_is_wrong_is_told_and_changes_nothing(
    browser: Browser, context: Context, confirmed: Subscription, changed: dict[str, object], problem: str
) -> None:
    form = form_on(browser.look(f"/subscriptions/{confirmed.subscription_id}/schedule"))
    page = browser.press(form, "Change it", status=422, **{"weekday": "6", **changed})
    [told] = page.xpath("//*[@role='alert']")
    assert problem in words(told)
    assert page.xpath("//select[@id='weekday']/option[@selected]/@value") == ["6"]
    assert context.store.subscriptions.get(confirmed.subscription_id) == confirmed
