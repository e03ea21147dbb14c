"""The stored matches of one proposal, ranked as of a day; reads only, and never loads a model."""

from datetime import date

from matcher.services.catalogue import CatalogueReader
from matcher.services.preferences import preferences
from matcher.services.ranking import Ranking, rank
from matcher.store.protocol import Store


def ranked_matches(store: Store, catalogue: CatalogueReader, proposal_id: str, as_of: date) -> Ranking:
    """Return the matches of a stored proposal, with what its organization said of them and of others like them.

    Raises:
        NotFound: No such proposal is stored.
    """
    stored_matches = store.matches.for_proposal(proposal_id)
    if not stored_matches:
        store.proposals.get(proposal_id)  # tells an unknown proposal from one that nothing fits
    opportunities = catalogue.state().stored
    own = store if store.organization_id else store.for_organization(store.proposals.get(proposal_id).organization_id)
    return rank(
        (
            (opportunities[stored.match.opportunity_id].opportunity, stored.match)
            for stored in stored_matches
            if stored.match.opportunity_id in opportunities
        ),
        as_of,
        preferences(own, opportunities, proposal_id),
    )
