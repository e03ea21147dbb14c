"""Forms that only our own pages can send: each carries a signed token of the visitor whom the page was shown to.

The visitor is the session of a member who signed in, or else a browser, by a name that it was given at its first form.
A page of another site can make a browser send a form here, with its cookies. It cannot read our pages, so it does not
know the token; and a token that it got for itself names another visitor (double submit, bound and signed:
https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html).
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from flask import Response, g, request
from werkzeug.exceptions import Forbidden

from matcher.errors import InputRejected
from matcher.services.signatures import Signer
from matcher.web.calls.access import whoever_asks
from matcher.web.house import current_house

FIELD = "form_token"
"""The name of the field, in every form that is posted."""
COOKIE = "matcher_visitor"
LIFETIME = timedelta(days=1)
"""How long a page may stand open before its forms are refused."""

_PURPOSE = "form"
_NEW_VISITOR = "new_visitor"
_REFUSED = "this form was shown to somebody else, or a day ago and more; go back, load the page again, and send it anew"


def form_token() -> str:
    """Return what a form of the present page carries as the field `form_token`."""
    return _signer().sign(_bound_to(_visitor()))


def written_form() -> dict[str, list[str]]:
    """Return what was written into the form that the present request sends, by field."""
    return {name: values for name, values in request.form.to_dict(flat=False).items() if name != FIELD}


def check_form() -> None:
    """Let a form pass that a page of ours was shown with, to the same visitor.

    Raises:
        Forbidden: It carries no token, or that of another visitor, or one that is too old.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    visitor = _known_visitor()
    try:
        bound_to = _signer().read(request.form.get(FIELD, ""), LIFETIME)
    except InputRejected:
        raise Forbidden(_REFUSED) from None
    if visitor is None or not hmac.compare_digest(bound_to, _bound_to(visitor)):
        raise Forbidden(_REFUSED)


def remember_visitor(response: Response) -> Response:
    """Give the visitor a name, where the present page has a form and the browser brought none."""
    made = g.get(_NEW_VISITOR)
    if made is not None:
        response.set_cookie(COOKIE, made, secure=request.is_secure, httponly=True, samesite="Strict")
    return response


def _visitor() -> str:
    """Return the name of who makes the present request; a browser that has none is given one."""
    known = _known_visitor() or g.get(_NEW_VISITOR)
    if known is None:
        known = secrets.token_urlsafe(16)
        setattr(g, _NEW_VISITOR, known)
    return str(known)


def _known_visitor() -> str | None:
    """Return the session of the present request, or else the name of its browser, random and of no other use."""
    asking = whoever_asks()
    if asking is not None and asking.session is not None:
        return asking.session.sign_in_id
    return request.cookies.get(COOKIE)


def _bound_to(visitor: str) -> str:
    """Return what stands for a visitor in a token, which anybody who sees the page can read."""
    return hashlib.sha256(visitor.encode()).hexdigest()


def _signer() -> Signer:
    return Signer(current_house().context.signing_keys, _PURPOSE)
