"""Matches in the order and the groups in which a person reads them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Generic

from typing_extensions import TypeVar

from matcher.domain.feedback import FeedbackKind
from matcher.domain.match import Band, Counterfactual, Match, MatchHead, band
from matcher.domain.opportunity import KeyDate, Opportunity
from matcher.domain.vocabulary import OVER, OpportunityStatus, Verdict
from matcher.services.nudges import Nudge
from matcher.services.preferences import Preferences

Judged = TypeVar("Judged", bound=Match | MatchHead, default=Match)
"""A match with its reasons, or as little of it as a place in a ranking takes."""


@dataclass(frozen=True)
class RankedMatch(Generic[Judged]):
    """A match beside its opportunity, as it stands on one day.

    `counterfactuals` is what would change the match most; None where nobody worked that out. `feedback` is what the
    organization said of it, `nudge` what others that it spoke of do to its place in the order, and `muted_because` why
    it is not to be seen.
    """

    opportunity: Opportunity
    match: Judged
    as_of: date
    counterfactuals: tuple[Counterfactual, ...] | None = None
    feedback: FeedbackKind | None = None
    nudge: Nudge | None = None
    muted_because: str | None = None

    @cached_property
    def status(self) -> OpportunityStatus:
        """Where the opportunity stands on the day."""
        return self.opportunity.status_on(self.as_of)

    @cached_property
    def close_date(self) -> KeyDate | None:
        """The deadline that counts on the day."""
        return self.opportunity.close_date(self.as_of)

    @property
    def days_left(self) -> int | None:
        """Days until the deadline; None if it is unknown or past."""
        day = self.opportunity.deadline(self.as_of)
        return (day - self.as_of).days if day is not None and day >= self.as_of else None

    @property
    def place(self) -> float:
        """What decides the place in the order: the fit, and the nudge if there is one."""
        return self.match.fit + (self.nudge.amount if self.nudge else 0.0)

    def with_match(self, match: Match) -> "RankedMatch":
        """Return the same place with the whole match; `counterfactuals` belong to whole matches, so there are none."""
        return RankedMatch(
            self.opportunity,
            match,
            self.as_of,
            feedback=self.feedback,
            nudge=self.nudge,
            muted_because=self.muted_because,
        )

    @property
    def is_closed(self) -> bool:
        """Whether the time to apply is known to be over."""
        return self.status in OVER

    @property
    def is_ineligible(self) -> bool:
        """Whether this applicant is known to be shut out."""
        return self.match.verdict is Verdict.INELIGIBLE


@dataclass(frozen=True, slots=True)
class Ranking(Generic[Judged]):
    """The matches of one proposal as of one day, each group best fit first, nudged by what the organization said.

    `ranked` can still be applied for, as far as is known; `closed` is over; `ineligible` is open but shuts this
    applicant out; `muted` is what the organization does not want to see, whatever else holds. Nothing is dropped.
    `best_fit` is the highest fit of all groups, 0 if they are empty.
    """

    as_of: date
    ranked: Sequence[RankedMatch[Judged]]
    closed: Sequence[RankedMatch[Judged]]
    ineligible: Sequence[RankedMatch[Judged]]
    muted: Sequence[RankedMatch[Judged]]
    best_fit: float

    @property
    def everything(self) -> tuple[RankedMatch[Judged], ...]:
        """All groups together, best fit first."""
        return _in_order((*self.ranked, *self.closed, *self.ineligible, *self.muted))

    @property
    def nothing_fits(self) -> bool:
        """Whether no match of any group is more than weak."""
        return band(self.best_fit) is Band.WEAK


def rank(
    pairs: Iterable[tuple[Opportunity, Judged]], as_of: date, preferences: Preferences | None = None
) -> Ranking[Judged]:
    """Sort matches into their groups as of one day; fit and nudge decide the order, ties go by identifier."""
    matches = _in_order(ranked_match(opportunity, match, as_of, preferences) for opportunity, match in pairs)
    shown = [match for match in matches if match.muted_because is None]
    return Ranking(
        as_of=as_of,
        ranked=tuple(match for match in shown if not match.is_closed and not match.is_ineligible),
        closed=tuple(match for match in shown if match.is_closed),
        ineligible=tuple(match for match in shown if match.is_ineligible and not match.is_closed),
        muted=tuple(match for match in matches if match.muted_because is not None),
        best_fit=max((match.match.fit for match in matches), default=0.0),
    )


def ranked_match(
    opportunity: Opportunity, match: Judged, as_of: date, preferences: Preferences | None
) -> RankedMatch[Judged]:
    """Return a match beside its opportunity, with what the organization said of it and of others like it."""
    if preferences is None:
        return RankedMatch(opportunity, match, as_of)
    return RankedMatch(
        opportunity,
        match,
        as_of,
        feedback=preferences.feedback(opportunity),
        nudge=preferences.nudge(opportunity),
        muted_because=preferences.muted_because(opportunity),
    )


def _in_order(matches: Iterable[RankedMatch[Judged]]) -> tuple[RankedMatch[Judged], ...]:
    return tuple(sorted(matches, key=lambda ranked: (-ranked.place, ranked.opportunity.opportunity_id)))
