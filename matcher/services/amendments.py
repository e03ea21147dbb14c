"""Amendments: what a new revision of an opportunity changed, and what that did to every match of a stored proposal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from matcher.domain.amendment import FieldChange, differences
from matcher.domain.match import EligibilityFinding
from matcher.domain.vocabulary import Verdict
from matcher.domain.wording import eligibility_words
from matcher.store.protocol import Store
from matcher.store.records import MatchChange, OpportunityRevision

_BELOW_FLOOR = "too low to keep"
_VERDICTS = {Verdict.ELIGIBLE: "can apply", Verdict.INELIGIBLE: "cannot apply", Verdict.UNKNOWN: "unclear"}


@dataclass(frozen=True, slots=True)
class MatchEffect:
    """What an amendment did to the match of one proposal.

    A fit and a verdict are None where the pair is too weak to be kept as a match. Revisions that followed each other
    too fast to be scored one by one have one effect together: `changes` are all differences since `previous_revision`.
    """

    proposal_id: str
    previous_revision: int
    changes: tuple[FieldChange, ...]
    previous_fit: float | None
    fit: float | None
    previous_verdict: Verdict | None
    verdict: Verdict | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """One new revision of an opportunity: what it changed since the one before, and its effects.

    `source` names the document that the new content came from; no effect means that no match was moved by it, or that
    it was not scored yet.
    """

    opportunity_id: str
    title: str
    revision: int
    at: datetime
    source: str
    changes: tuple[FieldChange, ...]
    effects: tuple[MatchEffect, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """What changed, a sentence a field."""
        return tuple(change.sentence for change in self.changes)


def amendments(
    store: Store,
    *,
    opportunity_id: str | None = None,
    proposal_id: str | None = None,
    since: datetime | None = None,
) -> list[Amendment]:
    """Return amendments, latest first.

    Args:
        store: Where revisions and matches are.
        opportunity_id: Only those of one opportunity.
        proposal_id: Only those that moved the match of one proposal, and of the effects only its own.
        since: Only those since then; an amendment counts from the moment it was imported.
    """
    effects: dict[tuple[str, int], list[MatchChange]] = {}
    for change in store.matches.changes(proposal_id=proposal_id, opportunity_id=opportunity_id):
        effects.setdefault((change.opportunity_id, change.opportunity_revision), []).append(change)
    found = []
    for name in _amended(store, opportunity_id, list(effects) if proposal_id is not None else None, since):
        revisions = store.opportunities.revisions(name)
        for before, after in pairwise(revisions):
            of_this = effects.get((name, after.revision), [])
            is_wanted = (since is None or after.at >= since) and (proposal_id is None or of_this)
            if is_wanted:
                found.append(_amendment(revisions, before, after, of_this))
    return sorted(found, key=lambda one: (one.at, one.opportunity_id, one.revision), reverse=True)


def _amended(
    store: Store, opportunity_id: str | None, moved: list[tuple[str, int]] | None, since: datetime | None
) -> list[str]:
    """Return the opportunities whose revisions must be read."""
    if opportunity_id is not None:
        return [opportunity_id]
    if moved is not None:
        return sorted({name for name, _ in moved})
    return sorted({name for name, _ in store.opportunities.revised_since(since)})


def _amendment(
    revisions: Sequence[OpportunityRevision],
    before: OpportunityRevision,
    after: OpportunityRevision,
    moved: Iterable[MatchChange],
) -> Amendment:
    scored = {one.revision: one.opportunity for one in revisions}
    return Amendment(
        opportunity_id=after.opportunity.opportunity_id,
        title=after.opportunity.title,
        revision=after.revision,
        at=after.at,
        source=after.source,
        changes=differences(before.opportunity, after.opportunity),
        effects=tuple(
            _effect(change, differences(scored[change.previous_revision], after.opportunity))
            for change in sorted(moved, key=lambda change: change.proposal_id)
        ),
    )


def _effect(change: MatchChange, changes: tuple[FieldChange, ...]) -> MatchEffect:
    was, now = change.previous_eligibility, change.eligibility
    parts = [] if _shown(change.previous_fit) == _shown(change.fit) else [_fit_words(change)]
    if now is not None and now != was:
        parts += _eligibility_parts(was, now)
    return MatchEffect(
        proposal_id=change.proposal_id,
        previous_revision=change.previous_revision,
        changes=changes,
        previous_fit=change.previous_fit,
        fit=change.fit,
        previous_verdict=None if was is None else was.verdict,
        verdict=None if now is None else now.verdict,
        sentence="; ".join(parts),
    )


def _fit_words(change: MatchChange) -> str:
    return f"fit {_shown(change.previous_fit)} → {_shown(change.fit)}"


def _eligibility_parts(was: EligibilityFinding | None, now: EligibilityFinding) -> list[str]:
    if was is not None and was.verdict is now.verdict:
        return [f"eligibility is still “{_VERDICTS[now.verdict]}”, for other reasons: {eligibility_words(now)}"]
    before = "" if was is None else f"{_VERDICTS[was.verdict]} → "
    return [f"eligibility {before}{_VERDICTS[now.verdict]}: {eligibility_words(now)}"]


def _shown(fit: float | None) -> str:
    return _BELOW_FLOOR if fit is None else f"{fit:.2f}"
