"""The stored catalogue in memory, read again only when it has changed."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, lru_cache, partial

from matcher.domain.opportunity import Opportunity
from matcher.domain.vocabulary import OpportunityStatus
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.scorer import Scorer
from matcher.services.facets import FacetChoices, facet_choices
from matcher.services.opportunity_filter import OpportunityFilter, OpportunityOrder, order_key
from matcher.store.protocol import Store
from matcher.store.records import StoredOpportunity

_KEPT_FACETS = 64
_KEPT_ORDERS = 8
_OPEN = (OpportunityStatus.POSTED, OpportunityStatus.FORECASTED)


@dataclass(frozen=True)
class CatalogueState:
    """The catalogue at one generation: every stored opportunity, by identifier."""

    generation: int
    stored: dict[str, StoredOpportunity]

    def effective_date(self, today: date, minimum_open: int) -> date:
        """Return the day that matches are ranked for when nobody names one, worked out once for each day."""
        asked = (today, minimum_open)
        if asked not in self._effective_dates:
            self._effective_dates[asked] = effective_date(self.opportunities, today, minimum_open)
        return self._effective_dates[asked]

    def facets(self, wanted: OpportunityFilter, as_of: date) -> tuple[FacetChoices, ...]:
        """Return how the catalogue divides under some conditions, as `facet_choices` does; the latest are kept."""
        return self._facets(wanted, as_of)

    def candidates(
        self, order: OpportunityOrder | None, as_of: date, relevances: Mapping[str, float] | None = None
    ) -> list[StoredOpportunity]:
        """Return what is to be chosen from, by `order`, else by relevance, else by identifier.

        Args:
            order: What to sort by; the whole catalogue is sorted once for all that is chosen from it on a day.
            as_of: The day.
            relevances: Where something was searched for: what was found, most relevant first; all else is left out.
        """
        if relevances is None:
            return self._in_order(order, as_of)
        if order is None:
            return [self.stored[name] for name in relevances if name in self.stored]
        return [one for one in self._in_order(order, as_of) if one.opportunity.opportunity_id in relevances]

    @cached_property
    def _in_order(self) -> Callable[[OpportunityOrder | None, date], list[StoredOpportunity]]:
        return lru_cache(maxsize=_KEPT_ORDERS)(self._sorted)

    def _sorted(self, order: OpportunityOrder | None, as_of: date) -> list[StoredOpportunity]:
        entries = self.stored.values()
        return list(entries) if order is None else sorted(entries, key=order_key(order, as_of))

    @cached_property
    def _facets(self) -> Callable[[OpportunityFilter, date], tuple[FacetChoices, ...]]:
        return lru_cache(maxsize=_KEPT_FACETS)(partial(facet_choices, self.stored))

    @cached_property
    def _effective_dates(self) -> dict[tuple[date, int], date]:
        return {}

    @cached_property
    def opportunities(self) -> list[Opportunity]:
        """The opportunities, by identifier."""
        return [entry.opportunity for entry in self.stored.values()]


class CatalogueReader:
    """Hands out the stored catalogue, and the encoded one, from memory; safe from any thread."""

    def __init__(self, store: Store, scorer: Scorer) -> None:
        self._store = store
        self.scorer = scorer
        """The scorer that the encoded catalogue is for."""
        self._lock = threading.Lock()
        self._encoding_lock = threading.Lock()
        self._state: CatalogueState | None = None
        self._encoded: tuple[int, Catalogue] | None = None

    def state(self) -> CatalogueState:
        """Return the stored opportunities as they are now."""
        with self._lock:
            return self._fresh_state()

    def encoded(self) -> tuple[CatalogueState, Catalogue]:
        """Return the stored opportunities and the same ones encoded, in the same order."""
        # a lock of its own: who only reads must not wait for an encoding
        with self._encoding_lock:
            state = self.state()
            if self._encoded is None or self._encoded[0] != state.generation:
                before = self._encoded[1] if self._encoded else None
                self._encoded = (state.generation, self.scorer.catalogue(state.opportunities, before))
            return state, self._encoded[1]

    def _fresh_state(self) -> CatalogueState:
        # the counter is read before the rows: a change in between makes the next read come back
        generation = self._store.opportunities.generation()
        if self._state is None or self._state.generation != generation:
            self._state = CatalogueState(generation, self._read(self._state.stored if self._state else {}))
        return self._state

    def _read(self, known: dict[str, StoredOpportunity]) -> dict[str, StoredOpportunity]:
        """Return what is stored; only what changed is read, and an opportunity that did not stays the same object."""
        if not known:
            return {entry.opportunity.opportunity_id: entry for entry in self._store.opportunities.all()}
        versions = self._store.opportunities.versions()
        kept = {
            name: known[name]
            for name, version in versions.items()
            if name in known and version == _version(known[name])
        }
        read = self._store.opportunities.some(versions.keys() - kept.keys())
        fresh = {name: _with_known(entry, known.get(name)) for name, entry in read.items()}
        return {name: kept.get(name) or fresh[name] for name in versions if name in kept or name in fresh}


def _version(entry: StoredOpportunity) -> tuple[int, datetime | None]:
    return entry.revision, entry.vanished_at


def _with_known(entry: StoredOpportunity, known: StoredOpportunity | None) -> StoredOpportunity:
    if known is None or known.content_hash != entry.content_hash:
        return entry
    return replace(entry, opportunity=known.opportunity)


def effective_date(opportunities: list[Opportunity], today: date, minimum_open: int) -> date:
    """Return the day that matches are ranked for when the caller names none.

    That is today, unless fewer than `minimum_open` opportunities are open today and more were on the catalogue's own
    date: the latest day, not after today, on which one of its notices was posted.
    """
    posted = [
        day
        for opportunity in opportunities
        for key_date in opportunity.key_dates
        if key_date.name == "post" and (day := key_date.day.as_date()) is not None and day <= today
    ]
    if not posted or _open_count(opportunities, today) >= minimum_open:
        return today
    catalogue_date = max(posted)
    return catalogue_date if _open_count(opportunities, catalogue_date) > _open_count(opportunities, today) else today


def _open_count(opportunities: list[Opportunity], as_of: date) -> int:
    return sum(opportunity.status_on(as_of) in _OPEN for opportunity in opportunities)
