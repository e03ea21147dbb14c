"""A re-scoring cut into blocks, on which any process that sees the store can work, whichever and in whatever order.

A block names rows and holds nothing else, so it is small to send. What comes of it follows from the rows alone, and
whatever is written is guarded by their revisions: a block that is worked on twice, or half and then again, leaves what
one undisturbed pass leaves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Protocol, TypeVar

import numpy as np

from matcher.domain.opportunity import Opportunity
from matcher.domain.vocabulary import OVER
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.queries import Query
from matcher.scoring.scorer import Fits, Scorer
from matcher.scoring.terms import TermWeights
from matcher.services.catalogue import CatalogueReader
from matcher.store.protocol import Store
from matcher.store.records import KeptQuery, ScoredPair, StoredOpportunity, StoredProposal, UnmatchedPair

_BATCH = 512
"""Pairs written in one transaction: many, for each waits for the disk, and few, for others wait for it."""

Pair = TypeVar("Pair", ScoredPair, UnmatchedPair)

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
    """What the scoring of one proposal came to.

    `pairs` were scored; `matches` are at or above the floor, `unmatched` below it although a match is stored. `query`
    is what the proposal was compared by, where that was not kept yet.
    """

    pairs: int
    matches: tuple[ScoredPair, ...]
    unmatched: tuple[UnmatchedPair, ...]
    query: KeptQuery | None


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
        """Yield what comes of each proposal of a block that is still stored.

        All are compared in one matrix product. Those whose queries are kept are read only where a notice fits, and cut
        into passages nowhere.
        """
        names = [identifier for identifier, _ in block.proposals]
        opportunities, catalogue = self._side(block.against)
        known = self._store.queries.load(names, self._scorer.fingerprint)
        read = self._store.proposals.some(name for name in names if name not in known)
        made = {name: self._made(one) for name, one in read.items()}
        queries = known | made
        fits = self._fits(queries, catalogue)
        read |= self._store.proposals.some(name for name in known if (fits[name].opportunities >= self._floor).any())
        standing = self._store.matches.standing(names, None if block.against is None else list(opportunities))
        for name, query in queries.items():
            own, stored = _Compared(query, fits[name], standing.get(name, set())), read.get(name)
            if stored is not None and stored.revision != query.revision:  # revised since its query was loaded
                query = self._made(stored)
                own = replace(own, query=query, fits=self._fits({name: query}, catalogue)[name])
            matches = tuple(self._matches(own, stored, opportunities, catalogue)) if stored else ()
            fallen = tuple(self._fallen(own, opportunities, catalogue))
            yield Outcome(len(opportunities), matches, fallen, made.get(name))

    def _fits(self, queries: Mapping[str, KeptQuery], catalogue: Catalogue) -> dict[str, Fits]:
        """Return the fits of each proposal with every opportunity of a catalogue."""
        if not queries:
            return {}
        return dict(zip(queries, self._scorer.fits_of_many(compared(queries.values()), catalogue), strict=True))

    def _made(self, stored: StoredProposal) -> KeptQuery:
        """Encode all texts of a proposal, those for its quotes too, and return what it is compared by."""
        query = self._scorer.encode_proposal(stored.proposal).query
        return KeptQuery(
            stored.proposal_id,
            stored.revision,
            self._scorer.fingerprint,
            query.vectors.astype(np.float16),  # as they come from the cache of vectors, so nothing is lost
            query.terms.buckets,
            query.terms.weights,
        )

    def _side(self, against: Revisions | None) -> tuple[Mapping[str, StoredOpportunity], Catalogue]:
        """Return the other side of a block; of what changed, the latest is kept for the blocks that follow."""
        if against is None:
            state, catalogue = self._catalogue.encoded()
            return state.stored, catalogue
        if self._part is None or self._part[0] != against:
            stored = self._store.opportunities.some(identifier for identifier, _ in against)
            self._part = (against, stored, self._scorer.catalogue([one.opportunity for one in stored.values()]))
        return self._part[1:]

    def _matches(
        self,
        own: "_Compared",
        stored: StoredProposal,
        opportunities: Mapping[str, StoredOpportunity],
        catalogue: Catalogue,
    ) -> Iterator[ScoredPair]:
        """Yield the pairs at or above the floor, without what explains them."""
        entries, profile = list(opportunities.values()), stored.proposal.profile
        for position in np.flatnonzero(own.fits.opportunities >= self._floor).tolist():
            match = self._scorer.match(profile, catalogue, position, own.fits)
            yield ScoredPair(own.query.proposal_id, own.query.revision, entries[position].revision, match)

    def _fallen(
        self, own: "_Compared", opportunities: Mapping[str, StoredOpportunity], catalogue: Catalogue
    ) -> Iterator[UnmatchedPair]:
        """Yield the pairs below the floor that have a match still; of all others there is nothing to discard."""
        query, fits = own.query, own.fits.opportunities
        for name in sorted(own.standing & opportunities.keys()):
            if fits[catalogue.positions[name]] < self._floor:
                revision = opportunities[name].revision
                yield UnmatchedPair(query.proposal_id, query.revision, name, revision, query.fingerprint)


@dataclass(frozen=True, slots=True)
class _Compared:
    """A proposal that was compared with opportunities, and those of them with which it has a match now."""

    query: KeptQuery
    fits: Fits
    standing: Set[str]


def compared(queries: Iterable[KeptQuery]) -> list[Query]:
    """Return what is kept of proposals as the scorer compares it."""
    return [Query(one.vectors.astype(np.float32), TermWeights(one.buckets, one.weights)) for one in queries]


def keep(store: Store, outcomes: Iterable[Outcome]) -> Kept:
    """Write what came of some proposals, many pairs in each transaction; what is out of date by now is not written."""
    kept = Kept()
    for portion in _portions(outcomes):
        store.queries.save(outcome.query for outcome in portion if outcome.query is not None)
        written = sum(map(store.matches.write_many, _batches(chain.from_iterable(one.matches for one in portion))))
        for unmatched in _batches(chain.from_iterable(one.unmatched for one in portion)):
            store.matches.discard_many(unmatched)
        kept += Kept(sum(outcome.pairs for outcome in portion), written)
    return kept


def _portions(outcomes: Iterable[Outcome]) -> Iterator[list[Outcome]]:
    """Yield outcomes together until they fill a transaction; one that is larger stands alone or last."""
    portion: list[Outcome] = []
    pairs = 0
    for outcome in outcomes:
        portion.append(outcome)
        pairs += len(outcome.matches) + len(outcome.unmatched)
        if pairs >= _BATCH:
            yield portion
            portion, pairs = [], 0
    if portion:
        yield portion


def _batches(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    remaining = iter(pairs)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


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
        """Score block by block; what comes of a block is written before the next one is scored."""
        for block in blocks:
            yield block, keep(self._store, self._scorer.score(block))
