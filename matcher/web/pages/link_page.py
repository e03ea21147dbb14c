"""What a page behind a link of a mail says, and how it is shown; what a link cannot do is told as a page too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Response, make_response

from matcher.errors import InputRejected, NotFound
from matcher.services.signed_links import Purpose, Target
from matcher.web.house import current_house
from matcher.web.pages import frame

HEADERS = {**frame.HEADERS, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
"""A link is a secret, so its page is neither kept nor told to other sites."""


@dataclass(frozen=True, slots=True)
class Button:
    """One thing to do: what the button says, and the word that the form sends for it."""

    label: str
    action: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says: a heading, sentences, what it is about, and what can be done."""

    title: str
    sentences: Sequence[str] = ()
    about: Sequence[str] = ()
    buttons: Sequence[Button] = ()


def shown(page: Callable[[], Page], gone: Page) -> Response:
    """Render a page; `gone` is shown where what the link is about is not stored any more."""
    status = 200
    try:
        told = page()
    except NotFound:
        told, status = gone, 404
    except InputRejected as refusal:
        told, status = Page("This link does not work", [frame.sentence(refusal.reason)]), 400
    return make_response(frame.show("subscription.html", twin=None, page=told), status, HEADERS)


def read(purpose: Purpose, token: str) -> Target:
    """Return what a link is about.

    Raises:
        InputRejected: It is none of ours, or has expired.
    """
    return current_house().context.links.read(purpose, token)
