"""Who may ask: a key or a session for every call, unless the service has no keys and answers on this machine alone."""

import ipaddress
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TypeVar

from flask import Blueprint, current_app, g, request
from flask.sansio.blueprints import Blueprint as AnyBlueprint
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized

from matcher.domain.organization import LOCAL, SignIn
from matcher.web.calls.asker import Asker, asker, set_asker
from matcher.web.calls.cross_origin import origins_of
from matcher.web.calls.session_cookie import shown_session
from matcher.web.house import current_house

SECURITY_SCHEMES: dict[str, Any] = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key of an organization, as `matcher keys add` shows it.",
    },
    "apiKey": {
        "type": "apiKey",
        "in": "header",
        "name": "X-API-Key",
        "description": "The same key in the header that CommonGrants clients send.",
    },
}
"""How a key may be shown; either is enough."""

SECURITY: list[dict[str, list[str]]] = [{"bearer": []}, {"apiKey": []}]
"""What is asked for at every operation that is not open to all."""

_OPEN = "is_open_to_all"
_FORWARDING = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip")
_NO_KEY = "show a key of your organization as “Authorization: Bearer KEY”; `matcher keys add` makes one"
_WRONG_KEY = "this is no key of ours, or one that was revoked; `matcher keys list` tells which there are"
_MAY_NOT_ERASE = (
    "this key neither exports nor erases all that its organization keeps; `matcher keys add --may-erase` makes one "
    "that does, and members who sign in may"
)
_NOT_FROM_HERE = (
    "this service has no keys, and so answers only on the machine that it runs on, at localhost; "
    "make a key with `matcher keys add`, and show it"
)

_OPEN_HERE = "is_open_on_this_machine"
_CHECKS_FORMS = "checks_forms"
_SAFE = ("GET", "HEAD")

View = TypeVar("View", bound=Callable[..., Any])


def open_to_all(view: View) -> View:
    """Mark a route that asks for no key: it shows nothing of an organization, or its address is the secret."""
    setattr(view, _OPEN, True)
    return view


def open_on_this_machine(view: View) -> View:
    """Mark a route that asks for no key on the machine itself, whether or not there are keys."""
    setattr(view, _OPEN_HERE, True)
    return view


def checks_forms(room: Blueprint) -> Blueprint:
    """Mark a group of routes that takes from a session only what one of our own forms sent."""
    setattr(room, _CHECKS_FORMS, True)
    return room


def takes_forms(room: AnyBlueprint) -> bool:
    """Whether a group of routes checks that what it is sent comes from one of our own forms."""
    return getattr(room, _CHECKS_FORMS, False)


def is_open(view: Callable[..., Any]) -> bool:
    """Whether a route asks for no key."""
    return getattr(view, _OPEN, False)


def is_loopback(host: str) -> bool:
    """Whether a host name or address, with or without a port, means the machine itself."""
    name = (host if host.count(":") > 1 else host.partition(":")[0]).partition("]")[0].strip("[").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def comes_from_this_machine() -> bool:
    """Whether the present request was made on this machine, by its own name, and not passed on for somebody else.

    The name counts because a page of another site can have its own name resolved to this machine, and so make a browser
    send requests here (DNS rebinding).
    """
    if any(name in request.headers for name in _FORWARDING):
        return False
    return is_loopback(request.remote_addr or "") and is_loopback(request.host)


def identify() -> None:
    """Find out who makes the present request, or why it is refused; `admit` says so."""
    if request.endpoint is None or request.method == "OPTIONS":
        return
    view = current_app.view_functions[request.endpoint]
    if is_open(view) or (getattr(view, _OPEN_HERE, False) and comes_from_this_machine()):
        return
    try:
        _ask_for_key()
    except Unauthorized as refusal:
        g.refusal = refusal


def whoever_asks() -> Asker | None:
    """Find out who makes the present request, to a route that is open to all; None where that cannot be told."""
    if asker() is None:
        with suppress(Unauthorized):
            _ask_for_key()
    return asker()


def admit() -> None:
    """Let the present request pass.

    Raises:
        Unauthorized: The route is not open to all, and no key of ours was shown where one is needed.
    """
    if "refusal" in g:
        raise g.refusal


def require_right_to_erase() -> None:
    """Let the present request pass if who makes it may export and erase all that the organization keeps.

    Raises:
        Forbidden: They may not.
    """
    asking = asker()
    if asking is None or not asking.may_erase:
        raise Forbidden(_MAY_NOT_ERASE)


def _ask_for_key() -> None:
    house = current_house()
    shown = _shown_key()
    if shown is not None:
        key = house.keys.who_asks(shown, datetime.now(UTC))
        if key is None:
            raise _refused(_WRONG_KEY, error="invalid_token")
        set_asker(Asker(key.organization_id, key.key_id, may_erase=key.may_erase))
    elif (session := _counting_session()) is not None:
        set_asker(Asker(str(session.organization_id), None, session))
    elif not house.keys.is_empty():
        raise _refused(_NO_KEY)
    elif is_loopback(house.context.settings.host) and comes_from_this_machine() and not _is_of_another_site():
        set_asker(Asker(LOCAL, None))
    else:
        raise _refused(_NOT_FROM_HERE)


def _is_of_another_site() -> bool:
    """Whether a page of another site makes a browser send the request: forms can do so without being asked."""
    origin = request.headers.get("Origin")
    if origin is None or origin in origins_of(current_house().context.settings.cors_origins):
        return False
    return not is_loopback(origin.partition("://")[2])


def _shown_key() -> str | None:
    """Return what the request shows as a key; None if it shows nothing."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    return request.headers.get("X-API-Key")


def _counting_session() -> SignIn | None:
    """Return the session that the request shows; None if it shows none, or none that counts here.

    A browser shows it with whatever another site makes it send. It counts for what changes nothing, and for forms that
    are checked to be ours.
    """
    room = current_app.blueprints.get(request.blueprint or "")
    counts = request.method in _SAFE or (room is not None and takes_forms(room))
    return shown_session() if counts else None


def _refused(detail: str, **parameters: str) -> Unauthorized:
    """Return the refusal with its challenge (RFC 6750, section 3)."""
    return Unauthorized(detail, www_authenticate=WWWAuthenticate("bearer", {"realm": "matcher", **parameters}))
