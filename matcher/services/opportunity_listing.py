"""The part of the catalogue that is asked for, in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matcher.services.opportunity_filter import OpportunityFilter, OpportunityOrder, order_key
from matcher.store.records import StoredOpportunity


@dataclass(frozen=True, slots=True)
class OpportunityListing:
    """The opportunities that were asked for; `silent` counts those left out because their notice does not say."""

    opportunities: tuple[StoredOpportunity, ...]
    silent: int


def select_opportunities(
    stored: Mapping[str, StoredOpportunity],
    wanted: OpportunityFilter,
    as_of: date,
    order: OpportunityOrder | None = None,
    relevances: Mapping[str, float] | None = None,
) -> OpportunityListing:
    """Return the opportunities that are wanted on the day, by `order`, else by relevance, else by identifier.

    Args:
        stored: The catalogue, by identifier.
        wanted: The conditions.
        as_of: The day.
        order: What to sort by.
        relevances: Where something was searched for: what was found, most relevant first; all else is left out.
    """
    names = stored if relevances is None else [name for name in relevances if name in stored]
    kept, silent = [], 0
    for name in names:
        judgement = wanted.judge(stored[name], as_of)
        silent += judgement is None
        if judgement:
            kept.append(stored[name])
    if order is not None:
        kept.sort(key=order_key(order, as_of))
    return OpportunityListing(tuple(kept), silent)
