"""Scoring that nobody waits for: one proposal after the other, in a thread of this process.

What is asked for here is written nowhere, because it need not be: a proposal without the mark of its scoring is found
by whoever looks at it next, and by the scheduler.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from traceback import format_tb

from matcher.errors import MatcherError, NotFound, RetryLater

_PATIENCE_SECONDS = 0.5
"""How long to wait before the encoder is asked for again, when others stand in line for it."""
_UNEXPECTED = "something failed on our side; the log of the server says what"

_log = logging.getLogger(__name__)


class BackgroundScoring:
    """A line of proposals that wait to be scored, and the one thread that serves it while there are any.

    Args:
        score: Scores one stored proposal, by its identifier.
    """

    def __init__(self, score: Callable[[str], object]) -> None:
        self._score = score
        self._lock = threading.Lock()
        self._line: deque[str] = deque()
        self._thread: threading.Thread | None = None
        self._failures: dict[str, str] = {}

    def ask(self, proposal_id: str) -> None:
        """Have a proposal scored soon; one that stands in line already is asked for once."""
        with self._lock:
            self._failures.pop(proposal_id, None)
            if proposal_id in self._line:
                return
            self._line.append(proposal_id)
            if self._thread is None:
                # a daemon: the process may end at any time, and nothing is lost by it
                self._thread = threading.Thread(target=self._serve, name="scoring", daemon=True)
                self._thread.start()

    def failure(self, proposal_id: str) -> str | None:
        """Return why the last scoring of a proposal came to no good end; None if it did not fail."""
        with self._lock:
            return self._failures.get(proposal_id)

    def finish(self) -> None:
        """Wait until nobody stands in line."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def _serve(self) -> None:
        while (proposal_id := self._next()) is not None:
            failure = self._attempt(proposal_id)
            with self._lock:
                self._line.popleft()
                if failure is not None:
                    self._failures[proposal_id] = failure

    def _next(self) -> str | None:
        with self._lock:
            if self._line:
                return self._line[0]
            self._thread = None
            return None

    def _attempt(self, proposal_id: str) -> str | None:
        """Score one proposal, however long the line before the encoder is; return why that failed, if it did."""
        while True:
            try:
                self._score(proposal_id)
            except RetryLater:
                time.sleep(_PATIENCE_SECONDS)
                continue
            except NotFound:
                return None  # it was deleted meanwhile
            except MatcherError as error:
                _log.error("scoring failed", extra={"proposal_id": proposal_id, "reason": str(error)})
                return str(error)
            except Exception as error:
                if not threading.main_thread().is_alive():
                    return None  # the process ends, and whoever finds the proposal goes on
                # its message may quote the proposal, which belongs into no log
                told = {"error": type(error).__name__, "stack": "".join(format_tb(error.__traceback__))}
                _log.error("scoring failed", extra={"proposal_id": proposal_id, **told})
                return _UNEXPECTED
            return None
