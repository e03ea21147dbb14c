"""How many calls one key, or one address without a key, may make; beyond that the answer says when to come back."""

import time

from flask import Flask, Response, request
from flask_limiter import Limiter, RequestLimit

from matcher.web.envelopes import Failure, enveloped
from matcher.web.house import asker

_UNLIMITED = {"health.health", "health.readiness", "metrics.metrics", "pages.static"}
"""What machines ask every few seconds, and what a browser asks for beside each page."""


def install_rate_limits(app: Flask, limit: str) -> None:
    """Count the calls of each asker, and refuse those beyond `limit`; an empty limit counts nothing.

    The counts lie in the memory of the one process that serves. A window is fixed: at its turn up to twice the limit
    may pass, which costs less than to keep the time of every call.
    """
    if not limit:
        return
    limiter = Limiter(
        _asker_or_address,
        app=app,
        application_limits=[limit],
        storage_uri="memory://",
        strategy="fixed-window",
        headers_enabled=False,
        on_breach=_refuse,
    )
    limiter.request_filter(_is_unlimited)


def _asker_or_address() -> str:
    """Return whose calls are counted together: by the key itself, so that nobody can use up the calls of another."""
    asking = asker()
    if asking is None or asking.key_id is None:
        return f"address {request.remote_addr}"
    return f"key {asking.key_id}"


def _is_unlimited() -> bool:
    return request.endpoint in _UNLIMITED


def _refuse(breached: RequestLimit) -> Response:
    """Return the refusal, with the seconds until the next window."""
    wait = max(1, breached.reset_at - int(time.time()))
    detail = (
        f"more than {breached.limit.amount:,} calls in {breached.limit.get_expiry():,} seconds; wait {wait} seconds"
    )
    return enveloped(Failure(429, detail, headers=[("Retry-After", str(wait))]))
