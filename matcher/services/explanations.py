"""Why matches are as they are: in the words of both texts, worked out when somebody first asks, and kept.

Of the pairs that a bulk re-scoring stores few are ever opened, and to read and cut two texts takes far longer than to
score them. A pair is explained by the scorer that scored it, from the same vectors, so it makes no difference when.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext

from matcher.domain.match import Match
from matcher.errors import RetryLater
from matcher.scoring.catalogue import Catalogue
from matcher.services.catalogue import CatalogueReader
from matcher.services.match_documents import Matching
from matcher.store.protocol import Store
from matcher.store.records import ScoredPair, StoredMatch, StoredOpportunity, StoredProposal

Turn = Callable[[], AbstractContextManager[object]]
"""Waits until the caller may use the encoder, and holds it."""

_log = logging.getLogger(__name__)


def explained(
    store: Store,
    catalogue: CatalogueReader,
    proposal_id: str,
    opportunity_ids: Collection[str],
    turn: Turn = nullcontext,
) -> dict[str, Match]:
    """Return the matches of one proposal with some opportunities, by opportunity; those that are gone are left out.

    One that was not explained before either side was revised, or by another scorer, is told as the pair is now.

    Args:
        store: Where the proposal and its matches are.
        catalogue: The catalogue in memory.
        proposal_id: Whose matches.
        opportunity_ids: With which opportunities.
        turn: Taken where texts may have to be encoded: after a revision or a change of the model, until it is scored.
    """
    stored = store.matches.among(proposal_id, opportunity_ids)
    found = {one.match.opportunity_id: one.match for one in stored if isinstance(one.match, Match)}
    bare = [one for one in stored if one.match.opportunity_id not in found]
    if bare:
        proposal = store.proposals.get(proposal_id)
        with nullcontext() if _stand_as_scored(catalogue, proposal, bare) else turn():
            found |= _explained_now(store, catalogue, proposal, bare)
    return found


def _stand_as_scored(catalogue: CatalogueReader, proposal: StoredProposal, bare: Sequence[StoredMatch]) -> bool:
    """Whether nothing of some pairs has changed since they were scored, so that all of their texts are encoded."""
    stored, fingerprint = catalogue.state().stored, catalogue.scorer.fingerprint
    return all(
        (one.match.fingerprint, one.proposal_revision) == (fingerprint, proposal.revision)
        and (entry := stored.get(one.match.opportunity_id)) is not None
        and one.opportunity_revision == entry.revision
        for one in bare
    )


def _explained_now(
    store: Store, catalogue: CatalogueReader, proposal: StoredProposal, bare: Sequence[StoredMatch]
) -> dict[str, Match]:
    proposal_id = proposal.proposal_id
    meant, laid_out = _laid_out(catalogue, [one.match.opportunity_id for one in bare])
    matching = Matching(catalogue.scorer, proposal.proposal, laid_out)
    pairs = [
        ScoredPair(proposal_id, proposal.revision, one.revision, matching.match(name)) for name, one in meant.items()
    ]
    try:
        store.matches.explain_many(pairs)
    except RetryLater:  # whoever asks next works it out again
        _log.info("explanations not kept", extra={"proposal_id": proposal_id})
    return {match.opportunity_id: match for pair in pairs if isinstance(match := pair.match, Match)}


def _laid_out(catalogue: CatalogueReader, names: Sequence[str]) -> tuple[dict[str, StoredOpportunity], Catalogue]:
    """Return those of some opportunities that are stored, and a catalogue with them.

    That is the one in memory where they are most of it, as when all matches are asked for as a file; else they are laid
    out by themselves.
    """
    state = catalogue.state()
    if 2 * len(names) > len(state.stored):
        state, whole = catalogue.encoded()
        return {name: state.stored[name] for name in names if name in state.stored}, whole
    meant = {name: state.stored[name] for name in names if name in state.stored}
    return meant, catalogue.scorer.catalogue([one.opportunity for one in meant.values()])
