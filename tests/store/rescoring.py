"""A small scorer that uses the store as the real one does, with pauses where the real one computes.

The fit of a pair follows from the numbers in the two texts, so a test can tell a stale match by its fit. About a third
of the pairs fall below the floor.
"""

from collections.abc import Callable
from random import Random
from time import sleep

from matcher.store.protocol import Store
from matcher.store.records import Mark, ScoredPair, StoredOpportunity, StoredProposal, UnmatchedPair

from .contract.builders import FINGERPRINT, match, opportunity, proposal

FLOOR = 0.3

Write = Callable[[Store, StoredProposal, StoredOpportunity, float], None]
Pause = Callable[[], None]


def random_pause(seed: int, longest_seconds: float) -> Pause:
    random = Random(seed)  # noqa: S311 - for timing, not for secrets
    return lambda: sleep(random.random() * longest_seconds)


def no_pause() -> None:
    """Go on at once."""


def edit(store: Store, number: int, which: int = 0) -> None:
    """Give one side of the pairs a new content: the opportunity for even numbers, the proposal for odd ones."""
    if number % 2:
        store.proposals.save(proposal(str(number)), f"proposal-{which}")
    else:
        store.opportunities.save(opportunity(f"opportunity-{which}", str(number)), "edited")


def fit_of(proposal_text: str, opportunity_text: str) -> float:
    return (int(proposal_text) * 37 + int(opportunity_text) * 53) % 101 / 100


def guarded(store: Store, one: StoredProposal, other: StoredOpportunity, fit: float) -> None:
    """Write or discard the pair as the store intends it."""
    opportunity_id = other.opportunity.opportunity_id
    if fit < FLOOR:
        store.matches.discard_many([UnmatchedPair(one.proposal_id, one.revision, opportunity_id, other.revision)])
    else:
        pair = ScoredPair(one.proposal_id, one.revision, other.revision, match(opportunity_id, fit))
        store.matches.write_many([pair])


def rescore(store: Store, write: Write, pause: Pause) -> None:
    """Score every stale row against everything on the other side, then mark it."""
    for opportunity_id, _ in store.opportunities.stale(FINGERPRINT):
        stale_opportunity = store.opportunities.get(opportunity_id)
        for one in store.proposals.all():
            _score(store, one, stale_opportunity, write, pause)
        store.opportunities.mark_scored(opportunity_id, Mark(stale_opportunity.revision, FINGERPRINT))
    for proposal_id, _ in store.proposals.stale(FINGERPRINT):
        stale_proposal = store.proposals.get(proposal_id)
        for other in store.opportunities.all():
            _score(store, stale_proposal, other, write, pause)
        store.proposals.mark_scored(proposal_id, Mark(stale_proposal.revision, FINGERPRINT))


def rescore_until_fresh(store: Store, write: Write) -> None:
    while store.opportunities.stale(FINGERPRINT) or store.proposals.stale(FINGERPRINT):
        rescore(store, write, no_pause)


def wrong_pairs(store: Store) -> list[str]:
    """Return the pairs whose stored match is not that of the present texts, in words."""
    wrong = []
    for one in store.proposals.all():
        stored = {found.match.opportunity_id: found.match.fit for found in store.matches.for_proposal(one.proposal_id)}
        for other in store.opportunities.all():
            fit = fit_of(one.proposal.text, other.opportunity.text)
            expected = fit if fit >= FLOOR else None
            found = stored.get(other.opportunity.opportunity_id)
            if found != expected:
                wrong.append(f"{one.proposal_id} and {other.opportunity.opportunity_id}: {found}, not {expected}")
    return wrong


def _score(store: Store, one: StoredProposal, other: StoredOpportunity, write: Write, pause: Pause) -> None:
    fit = fit_of(one.proposal.text, other.opportunity.text)
    pause()
    write(store, one, other, fit)
    pause()
