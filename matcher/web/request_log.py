"""One line in the log for each request: how it was answered, never what it said."""

import logging
from time import perf_counter

from flask import Flask, Response, g, request

_log = logging.getLogger(__name__)


def install_request_log(app: Flask) -> None:
    """Log every request that `app` answers."""
    app.before_request(_begin)
    app.after_request(_log_answer)


def _begin() -> None:
    g.began_at = perf_counter()


def _log_answer(response: Response) -> Response:
    _log.info(
        "request answered",
        extra={
            "method": request.method,
            "path": request.path,
            "route": request.url_rule.rule if request.url_rule else None,
            "status": response.status_code,
            "milliseconds": round((perf_counter() - g.began_at) * 1000, 1),
            "bytes": response.content_length,
        },
    )
    return response
