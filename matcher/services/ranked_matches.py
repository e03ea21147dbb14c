"""The stored matches of one proposal, ranked as of a day; reads only, and never loads a model."""

from collections.abc import Iterable, Sequence
from datetime import date

from matcher.domain.match import MatchHead
from matcher.services.catalogue import CatalogueReader
from matcher.services.preferences import preferences
from matcher.services.ranking import Judged, RankedMatch, Ranking, rank
from matcher.store.protocol import Store


def ranked_matches(store: Store, catalogue: CatalogueReader, proposal_id: str, as_of: date) -> Ranking:
    """Return the matches of a stored proposal, with what its organization said of them and of others like them.

    Raises:
        NotFound: No such proposal is stored.
    """
    found = (stored.match for stored in store.matches.for_proposal(proposal_id))
    return _ranked(store, catalogue, proposal_id, as_of, found)


def ranked_heads(store: Store, catalogue: CatalogueReader, proposal_id: str, as_of: date) -> Ranking[MatchHead]:
    """Return the same ranking without the reasons of the matches, which `with_reasons` adds to those that are shown.

    Raises:
        NotFound: No such proposal is stored.
    """
    return _ranked(store, catalogue, proposal_id, as_of, store.matches.heads(proposal_id))


def with_reasons(store: Store, proposal_id: str, shown: Sequence[RankedMatch[MatchHead]]) -> tuple[RankedMatch, ...]:
    """Return some matches of a ranking with their reasons; one that is gone meanwhile is left out."""
    names = [ranked.opportunity.opportunity_id for ranked in shown]
    matches = {stored.match.opportunity_id: stored.match for stored in store.matches.among(proposal_id, names)}
    pairs = zip(shown, map(matches.get, names), strict=True)
    return tuple(ranked.with_match(match) for ranked, match in pairs if match is not None)


def _ranked(
    store: Store, catalogue: CatalogueReader, proposal_id: str, as_of: date, found: Iterable[Judged]
) -> Ranking[Judged]:
    matches = list(found)
    if not matches:
        store.proposals.get(proposal_id)  # tells an unknown proposal from one that nothing fits
    opportunities = catalogue.state().stored
    own = store if store.organization_id else store.for_organization(store.proposals.get(proposal_id).organization_id)
    return rank(
        (
            (opportunities[match.opportunity_id].opportunity, match)
            for match in matches
            if match.opportunity_id in opportunities
        ),
        as_of,
        preferences(own, opportunities, proposal_id),
    )
