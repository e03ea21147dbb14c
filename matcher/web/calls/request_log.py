"""One line in the log for each request: how it was answered, never what it said."""

import logging
import re
import uuid
from dataclasses import dataclass
from time import perf_counter

from flask import Flask, Response, g, has_request_context, request

from matcher.web.calls.asker import Asker, asker

REQUEST_ID = "X-Request-Id"
_USABLE = re.compile(r"[A-Za-z0-9._:-]{8,80}")

_log = logging.getLogger(__name__)


class RequestIds(logging.Filter):
    """Gives every record that is made during a request the identifier of that request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the identifier, and let the record pass."""
        if has_request_context() and "request_id" in g:
            record.request_id = g.request_id
        return True


@dataclass(frozen=True, slots=True)
class Answered:
    """How a request was answered: `route` is None where none was meant, `asker` where nobody was asked."""

    request_id: str
    method: str
    route: str | None
    status: int
    seconds: float
    size: int | None
    asker: Asker | None


def install_request_log(app: Flask) -> None:
    """Log every request that `app` answers, and name it in the answer."""
    app.before_request(_begin)
    app.after_request(_log_answer)


def log_answered(answered: Answered) -> None:
    """Leave the line of one request. An address may be a secret, as that of a feed is; the route says enough."""
    asking = answered.asker
    _log.info(
        "request answered",
        extra={
            "request_id": answered.request_id,
            "method": answered.method,
            "route": answered.route,
            "status": int(answered.status),
            "milliseconds": round(answered.seconds * 1000, 1),
            "bytes": answered.size,
            "organization_id": None if asking is None else asking.organization_id,
            "key_id": None if asking is None else asking.key_id,
        },
    )


def usable_request_id(given: str) -> str | None:
    """Return the identifier that a caller gave its request, unless it is of another form than such have."""
    return given if _USABLE.fullmatch(given) else None


def seconds_so_far() -> float:
    """Return how long the present request has taken."""
    return perf_counter() - float(g.began_at)


def _begin() -> None:
    g.began_at = perf_counter()
    g.request_id = usable_request_id(request.headers.get(REQUEST_ID, "")) or str(uuid.uuid4())


def _log_answer(response: Response) -> Response:
    response.headers[REQUEST_ID] = g.request_id
    route = request.url_rule.rule if request.url_rule else None
    size = response.content_length
    log_answered(Answered(g.request_id, request.method, route, response.status_code, seconds_so_far(), size, asker()))
    return response
