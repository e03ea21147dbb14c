"""What an organization does not want to see again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from matcher.domain.feedback import Feedback, Mute, MuteKind
from matcher.domain.opportunity import Opportunity
from matcher.store.protocol import Store

_NOT_FOR_US = "you said that this match is not for you"


@dataclass(frozen=True, slots=True)
class Muting:
    """The mutes of one organization, and the (proposal, opportunity) pairs that it said are not for it.

    A mute holds for every proposal; the word on one match for that match alone.
    """

    mutes: Sequence[Mute] = ()
    refused: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, mutes: Sequence[Mute], feedback: Iterable[Feedback]) -> Self:
        """Return what follows from the mutes and the feedback of one organization."""
        refused = ((said.proposal_id, said.opportunity_id) for said in feedback if not said.kind.is_welcome)
        return cls(mutes, frozenset(refused))

    def __call__(self, opportunity: Opportunity, proposal_id: str | None = None) -> bool:
        """Return whether the organization does not want to see `opportunity`, with this proposal or at all."""
        return self.because(opportunity, proposal_id) is not None

    def because(self, opportunity: Opportunity, proposal_id: str | None = None) -> str | None:
        """Return why `opportunity` is not to be seen, as a clause; None if nothing speaks against it."""
        if proposal_id is not None and (proposal_id, opportunity.opportunity_id) in self.refused:
            return _NOT_FOR_US
        mute = next((mute for mute in self.mutes if mute.covers(opportunity)), None)
        return None if mute is None else _words(mute)


def muted(store: Store, organization_id: str) -> Muting:
    """Return what tells whether an organization wants to see a notice."""
    own = store.for_organization(organization_id)
    return Muting.of(own.mutes.all(), own.feedback.all())


def _words(mute: Mute) -> str:
    if mute.kind is MuteKind.OPPORTUNITY:
        return "you muted this notice"
    return f"you muted the {mute.kind.value} {mute.value}"
