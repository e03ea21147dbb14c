"""What every route needs, kept with the app so that one process can serve several houses (tests do)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from flask import Flask, current_app

from matcher.bootstrap import Context
from matcher.domain.match import MatchHead
from matcher.services.keys import KeyRing
from matcher.services.ranked_matches import ranked_matches, with_reasons
from matcher.services.ranking import RankedMatch, Ranking
from matcher.store.protocol import Store
from matcher.web.calls.asker import asker
from matcher.web.calls.background import BackgroundScoring
from matcher.web.calls.encoding_queue import EncodingQueue
from matcher.web.calls.kept_rankings import KeptRankings
from matcher.web.calls.kept_reads import KeptReads
from matcher.web.calls.rate_limits import CallCounter
from matcher.web.ranking_day import RankingDay, ranking_day
from matcher.web.warm_up import WarmUp

NOBODY = ""
"""Stands for the organization of somebody who showed no key; none has this identifier."""

_KEY = "matcher"


@dataclass(frozen=True, slots=True)
class House:
    """The context that the app serves, the queue in front of its encoder, what it keeps in memory, and its scoring."""

    context: Context
    encoding: EncodingQueue
    keys: KeyRing
    calls: CallCounter
    reads: KeptReads
    rankings: KeptRankings
    scoring: BackgroundScoring
    warm_up: WarmUp

    @property
    def whole_store(self) -> Store:
        """The store of the house, for what is of no organization, or of one person; no route may answer from it."""
        return self.context.store

    def version(self) -> int:
        """Return the number that moves with every change of the store, whoever made it."""
        return self.context.store.version()

    @property
    def store(self) -> Store:
        """The store as the organization that asks sees it; routes read and write through it alone.

        A route that is open to all sees what is of no organization: the catalogue, its sources, and the jobs.
        """
        asking = asker()
        return self.context.store.for_organization(NOBODY if asking is None else asking.organization_id)

    def day(self, requested: date | None = None) -> RankingDay:
        """Return the day as of which an answer judges deadlines: the requested one, or else that of the catalogue."""
        return ranking_day(requested, self.context.catalogue.state(), self.context.settings.minimum_open)

    def ranking(self, proposal_id: str, as_of: date) -> Ranking[MatchHead]:
        """Return the ranking of a stored proposal, made anew if anything changed since it was asked for last.

        Raises:
            NotFound: No such proposal is stored.
        """
        version, store = self.version(), self.store

        def make() -> Ranking[MatchHead]:
            return ranked_matches(store, self.context.catalogue, proposal_id, as_of)

        return self.rankings.get(version, (str(store.organization_id), proposal_id, as_of), make)

    def with_reasons(self, proposal_id: str, shown: Sequence[RankedMatch[MatchHead]]) -> tuple[RankedMatch, ...]:
        """Return some matches of a ranking with their reasons; one that is gone meanwhile is left out.

        Raises:
            RetryLater: Texts would have to be encoded for it, and too many wait for that already.
        """
        return with_reasons(self.store, self.context.catalogue, proposal_id, shown, self.encoding.turn)


def install_house(app: Flask, house: House) -> None:
    """Make `house` the one that the routes of `app` serve."""
    app.extensions[_KEY] = house


def house_of(app: Flask) -> House:
    """Return the house that `app` serves."""
    return cast(House, app.extensions[_KEY])


def current_house() -> House:
    """Return the house that the present request is for."""
    return house_of(current_app)
