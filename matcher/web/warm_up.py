"""Loads in the background what whoever comes first would otherwise wait for: pages, the catalogue, the model."""

import logging
import threading
from collections.abc import Callable
from enum import StrEnum

from matcher.bootstrap import Context
from matcher.errors import MatcherError
from matcher.web.allocator import settle

_log = logging.getLogger(__name__)


class Warmth(StrEnum):
    """How far the loading has come."""

    COLD = "cold"
    WARMING = "warming"
    WARM = "warm"
    FAILED = "failed"


class WarmUp:
    """One loading of what `context` scores with; until it has begun, whatever is asked first loads it.

    Args:
        context: What is loaded.
        load_pages: Makes the pages ready.

    Attributes:
        warmth: How far it has come.
    """

    def __init__(self, context: Context, load_pages: Callable[[], None]) -> None:
        self._context = context
        self._load_pages = load_pages
        self.warmth = Warmth.COLD
        self._thread = threading.Thread(target=self._load, name="warm-up", daemon=True)

    def begin(self) -> None:
        """Begin to load, and return at once; the process may end before the loading does."""
        self.warmth = Warmth.WARMING
        self._thread.start()

    def wait(self) -> None:
        """Wait until the loading that has begun is over."""
        self._thread.join()

    def _load(self) -> None:
        try:
            self._context.catalogue.state()  # before the model: pages and reads of the catalogue need nothing else
            self._load_pages()
            self._context.encoder.warm_up()
            self._context.catalogue.encoded()
            self._context.room.warm_up()
        except MatcherError as error:  # whoever asks for a scoring will meet the same, and is told then
            self.warmth = Warmth.FAILED
            _log.error("warm-up failed", extra={"reason": str(error)})
            return
        settle()
        self.warmth = Warmth.WARM
        _log.info("warm")
