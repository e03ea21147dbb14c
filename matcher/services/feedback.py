"""Keep what an organization says of its matches, and what it does not want to see."""

from datetime import UTC, datetime
from uuid import uuid4

from matcher.domain.feedback import Feedback, FeedbackKind, Mute, MuteKind
from matcher.errors import InputRejected
from matcher.store.protocol import Store


def give_feedback(store: Store, proposal_id: str, opportunity_id: str, kind: FeedbackKind) -> Feedback:
    """Keep what is said of a match, in the place of what was said of it before.

    Raises:
        NotFound: The proposal or the opportunity is not stored.
    """
    feedback = Feedback(proposal_id, opportunity_id, kind, datetime.now(UTC))
    store.feedback.put(feedback)
    return feedback


def mute(store: Store, kind: MuteKind, value: str) -> Mute:
    """Keep a mute for the organization of `store`; return the one that holds, also if it was there before.

    Raises:
        InputRejected: The value is blank.
        NotFound: A notice is meant, and none is stored under this identifier.
    """
    meant = " ".join(value.split())
    if not meant:
        raise InputRejected("needs the identifier of a notice, or the name of an agency or a category", source="value")
    if kind is MuteKind.OPPORTUNITY:
        store.opportunities.get(meant)
    return store.mutes.add(Mute(str(uuid4()), kind, meant, datetime.now(UTC)))
