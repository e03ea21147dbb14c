"""One line in the log for each request: how it was answered, never what it said."""

import logging
import re
import uuid
from time import perf_counter

from flask import Flask, Response, g, has_request_context, request

from matcher.web.house import asker

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


def install_request_log(app: Flask) -> None:
    """Log every request that `app` answers, and name it in the answer."""
    app.before_request(_begin)
    app.after_request(_log_answer)


def seconds_so_far() -> float:
    """Return how long the present request has taken."""
    return perf_counter() - float(g.began_at)


def _begin() -> None:
    g.began_at = perf_counter()
    given = request.headers.get(REQUEST_ID, "")
    g.request_id = given if _USABLE.fullmatch(given) else str(uuid.uuid4())


def _log_answer(response: Response) -> Response:
    response.headers[REQUEST_ID] = g.request_id
    asking = asker()
    _log.info(
        "request answered",
        extra={
            "request_id": g.request_id,
            "method": request.method,
            # an address may be a secret, as that of a feed is; the route says enough
            "route": request.url_rule.rule if request.url_rule else None,
            "status": response.status_code,
            "milliseconds": round(seconds_so_far() * 1000, 1),
            "bytes": response.content_length,
            "organization_id": None if asking is None else asking.organization_id,
            "key_id": None if asking is None else asking.key_id,
        },
    )
    return response
