"""Keep a proposal, and score it against the whole catalogue at once or later."""

from matcher.domain.proposal import Proposal
from matcher.services.rescore import Rescorer
from matcher.store.protocol import Store
from matcher.store.records import Saved


def submit_proposal(store: Store, rescorer: Rescorer, proposal: Proposal, *, replaces: bool = True) -> Saved:
    """Store and score `proposal`.

    If it `replaces`, one from a file of the same name takes the place of the proposal that this brought before, so that
    a folder can be submitted again; if not, it is a proposal of its own, whatever the name of its file.

    It belongs to the organization of `store`.
    """
    earlier = store.proposals.from_source(proposal.source) if replaces and proposal.source else None
    saved = store.proposals.save(proposal, earlier)
    rescorer.score_proposal(saved.identifier)
    return saved


def keep_proposal(store: Store, proposal: Proposal) -> Saved:
    """Store `proposal` as one of its own; it is out of date until somebody scores it."""
    return store.proposals.save(proposal)
