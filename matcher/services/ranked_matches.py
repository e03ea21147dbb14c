"""The stored matches of one proposal, ranked as of a day, and why those that are shown are where they are."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from datetime import date

from matcher.domain.match import MatchHead
from matcher.services.catalogue import CatalogueReader
from matcher.services.explanations import Turn, explained
from matcher.services.preferences import Preferences, preferences
from matcher.services.ranking import RankedMatch, Ranking, rank
from matcher.store.protocol import Store
from matcher.store.records import StoredOpportunity


def ranked_matches(store: Store, catalogue: CatalogueReader, proposal_id: str, as_of: date) -> Ranking[MatchHead]:
    """Return the matches of a stored proposal, with what its organization said of them and of others like them.

    They come without their reasons, which `with_reasons` adds to those that are shown.

    Raises:
        NotFound: No such proposal is stored.
    """
    heads = store.matches.heads(proposal_id)
    if not heads:
        store.proposals.get(proposal_id)  # tells an unknown proposal from one that nothing fits
    opportunities = catalogue.state().stored
    own = store if store.organization_id else store.for_organization(store.proposals.get(proposal_id).organization_id)
    return ranked_heads(heads, opportunities, as_of, preferences(own, opportunities, proposal_id))


def ranked_heads(
    heads: Iterable[MatchHead], stored: Mapping[str, StoredOpportunity], as_of: date, told: Preferences
) -> Ranking[MatchHead]:
    """Return matches of one proposal ranked; those of opportunities that are gone are left out."""
    present = ((stored[head.opportunity_id].opportunity, head) for head in heads if head.opportunity_id in stored)
    return rank(present, as_of, told)


def with_reasons(
    store: Store,
    catalogue: CatalogueReader,
    proposal_id: str,
    shown: Sequence[RankedMatch[MatchHead]],
    turn: Turn = nullcontext,
) -> tuple[RankedMatch, ...]:
    """Return some matches of a ranking with their reasons; one that is gone meanwhile is left out.

    `turn` is taken where the encoder may be needed for it.
    """
    names = [ranked.opportunity.opportunity_id for ranked in shown]
    matches = explained(store, catalogue, proposal_id, names, turn)
    return tuple(ranked.with_match(matches[name]) for ranked, name in zip(shown, names, strict=True) if name in matches)
