"""The kept proposals as a list that a person reads: what each is, whether it is read, and how much fits it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from matcher.domain.match import Band, band
from matcher.services.catalogue import CatalogueReader
from matcher.services.preferences import Sayings, sayings
from matcher.services.ranked_matches import ranked_heads
from matcher.store.protocol import Store
from matcher.store.records import StoredProposal


@dataclass(frozen=True, slots=True)
class ProposalSummary:
    """One proposal: `strong` and `possible` count the matches in these bands that its ranking shows."""

    proposal_id: str
    title: str
    organization: str | None
    source: str | None
    created_at: datetime
    changed_at: datetime
    is_scored: bool
    strong: int
    possible: int


def proposal_list(
    store: Store, catalogue: CatalogueReader, as_of: date, offset: int, limit: int
) -> tuple[list[ProposalSummary], int]:
    """Return some proposals of the organization of `store`, the one that came or changed last first, and their number.

    What a ranking shows is counted without the weak matches, which are most of them.
    """
    found, total = store.proposals.page(offset, limit)
    stale = dict(store.proposals.stale(catalogue.scorer.fingerprint)) if found else {}
    opportunities = catalogue.state().stored

    @cache
    def told_by(organization_id: str) -> Sayings:
        return sayings(store.for_organization(organization_id), opportunities)

    def summary(stored: StoredProposal) -> ProposalSummary:
        heads = [head for head in store.matches.heads(stored.proposal_id) if band(head.fit) is not Band.WEAK]
        told = told_by(stored.organization_id).on(stored.proposal_id)
        bands = Counter(band(one.match.fit) for one in ranked_heads(heads, opportunities, as_of, told).ranked)
        return ProposalSummary(
            proposal_id=stored.proposal_id,
            title=stored.proposal.title,
            organization=stored.proposal.organization,
            source=stored.proposal.source,
            created_at=stored.created_at,
            changed_at=stored.changed_at,
            is_scored=stored.proposal_id not in stale,
            strong=bands[Band.STRONG],
            possible=bands[Band.POSSIBLE],
        )

    return [summary(stored) for stored in found], total
