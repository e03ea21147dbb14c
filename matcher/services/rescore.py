"""Keeps matches fresh: finds the rows that were last scored as something else, and scores them against the other side.

Why a row is out of date makes no difference: new or amended notice, edited proposal, other model, interrupted run. The
order of steps makes several workers safe: first the marks of one side are read, then the other side; a match is written
only while both revisions still hold, and a mark is set only if the revision has not moved.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from matcher.scoring.scorer import Scorer
from matcher.services.blocks import Alone, Block, BlockScorer, Crew, Portion, Revisions
from matcher.services.catalogue import CatalogueReader
from matcher.services.progress import Counted, Progress, silent
from matcher.store.protocol import Store

_EMBEDDED_AT_ONCE = 64
"""Opportunities whose texts go through the encoder together; an interruption costs no more than these."""
_SCORED_AT_ONCE = 32
"""Proposals of a block."""


@dataclass(slots=True)
class RescoreReport:
    """What a re-scoring did: how many proposals and opportunities were out of date, and what came of it.

    `embedded` counts the opportunities among them that one can still apply for, whose texts were encoded ahead unless
    they had been before; `matches` those pairs that were kept, at or above the floor.
    """

    proposals: int = 0
    opportunities: int = 0
    embedded: int = 0
    pairs: int = 0
    matches: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """The same as named counts."""
        return asdict(self)


class Rescorer:
    """Brings all stored matches up to date.

    Args:
        store: Where proposals, opportunities and matches are kept.
        scorer: The one scorer of the house.
        catalogue: The catalogue in memory.
        floor: Pairs with a lower fit are not kept.
    """

    def __init__(self, store: Store, scorer: Scorer, catalogue: CatalogueReader, floor: float) -> None:
        self._store = store
        self._fingerprint = scorer.fingerprint
        self._alone = Alone(store, BlockScorer(store, scorer, catalogue, floor))

    def rescore(
        self, crew: Crew | None = None, *, embedding: Progress = silent, progress: Progress = silent
    ) -> RescoreReport:
        """Score all stale rows on both sides; of what is not stale, nothing is encoded and no pair is scored.

        Stale proposals are scored against the whole catalogue, the others against what changed in it. A proposal is
        marked as soon as its block is done, so an interrupted run of many goes on where it ended.

        Args:
            crew: Who does the work; None does it here.
            embedding: Shows the identifiers of opportunities as they are encoded.
            progress: Shows the identifiers of proposals as they are scored.
        """
        opportunities = tuple(self._store.opportunities.stale(self._fingerprint))
        stale = tuple(self._store.proposals.stale(self._fingerprint))
        report = RescoreReport(len(stale), len(opportunities))
        if not opportunities and not stale:
            return report
        working = crew or self._alone
        every = self._store.proposals.ids_and_revisions()
        portions = _portions(opportunities, are_over_too=bool(every))
        _exhaust(embedding(Counted(_embedded(working, portions, report), len(opportunities))))
        fresh = _without(every, stale) if opportunities else ()
        blocks = [*_blocks(stale, None), *_blocks(fresh, opportunities)]
        _exhaust(progress(Counted(self._scored(working, blocks, report), len(stale) + len(fresh))))
        self._store.opportunities.mark_all_scored(dict(opportunities), self._fingerprint)
        return report

    def score_proposal(self, proposal_id: str) -> RescoreReport:
        """Score one proposal against the whole catalogue, as the answer to its upload.

        Raises:
            NotFound: No such proposal is stored.
        """
        revision = self._store.proposals.get(proposal_id).revision
        report = RescoreReport(proposals=1)
        _exhaust(self._scored(self._alone, _blocks(((proposal_id, revision),), None), report))
        return report

    def _scored(self, crew: Crew, blocks: list[Block], report: RescoreReport) -> Iterator[str]:
        """Yield each proposal once it is scored, and marked if that was against the whole catalogue."""
        for block, kept in crew.score(blocks):
            report.pairs += kept.pairs
            report.matches += kept.matches
            if block.against is None:
                self._store.proposals.mark_all_scored(dict(block.proposals), self._fingerprint)
            yield from (identifier for identifier, _ in block.proposals)


def _embedded(crew: Crew, portions: list[Portion], report: RescoreReport) -> Iterator[str]:
    """Yield each opportunity once its texts are encoded."""
    for portion, current in crew.embed(portions):
        report.embedded += current
        yield from portion.opportunities


def _without(rows: Mapping[str, int], others: Revisions) -> Revisions:
    left_out = {identifier for identifier, _ in others}
    return tuple((identifier, revision) for identifier, revision in rows.items() if identifier not in left_out)


def _portions(opportunities: Revisions, *, are_over_too: bool) -> list[Portion]:
    identifiers = [identifier for identifier, _ in opportunities]
    starts = range(0, len(identifiers), _EMBEDDED_AT_ONCE)
    return [Portion(tuple(identifiers[start : start + _EMBEDDED_AT_ONCE]), are_over_too) for start in starts]


def _blocks(proposals: Revisions, against: Revisions | None) -> list[Block]:
    starts = range(0, len(proposals), _SCORED_AT_ONCE)
    return [Block(proposals[start : start + _SCORED_AT_ONCE], against) for start in starts]


def _exhaust(items: Iterable[object]) -> None:
    """Take every item, for what happens on the way."""
    for _ in items:
        pass
