"""What one organization told of its matches, as it bears on a ranking."""

from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Sayings:
    """What an organization said of all its matches, and what it mutes and welcomes in general."""

    feedback: Sequence[Feedback]
    muting: Muting
    nudges: Nudges

    def on(self, proposal_id: str | None) -> Preferences:
        """Return what bears on the matches of one proposal, or of one that is not stored."""
        said = {said.opportunity_id: said.kind for said in self.feedback if said.proposal_id == proposal_id}
        return Preferences(proposal_id, said, self.muting, self.nudges)


def sayings(store: Store, stored: Mapping[str, StoredOpportunity]) -> Sayings:
    """Return what the organization of `store` said."""
    feedback = store.feedback.all()
    rated = {said.opportunity_id for said in feedback}
    nudges = Nudges(feedback, {name: stored[name].opportunity for name in rated if name in stored})
    return Sayings(feedback, Muting.of(store.mutes.all(), feedback), nudges)


def preferences(store: Store, stored: Mapping[str, StoredOpportunity], proposal_id: str | None = None) -> Preferences:
    """Return the preferences of the organization of `store`, for one proposal or for one that is not stored."""
    return sayings(store, stored).on(proposal_id)
