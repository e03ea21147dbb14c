"""Not faster than a mail server wants it."""

import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class Pace:
    """Spaces mails evenly: at most `per_minute` of them a minute, and none waits if it is 0."""

    per_minute: int
    _next: float = field(default=0.0, init=False, repr=False)

    def wait(self) -> None:
        """Return once the next mail may leave."""
        if not self.per_minute:
            return
        now = time.monotonic()
        if self._next > now:
            time.sleep(self._next - now)
        self._next = max(self._next, now) + 60 / self.per_minute
