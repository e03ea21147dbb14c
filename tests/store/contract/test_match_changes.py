"""What a new revision of an opportunity did to a match, kept with the match."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine

from matcher.domain.match import EligibilityFinding, EligibilityReason, Match
from matcher.domain.vocabulary import Verdict
from matcher.store.protocol import Store
from matcher.store.records import Mark, MatchChange, ScoredPair, UnmatchedPair

from .builders import FINGERPRINT, match, opportunity, proposal

TUESDAY = datetime(2026, 11, 17, 8, 30, tzinfo=UTC)
EXCLUDED = EligibilityFinding(
    Verdict.INELIGIBLE, (EligibilityReason("applicant_type", Verdict.INELIGIBLE, "It excludes individuals."),)
)


@pytest.fixture
def amended(store: Store) -> Store:
    """Return a store where `mine` and `river-fund` were scored at fit 0.81, and `river-fund` was then amended."""
    store.proposals.save(proposal(), "mine")
    store.opportunities.save(opportunity(text="first"), "rivers.yaml")
    store.matches.write("mine", 1, 1, match(fit=0.81))
    store.proposals.mark_scored("mine", Mark(1, FINGERPRINT))
    store.opportunities.mark_scored("river-fund", Mark(1, FINGERPRINT))
    store.opportunities.save(opportunity(text="second"), "rivers.yaml")
    return store


def write(store: Store, found: Match, proposal_revision: int = 1) -> None:
    store.matches.write_many([ScoredPair("mine", proposal_revision, 2, found)])


def discard(store: Store, fingerprint: str | None = FINGERPRINT) -> None:
    store.matches.discard_many([UnmatchedPair("mine", 1, "river-fund", 2, fingerprint)])


def test_a_change_tells_fit_and_eligibility_before_and_after(amended: Store) -> None:
    now = replace(match(fit=0.34), eligibility=EXCLUDED)
    with time_machine.travel(TUESDAY, tick=False):
        write(amended, now)
    assert amended.matches.changes() == [
        MatchChange("mine", "river-fund", 2, 1, 0.81, 0.34, match().eligibility, EXCLUDED, TUESDAY)
    ]


def test_a_match_that_falls_below_the_floor_is_a_change_to_none(amended: Store) -> None:
    discard(amended)
    [change] = amended.matches.changes()
    assert (change.previous_fit, change.fit, change.eligibility) == (0.81, None, None)


def test_a_pair_that_rises_above_the_floor_is_a_change_from_none(amended: Store) -> None:
    amended.opportunities.save(opportunity("lake-fund", "first"), "lakes.yaml")
    amended.opportunities.mark_scored("lake-fund", Mark(1, FINGERPRINT))
    amended.opportunities.save(opportunity("lake-fund", "second"), "lakes.yaml")
    write(amended, match("lake-fund", 0.5))
    [change] = amended.matches.changes(opportunity_id="lake-fund")
    assert (change.previous_fit, change.previous_eligibility, change.fit) == (None, None, 0.5)


def test_a_match_that_a_person_is_shown_alike_did_not_change(amended: Store) -> None:
    write(amended, match(fit=0.812))
    assert amended.matches.changes() == []


def test_the_first_scoring_of_an_opportunity_changes_nothing(store: Store) -> None:
    store.proposals.save(proposal(), "mine")
    store.proposals.mark_scored("mine", Mark(1, FINGERPRINT))
    store.opportunities.save(opportunity(), "rivers.yaml")
    store.matches.write("mine", 1, 1, match(fit=0.5))
    assert store.matches.changes() == []


def test_an_edited_proposal_is_not_the_doing_of_the_opportunity(amended: Store) -> None:
    amended.proposals.save(proposal("edited"), "mine")
    write(amended, match(fit=0.34), proposal_revision=2)
    assert amended.matches.changes() == []


def test_another_scorer_is_not_the_doing_of_the_opportunity(amended: Store) -> None:
    write(amended, match(fit=0.34, fingerprint="scorer-2"))
    discard(amended, "scorer-2")
    assert amended.matches.changes() == []


@pytest.mark.parametrize(("proposal_revision", "opportunity_revision"), [(1, 1), (2, 2), (1, 3)])
def test_a_match_that_is_refused_is_no_change(
    amended: Store, proposal_revision: int, opportunity_revision: int
) -> None:
    assert not amended.matches.write("mine", proposal_revision, opportunity_revision, match(fit=0.34))
    assert amended.matches.changes() == []


def test_a_scoring_that_is_repeated_after_a_crash_keeps_what_was_before(amended: Store) -> None:
    for _ in range(2):
        write(amended, match(fit=0.34))
    assert [(change.previous_fit, change.fit) for change in amended.matches.changes()] == [(0.81, 0.34)]


def test_changes_are_found_by_proposal_opportunity_and_time(amended: Store) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        write(amended, match(fit=0.34))
    changes = amended.matches.changes
    assert len(changes(proposal_id="mine", opportunity_id="river-fund", since=TUESDAY)) == 1
    assert changes(proposal_id="other") == changes(opportunity_id="other") == []
    assert changes(since=datetime(2026, 11, 18, tzinfo=UTC)) == []


def test_a_deleted_proposal_takes_its_changes_along(amended: Store) -> None:
    write(amended, match(fit=0.34))
    amended.proposals.delete("mine")
    assert amended.matches.changes() == []
