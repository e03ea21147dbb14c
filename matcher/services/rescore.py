"""Keeps matches fresh: finds the rows that were last scored as something else, and scores them against the other side.

Why a row is out of date makes no difference: new or amended notice, edited proposal, other model, interrupted run. The
order of steps makes several workers safe: first the marks of one side are read, then the other side; a match is written
only while both revisions still hold, and a mark is set only if the revision has not moved.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import islice

from matcher.domain.opportunity import Opportunity
from matcher.domain.vocabulary import OVER
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.scorer import Scorer
from matcher.services.catalogue import CatalogueReader
from matcher.services.progress import Progress, silent
from matcher.store.protocol import Store
from matcher.store.records import Mark, ScoredPair, StoredOpportunity, StoredProposal, UnmatchedPair

_BATCH = 64
"""Pairs written in one transaction."""
_EMBEDDED_AT_ONCE = 64
"""Opportunities whose texts go through the encoder together; an interruption costs no more than these."""


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
        self._scorer = scorer
        self._catalogue = catalogue
        self._floor = floor

    def rescore(self, *, embedding: Progress = silent, progress: Progress = silent) -> RescoreReport:
        """Score all stale rows on both sides; of what is not stale, nothing is encoded and no pair is scored.

        Args:
            embedding: Shows the opportunities that are encoded.
            progress: Shows the proposals that are scored.
        """
        fingerprint = self._scorer.fingerprint
        stale_opportunities = dict(self._store.opportunities.stale(fingerprint))
        stale_proposals = dict(self._store.proposals.stale(fingerprint))
        report = RescoreReport(len(stale_proposals), len(stale_opportunities))
        if not stale_opportunities and not stale_proposals:
            return report
        changed = self._store.opportunities.some(stale_opportunities)
        report.embedded = self._embed(changed.values(), embedding)
        proposals = self._store.proposals.all()
        if proposals:
            self._score_all(proposals, stale_proposals, changed, report, progress)
        self._store.proposals.mark_all_scored(stale_proposals, fingerprint)
        self._store.opportunities.mark_all_scored(stale_opportunities, fingerprint)
        return report

    def score_proposal(self, proposal_id: str) -> RescoreReport:
        """Score one proposal against the whole catalogue, as the answer to its upload.

        Raises:
            NotFound: No such proposal is stored.
        """
        stored = self._store.proposals.get(proposal_id)
        state, catalogue = self._catalogue.encoded()
        report = RescoreReport(proposals=1)
        self._score(stored, state.stored, catalogue, None, report)
        self._store.proposals.mark_scored(proposal_id, Mark(stored.revision, self._scorer.fingerprint))
        return report

    def _embed(self, stored: Iterable[StoredOpportunity], progress: Progress) -> int:
        """Encode what one can still apply for, so that no proposal has to wait for it; return how many there are."""
        today = datetime.now(UTC).date()
        current = [one.opportunity for one in stored if one.vanished_at is None]
        current = [opportunity for opportunity in current if opportunity.status_on(today) not in OVER]
        remaining: Iterator[Opportunity] = iter(progress(current))
        while block := list(islice(remaining, _EMBEDDED_AT_ONCE)):
            self._scorer.embed(block)
        return len(current)

    def _score_all(
        self,
        proposals: Iterable[StoredProposal],
        stale: Container[str],
        changed: Mapping[str, StoredOpportunity],
        report: RescoreReport,
        progress: Progress,
    ) -> None:
        """Score stale proposals against the whole catalogue, and the others against what changed in it."""
        if stale:
            state, catalogue = self._catalogue.encoded()
            opportunities: Mapping[str, StoredOpportunity] = state.stored
        else:  # the rest of the catalogue, which may be large, takes no part
            opportunities = changed
            catalogue = self._scorer.catalogue([stored.opportunity for stored in changed.values()])
        for stored in progress(proposals):
            only = None if stored.proposal_id in stale else changed.keys()
            if only is None or only:
                self._score(stored, opportunities, catalogue, only, report)

    def _score(
        self,
        stored: StoredProposal,
        opportunities: Mapping[str, StoredOpportunity],
        catalogue: Catalogue,
        only: Iterable[str] | None,
        report: RescoreReport,
    ) -> None:
        """Score one proposal against the opportunities `only` (None: all) and write what comes out."""
        chosen = None if only is None else set(only)
        encoded = self._scorer.encode_proposal(stored.proposal)
        fits = self._scorer.fits(encoded, catalogue)
        kept, dropped = [], []
        for position, (identifier, opportunity) in enumerate(opportunities.items()):
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
