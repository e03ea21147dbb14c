"""What a page shows of one match in a list: the card, with everything in it worked out."""

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.domain.feasibility import Feasibility, feasibility
from matcher.domain.match import EligibilityReason, Evidence
from matcher.domain.wording import closing_words, eligibility_words, unaddressed
from matcher.scoring.eligibility.award import AWARD_RANGE, AWARD_TIER
from matcher.services.confidence import Confidence, confidence
from matcher.services.nudges import Nudge
from matcher.services.ranking import RankedMatch
from matcher.web.pages.pictures.heat import heat_strip
from matcher.web.pages.pictures.picture import Picture

_AWARD_RULES = (AWARD_TIER, AWARD_RANGE)


@dataclass(frozen=True)
class MatchCard:
    """One match beside everything that a page says of it."""

    ranked: RankedMatch
    confidence: Confidence
    feasibility: Feasibility

    @property
    def opportunity_id(self) -> str:
        """The identifier of the opportunity."""
        return self.ranked.opportunity.opportunity_id

    @property
    def eligibility(self) -> str:
        """The verdict with its first reason."""
        return eligibility_words(self.ranked.match.eligibility)

    @property
    def closes(self) -> str:
        """The deadline in words, with the days left."""
        return closing_words(self.ranked.opportunity, self.ranked.as_of)

    @property
    def request(self) -> EligibilityReason | None:
        """How the amount requested stands to the award; None if the proposal names none or the notice no range."""
        reasons = self.ranked.match.eligibility.reasons
        found = (reason for rule in _AWARD_RULES for reason in reasons if reason.rule == rule)
        return next(found, None)

    @property
    def evidence(self) -> Evidence | None:
        """The most telling pair of quotes."""
        return self.ranked.match.best_evidence

    @property
    def strip(self) -> Picture:
        """The priorities as a strip of cells."""
        return heat_strip(self.ranked.match.priorities)

    @property
    def missing(self) -> tuple[str, ...]:
        """What the proposal says nothing to."""
        return unaddressed(self.ranked.match)

    @property
    def set_aside(self) -> str | None:
        """Why the match does not stand in the ranking, as a clause; None if it does."""
        if self.ranked.muted_because is not None:
            return self.ranked.muted_because
        if self.ranked.is_closed:
            return "the time to apply is over"
        return "you cannot apply" if self.ranked.is_ineligible else None

    @property
    def nudged(self) -> str | None:
        """How others that were spoken of move the place of this one, in words."""
        return None if self.ranked.nudge is None else _nudge_words(self.ranked.nudge)


def match_card(ranked: RankedMatch, *, is_calibrated: bool) -> MatchCard:
    """Return the card of one match."""
    return MatchCard(
        ranked,
        confidence(ranked.match, ranked.opportunity, is_calibrated=is_calibrated),
        feasibility(ranked.opportunity, ranked.as_of),
    )


def match_cards(matches: Iterable[RankedMatch], *, is_calibrated: bool) -> list[MatchCard]:
    """Return the cards of some matches, in their order."""
    return [match_card(ranked, is_calibrated=is_calibrated) for ranked in matches]


def _nudge_words(nudge: Nudge) -> str:
    moved = "up" if nudge.amount > 0 else "down"
    return f"moved {moved} a little by what you said of others: {', '.join(reason.value for reason in nudge.reasons)}"
