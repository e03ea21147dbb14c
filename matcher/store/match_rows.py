"""A match as a row, and back."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from matcher.domain.match import BareMatch, EligibilityFinding, Match, PriorityFit
from matcher.store.codec import JsonCodec
from matcher.store.records import ScoredPair, StoredMatch
from matcher.store.timestamps import utc_now

FINDINGS = JsonCodec(EligibilityFinding)
PRIORITIES = JsonCodec(tuple[PriorityFit, ...])
_KEPT_DOCUMENTS = 4096
"""Decoded documents of each kind in memory, some 20 kB each at the most."""


def keys_of(pair: ScoredPair) -> dict[str, Any]:
    """Return the parameters that say which match is meant, and at which revisions of both sides."""
    return keys(pair.proposal_id, pair.proposal_revision, pair.match.opportunity_id, pair.opportunity_revision)


def keys(proposal_id: str, proposal_revision: int, opportunity_id: str, opportunity_revision: int) -> dict[str, Any]:
    """Return the same of a pair that is no match."""
    return {
        "the_proposal_id": proposal_id,
        "the_proposal_revision": proposal_revision,
        "the_opportunity_id": opportunity_id,
        "the_opportunity_revision": opportunity_revision,
    }


def values_of(pair: ScoredPair) -> dict[str, Any]:
    """Return the parameters of the statement that writes a match.

    Raises:
        ValueError: The fit lies outside 0 to 1.
    """
    match = pair.match
    if not 0 <= match.fit <= 1:
        named = f"proposal {pair.proposal_id} and opportunity {match.opportunity_id}"
        raise ValueError(f"a fit lies in 0 to 1; that of {named} is {match.fit}")
    return {
        **keys_of(pair),
        "the_fit": match.fit,
        "the_verdict": match.verdict.value,
        "the_fingerprint": match.fingerprint,
        "the_time": utc_now(),
        "the_eligibility": FINDINGS.to_json(match.eligibility),
        "the_priorities": PRIORITIES.to_json(match.priorities) if isinstance(match, Match) else None,
    }


def bare_match(row: Row[Any]) -> BareMatch:
    """Return the match of a row, without what explains it."""
    return BareMatch(row.opportunity_id, row.fit, _finding(row.eligibility), row.fingerprint)


def known_match(row: Row[Any]) -> BareMatch:
    """Return the match of a row, with what explains it if that is kept."""
    if row.priorities is None:
        return bare_match(row)
    return Match(row.opportunity_id, row.fit, _finding(row.eligibility), row.fingerprint, _priorities(row.priorities))


def stored_match(row: Row[Any], match: BareMatch) -> StoredMatch:
    """Return a match with its place in time."""
    return StoredMatch(row.proposal_id, match, row.proposal_revision, row.opportunity_revision, row.scored_at)


# what is decoded is frozen, so one decoding serves every reader
_finding = lru_cache(maxsize=_KEPT_DOCUMENTS)(FINDINGS.from_json)
_priorities = lru_cache(maxsize=_KEPT_DOCUMENTS)(PRIORITIES.from_json)
