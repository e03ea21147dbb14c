"""How far the reading of a proposal is; told from rows alone, so that any process can tell, and a crash loses nothing.

A proposal is kept first. Then its texts are encoded, a few at a time, and each vector is kept as soon as it is there;
then it is compared with the catalogue and marked. Whoever finds it without its mark goes on where the vectors end.
"""

from dataclasses import dataclass
from functools import lru_cache

from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import Proposal
from matcher.embedding.cached import CachedEncoder
from matcher.scoring.scorer import Scorer
from matcher.services.rescore import Rescorer, RescoreReport
from matcher.store.protocol import Store

_SCORED_AT_ONCE = 400
"""Texts of both sides; a proposal of thirty pages has about as many."""
_AT_ONCE = 16
"""Texts that are encoded before the next step can be seen."""

# who watches asks every second, and to cut a long proposal takes longer than that
_texts_of = lru_cache(maxsize=16)(Scorer.texts_of)


@dataclass(frozen=True, slots=True)
class Reading:
    """How many texts a proposal has, how many of them are encoded, and whether its matches are up to date."""

    texts: int
    encoded: int
    is_scored: bool


def reading_of(store: Store, scorer: Scorer, encoder: CachedEncoder, proposal_id: str) -> Reading:
    """Return how far the reading of a stored proposal is.

    Raises:
        NotFound: No such proposal is stored.
    """
    proposal = store.proposals.get(proposal_id).proposal
    texts = _texts_of(proposal)
    return Reading(len(texts), encoder.known_count(texts), is_scored(store, scorer, proposal_id))


def is_scored(store: Store, scorer: Scorer, proposal_id: str) -> bool:
    """Whether a stored proposal was scored as it is now, by the scorer of now."""
    return proposal_id not in dict(store.proposals.stale(scorer.fingerprint))


def is_scored_at_once(scorer: Scorer, encoder: CachedEncoder, proposal: Proposal, opportunity: Opportunity) -> bool:
    """Whether a pair can be scored anew while a reader waits: from kept vectors alone, and of a usual length."""
    texts = {*_texts_of(proposal), *scorer.texts_of_opportunity(opportunity)}
    return len(texts) <= _SCORED_AT_ONCE and encoder.known_count(sorted(texts)) == len(texts)


def read_and_score(
    store: Store, scorer: Scorer, encoder: CachedEncoder, rescorer: Rescorer, proposal_id: str
) -> RescoreReport:
    """Encode what is not encoded yet of a stored proposal, a few texts at a time, and score it.

    Raises:
        NotFound: No such proposal is stored.
    """
    texts = _texts_of(store.proposals.get(proposal_id).proposal)
    for start in range(0, len(texts), _AT_ONCE):
        encoder.encode(texts[start : start + _AT_ONCE])
    return rescorer.score_proposal(proposal_id)
