"""Put a new text in the place of a kept proposal; its identifier, its subscriptions and its past stay."""

from matcher.proposals.reader import read_proposal
from matcher.services.rescore import Rescorer
from matcher.store.protocol import Store
from matcher.store.records import Saved
from matcher.text.documents import Document


def revise_proposal(store: Store, rescorer: Rescorer, proposal_id: str, document: Document) -> Saved:
    """Read `document`, keep it as the new revision of a proposal and score that; equal content changes nothing.

    Raises:
        NotFound: No proposal is stored under `proposal_id`.
        DocumentRejected: The document is no proposal that can be read.
    """
    store.proposals.get(proposal_id)
    saved = store.proposals.save(read_proposal(document), proposal_id)
    rescorer.score_proposal(saved.identifier)
    return saved
