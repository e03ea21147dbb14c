"""What stands before the routes: reads that were answered already, given again without asking anything else.

A kept answer is found by everything that decided it: the credentials and where they came from, the address, what the
caller takes, the day, and the version of the store. Whoever finds one was let in with the same words a moment ago, and
nothing has changed since, the keys included. It is counted, logged and measured like any other answer.
"""

import hashlib
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from time import perf_counter, time
from typing import TYPE_CHECKING, cast

from flask import Flask
from werkzeug.http import parse_etags

from matcher.web.calls.kept_reads import KeptRead, KeptReads, Question
from matcher.web.calls.metrics import RequestTimes
from matcher.web.calls.rate_limits import CallCounter
from matcher.web.calls.request_log import REQUEST_ID, Answered, log_answered, usable_request_id

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_CREDENTIALS = ("HTTP_AUTHORIZATION", "HTTP_X_API_KEY", "HTTP_COOKIE")
_DECIDING = (
    "HTTP_HOST",
    "REMOTE_ADDR",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_ORIGIN",
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_REAL_IP",
)
"""What else of a request decides whether and in which form it is answered; see `matcher.web.calls.access`."""


def question_of(environ: "WSGIEnvironment") -> Question:
    """Return what decides the answer to a read; the credentials as a hash, for a key belongs into no dictionary."""
    shown = "\n".join(str(environ.get(name)) for name in _CREDENTIALS)
    return (
        environ["PATH_INFO"],
        environ.get("QUERY_STRING", ""),
        hashlib.blake2b(shown.encode("latin-1"), digest_size=16).digest(),
        tuple(map(environ.get, _DECIDING)),
        date.today(),
    )


@dataclass(frozen=True, slots=True)
class GivenAgain:
    """A kept answer on its way out; it was counted, logged and measured."""

    status: str
    headers: Sequence[tuple[str, str]]
    body: bytes


class Front:
    """A WSGI application that answers reads from memory and passes everything else on.

    Args:
        application: What answers everything else.
        version: The number that moves with every change of the store.
        reads: The answers that are kept.
        calls: Counts the calls of each asker.
        times: Measures every answer.
    """

    def __init__(
        self,
        application: "WSGIApplication",
        version: Callable[[], int],
        reads: KeptReads,
        calls: CallCounter,
        times: RequestTimes,
    ) -> None:
        self._application = application
        self._version = version
        self._reads = reads
        self._calls = calls
        self._times = times

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        given = self.give_again(environ)
        if given is None:
            return self._application(environ, start_response)
        start_response(given.status, list(given.headers))
        return [given.body]

    def give_again(self, environ: "WSGIEnvironment") -> GivenAgain | None:
        """Answer one request from memory; None where nothing is kept for it, or its asker has used up the limit."""
        begun = perf_counter()
        found = self._found(environ) if environ["REQUEST_METHOD"] == "GET" else None
        if found is None or found.good_until < time() or not self._calls.count_again(found.call):
            return None
        status, body = HTTPStatus.OK, found.body
        tags = environ.get("HTTP_IF_NONE_MATCH")
        if tags is not None and parse_etags(tags).contains_weak(found.tag):
            status, body = HTTPStatus.NOT_MODIFIED, b""
        request_id = usable_request_id(environ.get("HTTP_X_REQUEST_ID", "")) or str(uuid.uuid4())
        headers = [*found.headers(status), (REQUEST_ID, request_id)]
        seconds = perf_counter() - begun
        self._times.observe("GET", found.route, status, seconds)
        log_answered(Answered(request_id, "GET", found.route, status, seconds, len(body), found.asker))
        return GivenAgain(f"{status} {status.phrase}", headers, body)

    def _found(self, environ: "WSGIEnvironment") -> KeptRead | None:
        try:
            version = self._version()
        except Exception:  # the routes will meet the same, and know how to tell it
            return None
        return self._reads.find(version, question_of(environ))


def install_front(
    app: Flask, version: Callable[[], int], reads: KeptReads, calls: CallCounter, times: RequestTimes
) -> None:
    """Let a front answer what it can before `app`."""
    app.wsgi_app = Front(app.wsgi_app, version, reads, calls, times)  # type: ignore[method-assign]


def front_of(app: Flask) -> Front:
    """Return the front that stands before `app`."""
    return cast(Front, app.wsgi_app)
