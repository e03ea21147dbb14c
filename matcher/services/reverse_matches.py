"""Which proposals fit one opportunity; reads only, and never loads a model."""

from dataclasses import dataclass

from matcher.domain.feedback import FeedbackKind
from matcher.domain.match import BareMatch
from matcher.domain.proposal import Proposal
from matcher.errors import NotFound
from matcher.store.protocol import Store


@dataclass(frozen=True, slots=True)
class ReverseMatch:
    """One proposal that fits the opportunity, and what its organization said of the match."""

    proposal_id: str
    proposal: Proposal
    match: BareMatch
    feedback: FeedbackKind | None


def reverse_matches(store: Store, opportunity_id: str, minimum_fit: float = 0.0) -> list[ReverseMatch]:
    """Return the stored proposals that fit, best fit first; of the organization of `store`, or of all."""
    said = {one.proposal_id: one.kind for one in store.feedback.all() if one.opportunity_id == opportunity_id}
    found = []
    for stored in store.matches.for_opportunity(opportunity_id):
        if stored.match.fit < minimum_fit:
            break  # the rest fits less
        try:
            proposal = store.proposals.get(stored.proposal_id).proposal
        except NotFound:  # deleted since the matches were read
            continue
        found.append(ReverseMatch(stored.proposal_id, proposal, stored.match, said.get(stored.proposal_id)))
    return found
