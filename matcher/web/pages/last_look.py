"""When this browser last looked at the present page; the browser keeps that, at this address alone, and we do not."""

from datetime import UTC, datetime, timedelta

from flask import Response, request

_COOKIE = "matcher_looked"
_KEPT = timedelta(days=365)


def last_look() -> datetime | None:
    """Return when this browser last looked at the present page; None if it never did, or does not tell."""
    try:
        return datetime.fromtimestamp(int(request.cookies.get(_COOKIE, "")), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def remember_look(response: Response, now: datetime) -> Response:
    """Let the browser remember that it looked at the present page now."""
    response.set_cookie(
        _COOKIE,
        str(int(now.timestamp())),
        max_age=_KEPT,
        path=request.path,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
    return response
