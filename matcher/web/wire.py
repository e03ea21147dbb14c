"""What the WSGI server answers itself, before the app is asked: malformed, too large or too slow requests."""

from time import monotonic
from typing import Any

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask
from waitress.utilities import Error

from matcher.web.at_once import GivingTask, KeepingRequest
from matcher.web.calls.envelopes import Failure
from matcher.web.calls.errors import TOO_LARGE, problem

_DETAILS = {
    408: "the request did not arrive in time; send it again over a faster connection",
    413: TOO_LARGE,
    431: "the headers of the request are larger than this server takes; send fewer or shorter ones",
}


class _Refusal:
    """An error of waitress that is written as a problem; its own words name settings that the caller cannot change."""

    def __init__(self, error: Error) -> None:
        self._error = error

    def to_response(self, _server_name: str | None) -> tuple[str, list[tuple[str, str]], bytes]:
        """Return status line, headers and body, as waitress asks for them."""
        code = self._error.code
        detail = _DETAILS.get(code, "the request is no HTTP that this server understands")
        response = problem(Failure(code, detail))
        return response.status, [("Content-Type", response.content_type)], response.get_data()


class _RefusalTask(ErrorTask):  # type: ignore[misc]  # waitress carries no types
    def execute(self) -> None:
        """Write the problem and close the connection, whose rest cannot be read."""
        self.request.error = _Refusal(self.request.error)
        super().execute()


class _TooSlow(Error):  # type: ignore[misc]  # waitress carries no types
    code = 408
    reason = "Request Timeout"


class ProblemChannel(HTTPChannel):  # type: ignore[misc]  # waitress carries no types
    """A connection of waitress whose own errors are problems of RFC 9457, and that waits only so long for a request."""

    parser_class = KeepingRequest
    task_class = GivingTask
    error_task_class = _RefusalTask
    request: Any = None
    _began_at: float | None = None

    def received(self, data: bytes) -> Any:  # noqa: ANN401 — the signature of waitress
        """Take what arrived, and remember since when a request is incomplete."""
        taken = super().received(data)
        if self.request is None:
            self._began_at = None
        elif self._began_at is None:
            self._began_at = monotonic()
        return taken

    def refuse_if_slow(self, seconds: float) -> None:
        """Answer a request that is still incomplete after so long with a problem, and close the connection.

        waitress itself closes only connections on which nothing happens; one byte now and then keeps a request alive.
        """
        with self.requests_lock:
            began_at, request = self._began_at, self.request
            if began_at is None or request is None or self.requests or monotonic() - began_at < seconds:
                return
            self._began_at = self.request = None
            request.error = _TooSlow("")
            request.completed = True
            self.requests.append(request)
            self.server.add_task(self)
