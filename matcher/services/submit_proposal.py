"""Keep a proposal, and score it against the whole catalogue at once or later."""

from matcher.domain.proposal import Proposal
from matcher.services.rescore import Rescorer
from matcher.store.protocol import Store
from matcher.store.records import Saved


def submit_proposal(store: Store, rescorer: Rescorer, proposal: Proposal) -> Saved:
    """Store and score `proposal` for the organization of `store`.

    One from a file of the same name takes the place of the proposal that this brought before, so that a folder can be
    submitted again.
    """
    earlier = store.proposals.from_source(proposal.source) if proposal.source else None
    saved = store.proposals.save(proposal, earlier)
    rescorer.score_proposal(saved.identifier)
    return saved


def submit_as_new(store: Store, rescorer: Rescorer, proposal: Proposal, proposal_id: str | None = None) -> str:
    """Store and score `proposal` as one of its own, whatever the name of its file, and return its identifier.

    What is stored already under `proposal_id` stays as it is, and is scored: the submission was broken off before.
    Without one, it gets a new UUID.
    """
    if proposal_id is None or not store.proposals.some([proposal_id]):
        proposal_id = store.proposals.save(proposal, proposal_id).identifier
    rescorer.score_proposal(proposal_id)
    return proposal_id


def keep_proposal(store: Store, proposal: Proposal) -> Saved:
    """Store `proposal` as one of its own; it is out of date until somebody scores it."""
    return store.proposals.save(proposal)
