"""Matches in the order and the groups in which a person reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from matcher.domain.match import Band, Counterfactual, Match, band
from matcher.domain.opportunity import KeyDate, Opportunity
from matcher.domain.vocabulary import OpportunityStatus, Verdict


@dataclass(frozen=True)
class RankedMatch:
    """A match beside its opportunity, as it stands on one day.

    `counterfactuals` is what would change the match most; None where nobody worked that out.
    """

    opportunity: Opportunity
    match: Match
    as_of: date
    counterfactuals: tuple[Counterfactual, ...] | None = None

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
        close = self.close_date
        day = close.day.as_date() if close else None
        return (day - self.as_of).days if day is not None and day >= self.as_of else None

    @property
    def is_closed(self) -> bool:
        """Whether the time to apply is known to be over."""
        return self.status in (OpportunityStatus.CLOSED, OpportunityStatus.ARCHIVED)

    @property
    def is_ineligible(self) -> bool:
        """Whether this applicant is known to be shut out."""
        return self.match.eligibility.verdict is Verdict.INELIGIBLE


@dataclass(frozen=True, slots=True)
class Ranking:
    """The matches of one proposal as of one day, each group best fit first.

    `ranked` can still be applied for, as far as is known; `closed` is over; `ineligible` is open but shuts this
    applicant out. Nothing is dropped.
    """

    as_of: date
    ranked: tuple[RankedMatch, ...]
    closed: tuple[RankedMatch, ...]
    ineligible: tuple[RankedMatch, ...]

    @property
    def everything(self) -> tuple[RankedMatch, ...]:
        """All groups together, best fit first."""
        return _by_fit((*self.ranked, *self.closed, *self.ineligible))

    @property
    def nothing_fits(self) -> bool:
        """Whether no match of any group is more than weak."""
        groups = (self.ranked, self.closed, self.ineligible)
        return all(band(ranked.match.fit) is Band.WEAK for group in groups for ranked in group)


def rank(pairs: Iterable[tuple[Opportunity, Match]], as_of: date) -> Ranking:
    """Sort matches into their groups as of one day; fit alone decides the order, ties go by identifier."""
    matches = _by_fit(RankedMatch(opportunity, match, as_of) for opportunity, match in pairs)
    return Ranking(
        as_of=as_of,
        ranked=tuple(match for match in matches if not match.is_closed and not match.is_ineligible),
        closed=tuple(match for match in matches if match.is_closed),
        ineligible=tuple(match for match in matches if match.is_ineligible and not match.is_closed),
    )


def _by_fit(matches: Iterable[RankedMatch]) -> tuple[RankedMatch, ...]:
    return tuple(sorted(matches, key=lambda ranked: (-ranked.match.fit, ranked.opportunity.opportunity_id)))
