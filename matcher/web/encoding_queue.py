"""One encoding at a time, a few that wait, and a prompt "later" for the rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from matcher.errors import RetryLater


class EncodingQueue:
    """A bounded queue in front of the encoder.

    Encoding uses every core, so two at once are no faster than one after the other; and each that waits holds a thread
    that could answer reads.

    Args:
        places: How many may be inside at once: one that encodes, the others wait.
    """

    def __init__(self, places: int) -> None:
        self._places = BoundedSemaphore(places)
        self._encoder = Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for the encoder and hold it inside the block.

        Raises:
            RetryLater: Every place is taken; nothing was waited for.
        """
        if not self._places.acquire(blocking=False):
            raise RetryLater("other proposals are being scored; send the same call again in a few seconds")
        try:
            with self._encoder:
                yield
        finally:
            self._places.release()
