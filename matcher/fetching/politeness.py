"""Requests to one host stand a pause apart."""

from threading import Lock

from matcher.fetching.limits import Clock


class Politeness:
    """Keeps requests to one host `seconds` apart, over all threads that share it."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self._seconds = seconds
        self._clock = clock
        self._free_at: dict[str, float] = {}
        self._lock = Lock()

    def wait_turn(self, host: str) -> None:
        """Return when a request to `host` may begin."""
        with self._lock:
            now = self._clock.monotonic()
            turn = max(now, self._free_at.get(host, now))
            self._free_at[host] = turn + self._seconds
        if turn > now:
            self._clock.sleep(turn - now)
