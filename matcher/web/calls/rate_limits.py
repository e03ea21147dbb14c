"""How many calls one key, session or address may make; beyond that the answer says when to come back."""

import time
from dataclasses import dataclass

from flask import Flask, Response, request
from flask_limiter import Limiter, RequestLimit
from limits import RateLimitItem, RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from matcher.errors import AskedTooOften
from matcher.web.calls.asker import asker
from matcher.web.calls.envelopes import Failure, enveloped

_UNLIMITED = {"health.health", "health.readiness", "metrics.metrics", "pages.static"}
"""What machines ask every few seconds, and what a browser asks for beside each page."""

_MAIL_LIMIT = RateLimitItemPerHour(60)
"""Mails that may be asked for from one address; behind a proxy, all who ask share it."""


@dataclass(frozen=True, slots=True)
class Call:
    """Which limit a call was counted against, and under whose name."""

    limit: RateLimitItem
    names: tuple[str, ...]


class CallCounter:
    """Counts the calls of each asker; an empty limit counts nothing.

    The counts lie in the memory of the one process that serves. A window is fixed: at its turn up to twice the limit
    may pass, which costs less than to keep the time of every call.
    """

    def __init__(self, app: Flask, limit: str) -> None:
        self._mails = FixedWindowRateLimiter(MemoryStorage())
        self._limiter: Limiter | None = None
        if limit:
            self._limiter = Limiter(
                _asker_or_address,
                app=app,
                application_limits=[limit],
                storage_uri="memory://",
                strategy="fixed-window",
                headers_enabled=False,
                on_breach=_refuse,
            )
            self._limiter.request_filter(_is_unlimited)

    def present_call(self) -> Call | None:
        """Return what the present request was counted as; None if it was not."""
        counted = None if self._limiter is None else self._limiter.current_limit
        return None if counted is None else Call(counted.limit, tuple(counted.request_args))

    def count_again(self, call: Call | None) -> bool:
        """Count another call like `call`; return whether it is within the limit."""
        if self._limiter is None or call is None:
            return True
        return self._limiter.limiter.hit(call.limit, *call.names)

    def count_mail(self) -> None:
        """Count a call that asks for a mail to whomever it names, against a limit of its own for each address.

        Raises:
            AskedTooOften: The limit is reached.
        """
        name = f"address {request.remote_addr}"
        if not self._mails.hit(_MAIL_LIMIT, name):
            wait = max(1, int(self._mails.get_window_stats(_MAIL_LIMIT, name).reset_time - time.time()))
            raise AskedTooOften(f"too many mails were asked for from here; wait {wait} seconds", seconds=wait)


def _asker_or_address() -> str:
    """Return whose calls are counted together: a key's or a session's, so that nobody can use up those of another."""
    asking = asker()
    if asking is not None and asking.key_id is not None:
        return f"key {asking.key_id}"
    if asking is not None and asking.session is not None:
        return f"session {asking.session.sign_in_id}"
    return f"address {request.remote_addr}"


def _is_unlimited() -> bool:
    return request.endpoint in _UNLIMITED


def _refuse(breached: RequestLimit) -> Response:
    """Return the refusal, with the seconds until the next window."""
    wait = max(1, breached.reset_at - int(time.time()))
    detail = (
        f"more than {breached.limit.amount:,} calls in {breached.limit.get_expiry():,} seconds; wait {wait} seconds"
    )
    return enveloped(Failure(429, detail, headers=[("Retry-After", str(wait))]))
