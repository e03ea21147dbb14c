"""What was said of matches, and what is muted; neither is seen by another organization."""

from datetime import UTC, datetime, timedelta

import pytest

from matcher.domain.feedback import Feedback, FeedbackKind, Mute, MuteKind
from matcher.domain.organization import Organization
from matcher.errors import NotFound
from matcher.store.protocol import Store

from .builders import opportunity, proposal

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
LIKED = Feedback("river-days", "river-fund", FeedbackKind.RELEVANT, NOW)
MUTE = Mute("m1", MuteKind.AGENCY, "Office of Rivers", NOW)


@pytest.fixture
def ours(store: Store) -> Store:
    """The store of one organization with a proposal, beside a second one."""
    for organization_id in ("ours", "theirs"):
        store.organizations.add(Organization(organization_id, organization_id.title(), NOW))
    own = store.for_organization("ours")
    own.proposals.save(proposal(), "river-days")
    store.opportunities.save(opportunity(), "rivers.yaml")
    return own


def test_the_last_word_on_a_match_is_the_one_that_is_kept(ours: Store) -> None:
    later = Feedback("river-days", "river-fund", FeedbackKind.APPLIED, NOW + timedelta(days=1))
    ours.feedback.put(LIKED)
    ours.feedback.put(later)
    assert ours.feedback.all() == [later]
    ours.feedback.remove("river-days", "river-fund")
    assert ours.feedback.all() == []
    with pytest.raises(NotFound):
        ours.feedback.remove("river-days", "river-fund")


def test_nothing_can_be_said_of_what_is_not_stored(ours: Store) -> None:
    for feedback in (
        Feedback("nobody", "river-fund", FeedbackKind.RELEVANT, NOW),
        Feedback("river-days", "nothing", FeedbackKind.RELEVANT, NOW),
    ):
        with pytest.raises(NotFound):
            ours.feedback.put(feedback)


def test_feedback_goes_with_its_proposal(ours: Store) -> None:
    ours.feedback.put(LIKED)
    ours.proposals.delete("river-days")
    assert ours.feedback.all() == []


def test_a_mute_holds_until_it_is_lifted_and_a_second_about_the_same_is_the_first(ours: Store) -> None:
    assert ours.mutes.add(MUTE) == MUTE
    assert ours.mutes.add(Mute("m2", MUTE.kind, MUTE.value, NOW + timedelta(days=1))) == MUTE
    assert ours.mutes.all() == [MUTE]
    assert ours.mutes.get("m1") == MUTE
    ours.mutes.remove("m1")
    assert ours.mutes.all() == []
    with pytest.raises(NotFound):
        ours.mutes.remove("m1")


def test_another_organization_sees_and_changes_none_of_it(ours: Store, store: Store) -> None:
    ours.feedback.put(LIKED)
    ours.mutes.add(MUTE)
    theirs = ours.for_organization("theirs")
    assert theirs.feedback.all() == []
    assert theirs.mutes.all() == []
    for attempt in (
        lambda: theirs.feedback.put(LIKED),
        lambda: theirs.feedback.remove("river-days", "river-fund"),
        lambda: theirs.mutes.get("m1"),
        lambda: theirs.mutes.remove("m1"),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert (store.feedback.all(), store.mutes.all()) == ([LIKED], [MUTE])
    own = theirs.mutes.add(Mute("m3", MUTE.kind, MUTE.value, NOW))
    assert (own.mute_id, len(store.mutes.all())) == ("m3", 2)
