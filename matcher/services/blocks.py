"""A re-scoring cut into blocks, on which any process that sees the store can work, whichever and in whatever order.

A block names rows and holds nothing else, so it is small to send. What comes of it follows from the rows alone, and
whatever is written is guarded by their revisions: a block that is worked on twice, or half and then again, leaves what
one undisturbed pass leaves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

import numpy as np

from matcher.domain.opportunity import Opportunity
from matcher.domain.vocabulary import OVER
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.queries import Query
from matcher.scoring.scorer import EncodedProposal, Fits, Scorer
from matcher.scoring.terms import TermWeights
from matcher.services.catalogue import CatalogueReader
from matcher.store.protocol import Store
from matcher.store.records import KeptQuery, ScoredPair, StoredOpportunity, StoredProposal, UnmatchedPair

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

        All are compared in one matrix product. Of those whose queries are kept, the text is read only where a match is
        to be explained.
        """
        names = [identifier for identifier, _ in block.proposals]
        opportunities, catalogue = self._side(block.against)
        known = self._store.queries.load(names, self._scorer.fingerprint)
        read = self._read(name for name in names if name not in known)
        made = {name: self._made(one) for name, one in read.items()}
        queries = known | made
        fits = self._fits(queries, catalogue)
        read |= self._read(name for name in known if (fits[name].opportunities >= self._floor).any())
        standing = self._store.matches.standing(names, None if block.against is None else list(opportunities))
        for name, query in queries.items():
            own, text = _Compared(query, fits[name], standing.get(name, set())), read.get(name)
            if text is not None and text.stored.revision != query.revision:  # revised since its query was loaded
                own = replace(own, query=self._made(text), fits=self._scorer.fits(text.encoded, catalogue))
            matches = tuple(self._matches(own, text, opportunities, catalogue)) if text else ()
            fallen = tuple(self._fallen(own, opportunities, catalogue))
            yield Outcome(len(opportunities), matches, fallen, made.get(name))

    def _fits(self, queries: Mapping[str, KeptQuery], catalogue: Catalogue) -> dict[str, Fits]:
        """Return the fits of each proposal with every opportunity of a catalogue."""
        if not queries:
            return {}
        compared = [
            Query(one.vectors.astype(np.float32), TermWeights(one.buckets, one.weights)) for one in queries.values()
        ]
        return dict(zip(queries, self._scorer.fits_of_many(compared, catalogue), strict=True))

    def _read(self, names: Iterable[str]) -> dict[str, "_Read"]:
        """Return those of some proposals that are still stored, encoded for scoring and quoting."""
        stored = self._store.proposals.some(names)
        return {name: _Read(one, self._scorer.encode_proposal(one.proposal)) for name, one in stored.items()}

    def _made(self, one: "_Read") -> KeptQuery:
        query = one.encoded.query
        return KeptQuery(
            one.stored.proposal_id,
            one.stored.revision,
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
        read: "_Read",
        opportunities: Mapping[str, StoredOpportunity],
        catalogue: Catalogue,
    ) -> Iterator[ScoredPair]:
        """Yield the pairs at or above the floor, explained."""
        entries = list(opportunities.values())
        for position in np.flatnonzero(own.fits.opportunities >= self._floor).tolist():
            match = self._scorer.explain(read.encoded, catalogue, position, own.fits)
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
class _Read:
    """A proposal that was read, ready to be scored and quoted."""

    stored: StoredProposal
    encoded: EncodedProposal


@dataclass(frozen=True, slots=True)
class _Compared:
    """A proposal that was compared with opportunities, and those of them with which it has a match now."""

    query: KeptQuery
    fits: Fits
    standing: Set[str]


def keep(store: Store, outcome: Outcome) -> Kept:
    """Write what came of one proposal, a few pairs in each transaction; what is out of date by now is not written."""
    matches, unmatched = outcome.matches, outcome.unmatched
    if outcome.query is not None:
        store.queries.save([outcome.query])
    written = sum(store.matches.write_many(matches[start : start + _BATCH]) for start in range(0, len(matches), _BATCH))
    for start in range(0, len(unmatched), _BATCH):
        store.matches.discard_many(unmatched[start : start + _BATCH])
    return Kept(outcome.pairs, written)


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
        """Score block by block; each proposal is written before the next is explained."""
        for block in blocks:
            yield block, sum((keep(self._store, outcome) for outcome in self._scorer.score(block)), Kept())
