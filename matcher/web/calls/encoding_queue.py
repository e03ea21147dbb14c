"""One encoding at a time, a few that wait, and a prompt "later" for the rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from matcher.errors import RetryLater


class EncodingQueue:
    """A bounded queue in front of the encoder.

    Encoding uses every core, so two at once are no faster than one after the other; and each that waits holds a thread
    that could answer reads.

    Args:
        places: How many may be inside at once: one that encodes, the others wait.
    """

    def __init__(self, places: int) -> None:
        self.places = places
        self._counting = Lock()
        self._encoder = Lock()
        self.taken = 0
        """How many are inside now."""
        self.refused = 0
        """How many were refused since the queue was made."""

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for the encoder and hold it inside the block.

        Raises:
            RetryLater: Every place is taken; nothing was waited for.
        """
        self._enter()
        try:
            with self._encoder:
                yield
        finally:
            with self._counting:
                self.taken -= 1

    def _enter(self) -> None:
        with self._counting:
            if self.taken == self.places:
                self.refused += 1
                raise RetryLater("other proposals are being scored; send the same call again in a few seconds")
            self.taken += 1
