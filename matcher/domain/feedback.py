"""What an organization told of its matches, and what it does not want to see again."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from matcher.domain.opportunity import Opportunity


class FeedbackKind(StrEnum):
    """What somebody says of one match."""

    RELEVANT = "relevant"
    NOT_FOR_US = "not_for_us"
    APPLIED = "applied"
    AWARDED = "awarded"

    @property
    def is_welcome(self) -> bool:
        """Whether more of the kind is wanted."""
        return self is not FeedbackKind.NOT_FOR_US


@dataclass(frozen=True, slots=True)
class Feedback:
    """What was last said of the match of a proposal with an opportunity."""

    proposal_id: str
    opportunity_id: str
    kind: FeedbackKind
    at: datetime


class MuteKind(StrEnum):
    """What a mute is about."""

    OPPORTUNITY = "opportunity"
    """One notice, by its identifier."""
    AGENCY = "agency"
    """Everything of a funder, by its code or its whole name."""
    CATEGORY = "category"
    """Everything of a funding category."""


@dataclass(frozen=True, slots=True)
class Mute:
    """What an organization does not want to see; it holds for all its proposals until it is lifted."""

    mute_id: str
    kind: MuteKind
    value: str
    at: datetime

    def covers(self, opportunity: Opportunity) -> bool:
        """Whether `opportunity` is one of those that are meant."""
        if self.kind is MuteKind.OPPORTUNITY:
            return self.means(opportunity.opportunity_id)
        if self.kind is MuteKind.AGENCY:
            own = (opportunity.agency_code, opportunity.agency_name)
            return any(name is not None and self.means(name) for name in own)
        return any(self.means(category) for category in opportunity.funding_categories)

    def means(self, name: str) -> bool:
        """Whether `name` is what is muted: an identifier as it is, any other in whatever letter case and spacing."""
        if self.kind is MuteKind.OPPORTUNITY:
            return name == self.value
        return " ".join(name.split()).casefold() == " ".join(self.value.split()).casefold()
