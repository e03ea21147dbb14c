"""Sign in by a link in a mail, and sign out: a GET shows what would be done, and only a POST does it.

A link is shown with a button, so that no mail scanner that follows it uses it up.
"""

from datetime import UTC, datetime

from flask import Response, current_app, redirect, request, url_for

from matcher.errors import InputRejected
from matcher.services.sign_in import ask_to_sign_in, offer, sign_in, sign_out
from matcher.services.signed_links import SIGN_IN_LIFETIME, Purpose
from matcher.web.calls.access import open_to_all, whoever_asks
from matcher.web.calls.session_cookie import give_session, take_session
from matcher.web.house import current_house
from matcher.web.pages.frame import page_room, show
from matcher.web.pages.way_back import HOME, PARAMETER, own_path

pages = page_room("sign_in")
_MINUTES = SIGN_IN_LIFETIME.seconds // 60


@pages.get("/sign-in")
@open_to_all
def sign_in_page() -> Response:
    """Ask for the address that a link is mailed to."""
    return _form(leads_to=own_path(request.args.get(PARAMETER, "")))


@pages.post("/sign-in")
@open_to_all
def ask_for_link() -> Response:
    """Keep that a link was asked for; the answer is the same whosever address it is."""
    house = current_house()
    house.calls.count_mail()
    given = request.form.get("email_address", "").strip()
    leads_to = own_path(request.form.get(PARAMETER, ""))
    try:
        ask_to_sign_in(house.whole_store, given, _now(), leads_to)
    except InputRejected as refusal:
        return _form(given=given, flaw=refusal.reason, leads_to=leads_to, status=422)
    return _private(show("sign_in_asked.html", twin=None, given=given, minutes=_MINUTES, leads_to=leads_to))


@pages.get("/sign-in/<token>")
@open_to_all
def link_page(token: str) -> Response:
    """Show for whom a link signs in."""
    try:
        offered = offer(current_house().whole_store, _read(token), _now())
    except InputRejected as refusal:
        return _form(flaw=refusal.reason, status=400)
    return _private(show("sign_in_link.html", twin=None, offer=offered))


@pages.post("/sign-in/<token>")
@open_to_all
def take_link(token: str) -> Response:
    """Sign in, once, and go on to where the link was asked for."""
    house = current_house()
    try:
        begun = sign_in(house.whole_store, _read(token), request.form.get("organization_id", ""), _now())
    except InputRejected as refusal:
        return _form(flaw=refusal.reason, status=400)
    response = _redirected(begun.leads_to)
    give_session(response, begun)
    return _private(response)


@pages.get("/sign-out")
@open_to_all
def sign_out_page() -> Response:
    """Show who is signed in, with the button that ends it."""
    return _private(show("sign_out.html", twin=None))


@pages.post("/sign-out")
@open_to_all
def leave() -> Response:
    """End the session; its cookie is of no use from then on, wherever a copy of it lies."""
    asking = whoever_asks()
    if asking is not None and asking.session is not None:
        sign_out(current_house().whole_store, asking.session.sign_in_id, _now())
    response = _redirected(url_for("sign_in.sign_in_page"))
    take_session(response)
    return _private(response)


def _form(*, given: str = "", flaw: str = "", leads_to: str = HOME, status: int = 200) -> Response:
    page = show("sign_in.html", twin=None, status=status, given=given, flaw=flaw, leads_to=leads_to, minutes=_MINUTES)
    return _private(page)


def _redirected(path: str) -> Response:
    """Return what sends a browser to another page, with a GET."""
    return current_app.make_response(redirect(path, 303))


def _read(token: str) -> str:
    return current_house().context.links.read(Purpose.SIGN_IN, token).identifier


def _private(response: Response) -> Response:
    """Leave no copy of a page whose address is a secret, or that speaks of one person."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _now() -> datetime:
    return datetime.now(UTC)
