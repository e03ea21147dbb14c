"""What the client raises."""

import httpx

from matcher.errors import MatcherError
from matcher.web.calls.envelopes import Flaw


class ApiError(MatcherError):
    """The service refused a call, or could not answer it.

    `status` is the HTTP status; `detail` says what happened; `flaws` name what is wrong with the input; `retry_after`
    is how many seconds to wait before the same call may succeed, None where waiting does not help.
    """

    def __init__(self, status: int, detail: str, flaws: tuple[Flaw, ...] = (), retry_after: int | None = None) -> None:
        self.status = status
        self.detail = detail
        self.flaws = flaws
        self.retry_after = retry_after
        super().__init__(f"{status}: {detail}")

    @classmethod
    def of(cls, response: httpx.Response) -> "ApiError":
        """Return what an answer that is no success says; one that is no problem of ours is told by its status."""
        retry_after = response.headers.get("Retry-After", "")
        seconds = int(retry_after) if retry_after.isdecimal() else None
        try:
            told = response.json()
            flaws = tuple(Flaw.model_validate(flaw) for flaw in told.get("errors") or ())
            return cls(response.status_code, str(told["detail"]), flaws, seconds)
        except (ValueError, KeyError, AttributeError):
            return cls(response.status_code, response.reason_phrase or "no answer of this service", (), seconds)
