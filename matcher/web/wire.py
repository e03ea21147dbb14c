"""What the WSGI server answers itself, before the app is asked: malformed and too large requests, as problems too."""

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask
from waitress.utilities import Error

from matcher.web.envelopes import Failure
from matcher.web.errors import TOO_LARGE, problem

_DETAILS = {
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


class ProblemChannel(HTTPChannel):  # type: ignore[misc]  # waitress carries no types
    """A connection of waitress whose own errors are problems of RFC 9457."""

    error_task_class = _RefusalTask
