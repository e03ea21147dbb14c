"""The cookie by which a browser goes on being signed in: the identifier of its sign-in, signed by the house.

Scripts cannot read it, other sites do not send it with their forms, and it travels over TLS alone where readers reach
the service over TLS (https://www.rfc-editor.org/rfc/rfc6265, section 4.1.2; `SameSite` from its successor draft).
"""

from datetime import UTC, datetime

from flask import Response, request

from matcher.domain.organization import SignIn
from matcher.errors import InputRejected
from matcher.services.sign_in import SESSION_LIFETIME, present_session
from matcher.services.signatures import Signer
from matcher.web.house import current_house

NAME = "matcher_session"
_PURPOSE = "session"


def give_session(response: Response, sign_in: SignIn) -> None:
    """Let the browser go on showing that it is signed in."""
    response.set_cookie(
        NAME,
        _signer().sign(sign_in.sign_in_id),
        max_age=SESSION_LIFETIME,
        httponly=True,
        samesite="Lax",
        secure=current_house().context.settings.public_url.startswith("https://"),
    )


def take_session(response: Response) -> None:
    """Let the browser forget that it was signed in."""
    response.delete_cookie(NAME, httponly=True, samesite="Lax")


def shown_session() -> SignIn | None:
    """Return the session that the present request shows; None if it shows none that lasts."""
    try:
        sign_in_id = _signer().read(request.cookies.get(NAME, ""), SESSION_LIFETIME)
    except InputRejected:
        return None
    return present_session(current_house().context.store, sign_in_id, datetime.now(UTC))


def _signer() -> Signer:
    return Signer(current_house().context.signing_keys, _PURPOSE)
