"""The frame of every page: what a browser may load, the files that it does load, navigation, and how one is shown."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, current_app, make_response, render_template, request
from jinja2 import StrictUndefined

from matcher.domain.match import band
from matcher.domain.wording import award_words, closing_words, money
from matcher.services.facets import category_words
from matcher.web.calls.access import checks_forms, open_to_all
from matcher.web.pages.account import is_sign_in_offered, signed_in
from matcher.web.pages.forms import check_form, form_token, remember_visitor
from matcher.web.pages.reference import prose

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load and do: our own files, forms to ourselves, nothing written into the page itself."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # forms of our own must be known as such: without a referrer at all, a browser would send them with the origin null
    "Referrer-Policy": "same-origin",
}
SCRIPT_HEADER = "HX-Request"
"""What htmx sends with each of its requests."""
_HTMX = {
    "allowEval": False,
    "allowScriptTags": False,
    "includeIndicatorStyles": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,  # what a page showed is not left behind in the browser
    "refreshOnHistoryMiss": True,
}
_PLACES = {
    "Proposals": "/proposals",
    "Opportunities": "/opportunities",
    "Subscriptions": "/subscriptions",
    "Sources": "/sources",
    "Jobs": "/jobs",
    "Settings": "/settings",
}

_TOGETHER = re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}|[\d,]+ days? \w+")

_files = Blueprint("pages", __name__, static_folder="static", static_url_path="/static", template_folder="templates")


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation; `current` is what `aria-current` says of it, empty elsewhere."""

    label: str
    path: str
    current: str


def page_room(name: str) -> Blueprint:
    """Return a group of pages: their forms are checked, and their answers carry the headers of all pages."""
    room = checks_forms(Blueprint(name, __name__))
    room.before_request(check_form)
    room.after_request(protect)
    room.after_request(remember_visitor)
    return room


def show(
    template: str,
    *,
    twin: str | None,
    beside: Mapping[str, str] | None = None,
    status: int = 200,
    **told: Any,  # noqa: ANN401 — any template's
) -> Response:
    """Return a page made from a template.

    Args:
        template: Its name; it extends `base.html`.
        twin: The address of the same as JSON; None for a page that shows nothing stored.
        beside: What the page shows besides, in words, with its address as JSON.
        status: The HTTP status.
        told: What the template uses.
    """
    return make_response(render_template(template, twin=twin, beside=beside or {}, **told), status)


def install_frame(app: Flask) -> None:
    """Serve what all pages load from `app`; a name that a template uses and nobody gave is an error."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(prose=prose, sentence=sentence, unbroken=unbroken)
    app.jinja_env.tests["web_address"] = is_web_address
    app.jinja_env.globals.update(
        places=_places,
        form_token=form_token,
        signed_in=signed_in,
        is_sign_in_offered=is_sign_in_offered,
        htmx_config=json.dumps(_HTMX),
        band=band,
        award_words=award_words,
        category_words=category_words,
        closing_words=closing_words,
        money_words=money,
    )
    app.register_blueprint(_files)
    app.view_functions["pages.static"] = _static_file


def load_templates(app: Flask) -> None:
    """Compile the templates of all pages, so that no page waits for its own."""
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)


def protect(response: Response) -> Response:
    """Add the headers of all pages to an answer."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def sentence(words: str) -> str:
    """Return what happened as a sentence; a name of a file or a field at its beginning stays as it is written."""
    first = words.partition(" ")[0]
    begun = words[:1].upper() + words[1:] if first.isalpha() else words
    return begun if begun.endswith((".", "!", "?")) else f"{begun}."


def unbroken(words: str) -> str:
    """Return words in which no line ends inside a date, or between a number of days and what it counts."""
    return _TOGETHER.sub(lambda found: found[0].replace(" ", "\u00a0"), words)


def is_web_address(address: str | None) -> bool:
    """Whether an address that somebody else wrote leads to the web, and does not run as a script."""
    return address is not None and urlsplit(address).scheme in ("http", "https")


def wants_page() -> bool:
    """Whether the present request is made by somebody who would rather read a page than JSON."""
    accepted = request.accept_mimetypes
    return accepted["text/html"] > accepted["application/json"]


def is_asked_by_script() -> bool:
    """Whether htmx makes the present request, for a part of a page."""
    return request.headers.get(SCRIPT_HEADER) == "true"


@open_to_all
def _static_file(filename: str) -> Response:
    """Return a file that pages load, whole, so that it is tagged and compressed like any other answer."""
    response = _files.send_static_file(filename)
    response.direct_passthrough = False
    response.make_sequence()
    return protect(response)


def _places() -> Iterator[Place]:
    """Yield what there is to go to, in the order of the navigation."""
    rules = {rule.rule for rule in current_app.url_map.iter_rules()}
    for label, path in _PLACES.items():
        if path in rules:
            current = "page" if request.path == path else "true" if request.path.startswith(f"{path}/") else ""
            yield Place(label, path, current)
