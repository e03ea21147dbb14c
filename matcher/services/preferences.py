"""What one organization told of its matches, as it bears on a ranking."""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.domain.feedback import Feedback, FeedbackKind
from matcher.domain.opportunity import Opportunity
from matcher.services.muting import Muting
from matcher.services.nudges import Nudge, Nudges
from matcher.store.protocol import Store
from matcher.store.records import StoredOpportunity


@dataclass(frozen=True, slots=True)
class Preferences:
    """What an organization said of the matches of one proposal, and what it mutes and welcomes in general."""

    proposal_id: str | None
    said: Mapping[str, FeedbackKind]
    muting: Muting
    nudges: Nudges

    @property
    def is_telling(self) -> bool:
        """Whether the organization said anything that moves or mutes a match."""
        return bool(self.nudges or self.muting.mutes or self.muting.refused)

    def feedback(self, opportunity: Opportunity) -> FeedbackKind | None:
        """Return what was said of the match with `opportunity`."""
        return self.said.get(opportunity.opportunity_id)

    def muted_because(self, opportunity: Opportunity) -> str | None:
        """Return why `opportunity` is not to be seen; None if nothing speaks against it."""
        return self.muting.because(opportunity, self.proposal_id)

    def nudge(self, opportunity: Opportunity) -> Nudge | None:
        """Return how the place of `opportunity` in the order is moved."""
        return self.nudges.of(opportunity)


def preferences(store: Store, stored: Mapping[str, StoredOpportunity], proposal_id: str | None = None) -> Preferences:
    """Return the preferences of the organization of `store`, for one proposal or for one that is not stored."""
    feedback: list[Feedback] = store.feedback.all()
    rated = {said.opportunity_id for said in feedback}
    return Preferences(
        proposal_id=proposal_id,
        said={said.opportunity_id: said.kind for said in feedback if said.proposal_id == proposal_id},
        muting=Muting.of(store.mutes.all(), feedback),
        nudges=Nudges(feedback, {name: stored[name].opportunity for name in rated if name in stored}),
    )
