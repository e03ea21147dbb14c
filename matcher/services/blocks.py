"""A re-scoring cut into blocks, on which any process that sees the store can work, whichever and in whatever order.

A block names rows and holds nothing else, so it is small to send. What comes of it follows from the rows alone, and
whatever is written is guarded by their revisions: a block that is worked on twice, or half and then again, leaves what
one undisturbed pass leaves.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from matcher.domain.opportunity import Opportunity
from matcher.domain.vocabulary import OVER
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.scorer import Scorer
from matcher.services.catalogue import CatalogueReader
from matcher.store.protocol import Store
from matcher.store.records import ScoredPair, StoredOpportunity, StoredProposal, UnmatchedPair

_BATCH = 64
"""Pairs written in one transaction."""

Revisions = tuple[tuple[str, int], ...]
"""Rows by identifier, each with the revision that it was found at."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Opportunities whose texts are encoded together; those that are over take part only if `are_over_too`."""

    opportunities: tuple[str, ...]
    are_over_too: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Proposals that are scored together: against the opportunities `against`, or the whole catalogue if it is None."""

    proposals: Revisions
    against: Revisions | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the scoring of some pairs came to: those at or above the floor, and those below."""

    matches: tuple[ScoredPair, ...]
    unmatched: tuple[UnmatchedPair, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """How many pairs were scored, and how many matches of them are stored now."""

    pairs: int = 0
    matches: int = 0

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(self.pairs + other.pairs, self.matches + other.matches)


class Crew(Protocol):
    """Who works on blocks: this process alone, or many on several machines."""

    def embed(self, portions: Sequence[Portion]) -> Iterator[tuple[Portion, int]]:
        """Yield each portion once its vectors are kept, with how many opportunities of it one can still apply for."""
        ...

    def score(self, blocks: Sequence[Block]) -> Iterator[tuple[Block, Kept]]:
        """Yield each block once all that came of it is stored, in any order."""
        ...


class BlockScorer:
    """Works on one block after another.

    Args:
        store: Where proposals and opportunities are read.
        scorer: The one scorer of the house.
        catalogue: The catalogue in memory.
        floor: Pairs with a lower fit are not kept.
    """

    def __init__(self, store: Store, scorer: Scorer, catalogue: CatalogueReader, floor: float) -> None:
        self._store = store
        self._scorer = scorer
        self._catalogue = catalogue
        self._floor = floor
        self._part: tuple[Revisions, Mapping[str, StoredOpportunity], Catalogue] | None = None

    def embed(self, portion: Portion) -> int:
        """Encode the texts of a portion, so that no proposal has to wait for it; return how many are not over."""
        found = self._store.opportunities.some(portion.opportunities)
        today = datetime.now(UTC).date()
        current = [
            one.opportunity
            for one in found.values()
            if one.vanished_at is None and one.opportunity.status_on(today) not in OVER
        ]
        meant: list[Opportunity] = [one.opportunity for one in found.values()] if portion.are_over_too else current
        self._scorer.embed(meant)
        return len(current)

    def score(self, block: Block) -> Iterator[Outcome]:
        """Yield what comes of each proposal of a block that is still stored."""
        opportunities, catalogue = self._side(block.against)
        for stored in self._store.proposals.some(identifier for identifier, _ in block.proposals).values():
            yield self._outcome(stored, opportunities, catalogue)

    def _side(self, against: Revisions | None) -> tuple[Mapping[str, StoredOpportunity], Catalogue]:
        """Return the other side of a block; of what changed, the latest is kept for the blocks that follow."""
        if against is None:
            state, catalogue = self._catalogue.encoded()
            return state.stored, catalogue
        if self._part is None or self._part[0] != against:
            stored = self._store.opportunities.some(identifier for identifier, _ in against)
            self._part = (against, stored, self._scorer.catalogue([one.opportunity for one in stored.values()]))
        return self._part[1:]

    def _outcome(
        self, stored: StoredProposal, opportunities: Mapping[str, StoredOpportunity], catalogue: Catalogue
    ) -> Outcome:
        encoded = self._scorer.encode_proposal(stored.proposal)
        fits = self._scorer.fits(encoded, catalogue)
        matches, unmatched = [], []
        for position, (identifier, opportunity) in enumerate(opportunities.items()):
            if fits.opportunities[position] < self._floor:
                pair = (stored.proposal_id, stored.revision, identifier, opportunity.revision)
                unmatched.append(UnmatchedPair(*pair, fingerprint=self._scorer.fingerprint))
            else:
                match = self._scorer.explain(encoded, catalogue, position, fits)
                matches.append(ScoredPair(stored.proposal_id, stored.revision, opportunity.revision, match))
        return Outcome(tuple(matches), tuple(unmatched))


def keep(store: Store, outcome: Outcome) -> Kept:
    """Write what came of some pairs, a few in each transaction; what is out of date by now is not written."""
    matches, unmatched = outcome.matches, outcome.unmatched
    written = sum(store.matches.write_many(matches[start : start + _BATCH]) for start in range(0, len(matches), _BATCH))
    for start in range(0, len(unmatched), _BATCH):
        store.matches.discard_many(unmatched[start : start + _BATCH])
    return Kept(len(matches) + len(unmatched), written)


class Alone:
    """A crew of one: this process, one block after another."""

    def __init__(self, store: Store, scorer: BlockScorer) -> None:
        self._store = store
        self._scorer = scorer

    def embed(self, portions: Sequence[Portion]) -> Iterator[tuple[Portion, int]]:
        """Encode portion by portion."""
        for portion in portions:
            yield portion, self._scorer.embed(portion)

    def score(self, blocks: Sequence[Block]) -> Iterator[tuple[Block, Kept]]:
        """Score block by block; each proposal is written before the next is scored."""
        for block in blocks:
            yield block, sum((keep(self._store, outcome) for outcome in self._scorer.score(block)), Kept())
