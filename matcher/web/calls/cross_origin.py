"""Which pages of other sites a browser lets read our answers: none, unless the settings name them."""

from flask import Flask, Response, request

_METHODS = "GET, POST, PUT, PATCH, DELETE"
_SENT = "Authorization, Content-Type, Idempotency-Key, If-None-Match, X-API-Key, X-Request-Id"
_SHOWN = "Content-Disposition, ETag, Idempotency-Replayed, Link, Location, Retry-After, X-Request-Id"
_KEPT_SECONDS = "600"


def origins_of(setting: str) -> frozenset[str]:
    """Return the origins that a setting names: `https://a.example, https://b.example`."""
    return frozenset(origin.strip() for origin in setting.split(",") if origin.strip())


def install_cross_origin(app: Flask, setting: str) -> None:
    """Let pages of the named origins read what `app` answers (https://fetch.spec.whatwg.org/#http-cors-protocol).

    No credentials of the browser are let in: a page shows a key of its own.
    """
    origins = origins_of(setting)

    def answer_preflight() -> Response | None:
        if request.method != "OPTIONS" or "Access-Control-Request-Method" not in request.headers:
            return None
        response = Response(status=204)
        if request.origin in origins:
            response.headers["Access-Control-Allow-Methods"] = _METHODS
            response.headers["Access-Control-Allow-Headers"] = _SENT
            response.headers["Access-Control-Max-Age"] = _KEPT_SECONDS
        return response

    def allow(response: Response) -> Response:
        response.vary.add("Origin")
        if request.origin in origins:
            response.headers["Access-Control-Allow-Origin"] = str(request.origin)
            response.headers["Access-Control-Expose-Headers"] = _SHOWN
        return response

    if origins:
        app.before_request(answer_preflight)
        app.after_request(allow)
