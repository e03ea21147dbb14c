"""Rankings, kept in memory until the version of the store moves: all pages and filters are cut from one ranking."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import date

from matcher.domain.match import MatchHead
from matcher.services.ranking import Ranking

_MAXIMUM = 16
"""A ranking of 3,000 matches takes some 2 MB."""

Asked = tuple[str, str, date]
"""Whose ranking: of which organization, of which proposal, as of which day."""


class KeptRankings:
    """The rankings that were asked for last, all of one version of the store; safe from any thread."""

    def __init__(self, maximum: int = _MAXIMUM) -> None:
        self._maximum = maximum
        self._lock = threading.Lock()
        self._version = -1
        self._kept: OrderedDict[Asked, Ranking[MatchHead]] = OrderedDict()

    def get(self, version: int, asked: Asked, make: Callable[[], Ranking[MatchHead]]) -> Ranking[MatchHead]:
        """Return the ranking of this version, made where it is not here; `version` was read before `make` reads."""
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._version = version
            found = self._kept.get(asked)
        ranking = make() if found is None else found
        with self._lock:
            if version == self._version:
                self._kept[asked] = ranking
                self._kept.move_to_end(asked)
                while len(self._kept) > self._maximum:
                    self._kept.popitem(last=False)
        return ranking
