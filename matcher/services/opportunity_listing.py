"""The part of the catalogue that is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from matcher.services.opportunity_filter import OpportunityFilter
from matcher.store.records import StoredOpportunity


@dataclass(frozen=True, slots=True)
class OpportunityListing:
    """The opportunities that were asked for; `silent` counts those left out because their notice does not say."""

    opportunities: tuple[StoredOpportunity, ...]
    silent: int


def select_opportunities(
    candidates: Iterable[StoredOpportunity], wanted: OpportunityFilter, as_of: date
) -> OpportunityListing:
    """Return the candidates that are wanted on the day, in their order (`CatalogueState.candidates` gives one)."""
    conditions = wanted.on(as_of)
    kept, silent = [], 0
    for stored in candidates:
        judgement = conditions.judge(stored)
        silent += judgement is None
        if judgement:
            kept.append(stored)
    return OpportunityListing(tuple(kept), silent)
