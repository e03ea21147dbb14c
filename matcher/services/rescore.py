"""Keeps matches fresh: finds the rows that were last scored as something else, and scores them against the other side.

Why a row is out of date makes no difference: new or amended notice, edited proposal, other model, interrupted run. The
order of steps makes several workers safe: first the marks of one side are read, then the other side; a match is written
only while both revisions still hold, and a mark is set only if the revision has not moved.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from matcher.scoring.catalogue import Catalogue
from matcher.scoring.scorer import Scorer
from matcher.services.catalogue import CatalogueReader, CatalogueState
from matcher.services.progress import Progress, silent
from matcher.store.protocol import Store
from matcher.store.records import Mark, ScoredPair, StoredProposal, UnmatchedPair

_BATCH = 64
"""Pairs written in one transaction."""


@dataclass(slots=True)
class RescoreReport:
    """What a re-scoring did; `matches` counts those kept at or above the floor."""

    proposals: int = 0
    opportunities: int = 0
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
        self._scorer = scorer
        self._catalogue = catalogue
        self._floor = floor

    def rescore(self, *, progress: Progress = silent) -> RescoreReport:
        """Score all stale rows on both sides."""
        fingerprint = self._scorer.fingerprint
        stale_opportunities = dict(self._store.opportunities.stale(fingerprint))
        stale_proposals = dict(self._store.proposals.stale(fingerprint))
        if not stale_opportunities and not stale_proposals:
            return RescoreReport()
        state, catalogue = self._catalogue.encoded()
        report = RescoreReport(len(stale_proposals), len(stale_opportunities))
        stored_proposals = self._store.proposals.all()
        for stored in progress(stored_proposals):
            only = None if stored.proposal_id in stale_proposals else stale_opportunities.keys()
            if only is None or only:
                self._score(stored, state, catalogue, only, report)
        for identifier, revision in stale_proposals.items():
            self._store.proposals.mark_scored(identifier, Mark(revision, fingerprint))
        for identifier, revision in stale_opportunities.items():
            self._store.opportunities.mark_scored(identifier, Mark(revision, fingerprint))
        return report

    def score_proposal(self, proposal_id: str) -> RescoreReport:
        """Score one proposal against the whole catalogue, as the answer to its upload.

        Raises:
            NotFound: No such proposal is stored.
        """
        stored = self._store.proposals.get(proposal_id)
        state, catalogue = self._catalogue.encoded()
        report = RescoreReport(proposals=1)
        self._score(stored, state, catalogue, None, report)
        self._store.proposals.mark_scored(proposal_id, Mark(stored.revision, self._scorer.fingerprint))
        return report

    def _score(
        self,
        stored: StoredProposal,
        state: CatalogueState,
        catalogue: Catalogue,
        only: Iterable[str] | None,
        report: RescoreReport,
    ) -> None:
        """Score one proposal against the opportunities `only` (None: all) and write what comes out."""
        chosen = None if only is None else set(only)
        encoded = self._scorer.encode_proposal(stored.proposal)
        fits = self._scorer.fits(encoded, catalogue)
        kept, dropped = [], []
        for position, (identifier, opportunity) in enumerate(state.stored.items()):
            if chosen is not None and identifier not in chosen:
                continue
            report.pairs += 1
            if fits.opportunities[position] < self._floor:
                pair = (stored.proposal_id, stored.revision, identifier, opportunity.revision)
                dropped.append(UnmatchedPair(*pair, fingerprint=self._scorer.fingerprint))
            else:
                match = self._scorer.explain(encoded, catalogue, position, fits)
                kept.append(ScoredPair(stored.proposal_id, stored.revision, opportunity.revision, match))
        for start in range(0, len(kept), _BATCH):
            report.matches += self._store.matches.write_many(kept[start : start + _BATCH])
        for start in range(0, len(dropped), _BATCH):
            self._store.matches.discard_many(dropped[start : start + _BATCH])
