"""Which of the notices that a reader was told of have changed since, and what that did to their matches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matcher.domain.amendment import FieldChange, differences
from matcher.domain.match import BareMatch
from matcher.domain.vocabulary import Verdict
from matcher.store.mail_records import Mailed
from matcher.store.protocol import Store
from matcher.store.records import MatchChange, StoredOpportunity

_OF_NO_INTEREST = ("text", "description", "reading", "source_codes", "source_url", "agency_code")
"""Fields whose changes alone are not worth a reader's time; if they moved the match, its effect is told."""

_VERDICTS = {Verdict.ELIGIBLE: "you can apply", Verdict.INELIGIBLE: "you cannot apply", Verdict.UNKNOWN: "unclear"}
_TOO_LOW = "too low to show"


@dataclass(frozen=True, slots=True)
class Amended:
    """What changed in a notice since the reader was told of it, and the effect on the match in words (may be "").

    `match` is the present one, None if it is below the floor now.
    """

    changes: tuple[FieldChange, ...]
    effect: str
    match: BareMatch | None


class AmendmentReader:
    """Reads the revisions of notices, each pair of them once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._differences: dict[tuple[str, int, int], tuple[FieldChange, ...]] = {}

    def moved(
        self, proposal_id: str, mailed: Mapping[str, Mailed], stored: Mapping[str, StoredOpportunity]
    ) -> dict[str, Amended]:
        """Return the mailed notices that have changed in a way that the reader must know.

        Args:
            proposal_id: Whose matches.
            mailed: What was shown; a notice whose revision then is not known is passed over.
            stored: The catalogue.
        """
        later = {
            name: shown.revision
            for name, shown in mailed.items()
            if shown.revision is not None and name in stored and stored[name].revision > shown.revision
        }
        if not later:
            return {}
        history = self._store.matches.changes(proposal_id=proposal_id)
        matches = {one.match.opportunity_id: one.match for one in self._store.matches.among(proposal_id, later)}
        found = {}
        for name, revision in later.items():
            changes, match = self._since(name, revision, stored[name].revision), matches.get(name)
            effect = _effect(_before(history, name, revision), match)
            if effect or any(change.field not in _OF_NO_INTEREST for change in changes):
                found[name] = Amended(changes, effect, match)
        return found

    def _since(self, name: str, before: int, after: int) -> tuple[FieldChange, ...]:
        key = (name, before, after)
        if key not in self._differences:
            revisions = {one.revision: one.opportunity for one in self._store.opportunities.revisions(name)}
            is_kept = before in revisions and after in revisions
            self._differences[key] = differences(revisions[before], revisions[after]) if is_kept else ()
        return self._differences[key]


def _before(history: Iterable[MatchChange], name: str, revision: int) -> MatchChange | None:
    """Return the first change of the match after the revision that was shown."""
    later = [one for one in history if one.opportunity_id == name and one.opportunity_revision > revision]
    return min(later, key=lambda one: one.opportunity_revision, default=None)


def _effect(first: MatchChange | None, match: BareMatch | None) -> str:
    """Return what became of the match in words; empty where nothing that is shown moved."""
    if first is None:
        return ""
    was, now = _shown(first.previous_fit), _shown(None if match is None else match.fit)
    parts = [f"your fit {was} → {now}"] if was != now else []
    verdict_was = None if first.previous_eligibility is None else first.previous_eligibility.verdict
    verdict_now = None if match is None else match.eligibility.verdict
    if verdict_was is not None and verdict_now is not None and verdict_was is not verdict_now:
        parts.append(f"eligibility: {_VERDICTS[verdict_was]} → {_VERDICTS[verdict_now]}")
    return "; ".join(parts)


def _shown(fit: float | None) -> str:
    return _TOO_LOW if fit is None else f"{fit:.2f}"
