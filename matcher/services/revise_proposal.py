"""Put a new text in the place of a kept proposal; its identifier, its subscriptions and its past stay."""

from matcher.domain.proposal import Proposal
from matcher.services.rescore import Rescorer
from matcher.store.protocol import Store
from matcher.store.records import Saved


def revise_proposal(store: Store, rescorer: Rescorer, proposal_id: str, proposal: Proposal) -> Saved:
    """Keep `proposal` as the new revision of a stored one and score that; equal content changes nothing.

    Raises:
        NotFound: No proposal is stored under `proposal_id`.
    """
    store.proposals.get(proposal_id)
    saved = store.proposals.save(proposal, proposal_id)
    rescorer.score_proposal(saved.identifier)
    return saved
