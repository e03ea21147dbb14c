"""Feedback moves others like it by little, each trait by less than its weight, and both ways."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.feedback import Feedback, FeedbackKind
from matcher.domain.opportunity import Opportunity
from matcher.services.nudges import MOST, Nudges, Trait

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ARTS = Opportunity("arts", "Arts", "Arts.", agency_name="NEA", funding_categories=("arts",))
MUSIC = Opportunity("music", "Music", "Music.", agency_name="NEA", funding_categories=("arts", "education"))
ROADS = Opportunity("roads", "Roads", "Roads.", agency_name="DOT", funding_categories=("transportation",))
CATALOGUE = {one.opportunity_id: one for one in (ARTS, MUSIC, ROADS)}


def said(opportunity_id: str, kind: FeedbackKind = FeedbackKind.RELEVANT, proposal_id: str = "p") -> Feedback:
    return Feedback(proposal_id, opportunity_id, kind, NOW)


def test_what_has_more_in_common_with_what_was_welcome_moves_further_up() -> None:
    nudges = Nudges([said("arts")], CATALOGUE)
    found = nudges.of(MUSIC)
    assert found is not None
    assert {(reason.trait, reason.value): reason.amount for reason in found.reasons} == {
        (Trait.AGENCY, "NEA"): 0.01,
        (Trait.CATEGORY, "arts"): 0.005,
    }
    assert found.amount == 0.015
    assert nudges.of(ROADS) is None


def test_what_is_not_for_us_moves_others_like_it_down_and_both_together_leave_them() -> None:
    refused = [said("arts", FeedbackKind.NOT_FOR_US)]
    down = Nudges(refused, CATALOGUE).of(MUSIC)
    assert down is not None
    assert down.amount == -0.015
    assert Nudges([*refused, said("arts", proposal_id="q")], CATALOGUE).of(MUSIC) is None


def test_without_feedback_or_of_what_is_gone_nothing_moves() -> None:
    assert Nudges([], CATALOGUE).of(ARTS) is None
    assert Nudges([said("gone")], CATALOGUE).of(ARTS) is None


@given(kinds=st.lists(st.tuples(st.sampled_from(sorted(CATALOGUE)), st.sampled_from(FeedbackKind)), max_size=50))
def test_no_amount_of_feedback_moves_anything_by_as_much_as_the_bound(kinds: list[tuple[str, FeedbackKind]]) -> None:
    nudges = Nudges([said(name, kind, str(number)) for number, (name, kind) in enumerate(kinds)], CATALOGUE)
    for opportunity in CATALOGUE.values():
        found = nudges.of(opportunity)
        assert found is None or abs(found.amount) < MOST
        assert found is None or found.amount == pytest.approx(sum(reason.amount for reason in found.reasons))
