"""The kept proposals as a list that a person reads: what each is, whether it is read, and how much fits it."""

from dataclasses import dataclass
from datetime import date, datetime

from matcher.domain.match import Band, band
from matcher.services.catalogue import CatalogueReader
from matcher.services.ranked_matches import ranked_matches
from matcher.store.protocol import Store


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


def proposal_list(store: Store, catalogue: CatalogueReader, as_of: date) -> list[ProposalSummary]:
    """Return the proposals of the organization of `store`, the one that came or changed last first."""
    stale = dict(store.proposals.stale(catalogue.scorer.fingerprint))
    found = []
    for stored in store.proposals.all():
        ranking = ranked_matches(store, catalogue, stored.proposal_id, as_of, with_weak=False)
        bands = [band(match.match.fit) for match in ranking.ranked]
        found.append(
            ProposalSummary(
                proposal_id=stored.proposal_id,
                title=stored.proposal.title,
                organization=stored.proposal.organization,
                source=stored.proposal.source,
                created_at=stored.created_at,
                changed_at=stored.changed_at,
                is_scored=stored.proposal_id not in stale,
                strong=bands.count(Band.STRONG),
                possible=bands.count(Band.POSSIBLE),
            )
        )
    return sorted(found, key=lambda one: one.changed_at, reverse=True)
