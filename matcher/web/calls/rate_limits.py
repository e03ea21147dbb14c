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
_DATA_LIMIT = RateLimitItemPerHour(20)
"""Exports and erasures of all that an organization keeps, or of a person's data: each reads or rewrites everything."""


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
        self._rare = FixedWindowRateLimiter(MemoryStorage())
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
        self._count_rare(_MAIL_LIMIT, f"address {request.remote_addr}", "too many mails were asked for from here")

    def count_data_call(self, organization_id: str) -> None:
        """Count a call that exports or erases much, against a limit of its own for each organization.

        Raises:
            AskedTooOften: The limit is reached.
        """
        self._count_rare(_DATA_LIMIT, f"organization {organization_id}", "too much was exported or erased")

    def _count_rare(self, limit: RateLimitItem, name: str, refusal: str) -> None:
        if not self._rare.hit(limit, name):
            wait = max(1, int(self._rare.get_window_stats(limit, name).reset_time - time.time()))
            raise AskedTooOften(f"{refusal}; wait {wait} seconds", seconds=wait)


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
