"""How much one fetch may take: of time, of bytes, and of the source's patience."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one fetch; seconds are real time, bytes are octets.

    `total_seconds` covers all attempts and the waits between them, `stall_seconds` any single silence of the server.
    `most_bytes` counts what travels, `most_decoded_bytes` what it becomes once a Content-Encoding is undone. A failed
    attempt is repeated after `first_wait_seconds`, then twice that, and so on; who asks to wait longer than
    `longest_wait_seconds` is left for another day. One host gets a request every `seconds_between_requests`.

    Raises:
        ValueError: A bound is not positive (only the wait between requests may be zero).
    """

    total_seconds: float = 1800
    stall_seconds: float = 30
    most_bytes: int = 512 * MEBIBYTE
    most_decoded_bytes: int = 2048 * MEBIBYTE
    attempts: int = 5
    first_wait_seconds: float = 1
    longest_wait_seconds: float = 120
    seconds_between_requests: float = 1

    def __post_init__(self) -> None:
        for name in self.__slots__:
            value = getattr(self, name)
            if value < 0 or (value == 0 and name != "seconds_between_requests"):
                raise ValueError(f"{name} must be positive, not {value}")


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """The time: seconds that only grow, the date in UTC, and a way to wait."""

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = _utc_now
    sleep: Callable[[float], None] = time.sleep
