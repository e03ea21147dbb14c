import math
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine

from matcher.domain.match import MatchHead
from matcher.store.protocol import Store
from matcher.store.records import ScoredPair, StoredMatch, UnmatchedPair

from .builders import FINGERPRINT, bare, full_match, full_opportunity, match, opportunity, proposal

MONDAY = datetime(2026, 11, 16, 8, 30, tzinfo=UTC)


@pytest.fixture
def pair(store: Store) -> Store:
    """Return a store with the proposal `mine` and the opportunity `river-fund`, both at revision 2."""
    for text in ("first", "second"):
        store.proposals.save(proposal(text), "mine")
        store.opportunities.save(opportunity(text=text), "rivers.yaml")
    return store


def fits(store: Store) -> list[float]:
    return [stored.match.fit for stored in store.matches.for_proposal("mine")]


def test_a_match_comes_back_as_it_was_written(store: Store) -> None:
    store.opportunities.save(full_opportunity(), "reading.yaml")
    store.proposals.save(proposal(), "mine")
    with time_machine.travel(MONDAY, tick=False):
        assert store.matches.write("mine", 1, 1, full_match())
    expected = [StoredMatch("mine", full_match(), 1, 1, MONDAY)]
    assert store.matches.for_proposal("mine") == store.matches.among("mine", ["reading-2027"]) == expected
    assert store.matches.for_opportunity("reading-2027") == expected
    assert store.matches.at_least("mine", 1 / 3) == [bare(full_match())]
    assert store.matches.at_least("mine", 0.4) == []


def test_a_match_is_bare_until_it_is_explained_and_stays_explained_when_the_same_comes_again(store: Store) -> None:
    store.opportunities.save(full_opportunity(), "reading.yaml")
    store.proposals.save(proposal(), "mine")
    assert store.matches.write("mine", 1, 1, bare(full_match()))
    assert [one.match for one in store.matches.for_proposal("mine")] == [bare(full_match())]
    before = store.version()
    assert store.matches.explain_many([ScoredPair("mine", 1, 1, full_match())]) == 1
    assert store.version() == before, "what explains a match follows from it, so no answer has changed"
    assert [one.match for one in store.matches.for_proposal("mine")] == [full_match()]
    assert store.matches.write("mine", 1, 1, bare(full_match()))
    assert [one.match for one in store.matches.for_proposal("mine")] == [full_match()]


@pytest.mark.parametrize(
    ("proposal_revision", "opportunity_revision", "fingerprint"),
    [(1, 2, FINGERPRINT), (2, 1, FINGERPRINT), (2, 2, "scorer-2")],
)
def test_what_explains_another_revision_or_comes_from_another_scorer_is_not_kept(
    pair: Store, proposal_revision: int, opportunity_revision: int, fingerprint: str
) -> None:
    pair.matches.write("mine", 2, 2, bare(match()))
    other = ScoredPair("mine", proposal_revision, opportunity_revision, match(fingerprint=fingerprint))
    assert pair.matches.explain_many([other]) == 0
    assert [one.match for one in pair.matches.for_proposal("mine")] == [bare(match())]


def test_a_new_match_does_not_keep_the_explanation_of_the_one_before(pair: Store) -> None:
    pair.matches.write("mine", 2, 2, match())
    pair.opportunities.save(opportunity(text="third"), "rivers.yaml")
    assert pair.matches.write("mine", 2, 3, bare(match()))
    assert [one.match for one in pair.matches.for_proposal("mine")] == [bare(match())]


def test_a_match_of_the_current_revisions_replaces_the_one_before(pair: Store) -> None:
    assert pair.matches.write("mine", 2, 2, match(fit=0.4))
    assert pair.matches.write("mine", 2, 2, match(fit=0.6, fingerprint="scorer-2"))
    assert [stored.match.fingerprint for stored in pair.matches.for_proposal("mine")] == ["scorer-2"]


@pytest.mark.parametrize(("proposal_revision", "opportunity_revision"), [(1, 2), (2, 1), (1, 1), (3, 2), (2, 3)])
def test_a_match_of_other_than_the_current_revisions_is_refused(
    pair: Store, proposal_revision: int, opportunity_revision: int
) -> None:
    assert not pair.matches.write("mine", proposal_revision, opportunity_revision, match(fit=0.9))
    assert fits(pair) == []
    pair.matches.write("mine", 2, 2, match(fit=0.4))
    assert not pair.matches.write("mine", proposal_revision, opportunity_revision, match(fit=0.9))
    assert fits(pair) == [0.4]


def test_an_older_match_stays_until_a_newer_one_replaces_it(pair: Store) -> None:
    pair.matches.write("mine", 2, 2, match(fit=0.4))
    pair.proposals.save(proposal("third"), "mine")
    assert [stored.proposal_revision for stored in pair.matches.for_proposal("mine")] == [2]
    assert pair.matches.write("mine", 3, 2, match(fit=0.6))
    assert [stored.proposal_revision for stored in pair.matches.for_proposal("mine")] == [3]


def test_a_match_of_an_unknown_row_is_refused(pair: Store) -> None:
    assert not pair.matches.write("nobody", 1, 1, match())
    assert not pair.matches.write("mine", 2, 1, match("no-such-fund"))


def test_writing_many_keeps_the_current_ones_and_counts_them(pair: Store) -> None:
    pair.opportunities.save(opportunity("lake-fund"), "lakes.yaml")
    rows = [
        ScoredPair("mine", 2, 1, match("lake-fund", 0.7)),
        ScoredPair("mine", 2, 1, match("river-fund", 0.9)),
        ScoredPair("nobody", 1, 1, match("lake-fund", 0.9)),
    ]
    assert pair.matches.write_many(rows) == 1
    assert fits(pair) == [0.7]


def test_writing_none_writes_none(pair: Store) -> None:
    assert pair.matches.write_many([]) == 0
    assert pair.matches.discard_many([]) == 0


@pytest.mark.parametrize("fit", [-0.01, 1.01, math.nan])
def test_a_fit_outside_zero_to_one_is_refused_with_all_of_its_batch(pair: Store, fit: float) -> None:
    rows = [ScoredPair("mine", 2, 2, match(fit=0.5)), ScoredPair("mine", 2, 2, match(fit=fit))]
    with pytest.raises(ValueError, match="proposal mine and opportunity river-fund"):
        pair.matches.write_many(rows)
    assert fits(pair) == []


def test_a_similarity_that_is_no_number_is_refused(store: Store) -> None:
    store.opportunities.save(full_opportunity(), "reading.yaml")
    store.proposals.save(proposal(), "mine")
    priority = full_match().priorities[0]
    broken = replace(priority, evidence=(replace(priority.evidence[0], similarity=math.nan),))
    with pytest.raises(ValueError, match="JSON"):
        store.matches.write("mine", 1, 1, replace(full_match(), priorities=(broken,)))


def test_discarding_deletes_what_is_below_the_floor_now(pair: Store) -> None:
    pair.matches.write("mine", 2, 2, match())
    pair.proposals.save(proposal("third"), "mine")
    assert pair.matches.discard_many([UnmatchedPair("mine", 3, "river-fund", 2)]) == 1
    assert fits(pair) == []


def test_discarding_counts_only_what_was_there(pair: Store) -> None:
    pairs = [UnmatchedPair("mine", 2, "river-fund", 2), UnmatchedPair("mine", 2, "no-such-fund", 1)]
    assert pair.matches.discard_many(pairs) == 0


@pytest.mark.parametrize(("proposal_revision", "opportunity_revision"), [(1, 2), (2, 1), (3, 2), (2, 3)])
def test_discarding_by_other_than_the_current_revisions_is_refused(
    pair: Store, proposal_revision: int, opportunity_revision: int
) -> None:
    pair.matches.write("mine", 2, 2, match(fit=0.4))
    stale = UnmatchedPair("mine", proposal_revision, "river-fund", opportunity_revision)
    assert pair.matches.discard_many([stale]) == 0
    assert fits(pair) == [0.4]


def test_the_matches_of_a_proposal_come_best_first_and_ties_by_opportunity(store: Store) -> None:
    store.proposals.save(proposal(), "mine")
    for identifier, fit in (("c", 0.5), ("a", 0.5), ("d", 0.9), ("b", 0.1)):
        store.opportunities.save(opportunity(identifier), "all.yaml")
        store.matches.write("mine", 1, 1, match(identifier, fit))
    assert [stored.match.opportunity_id for stored in store.matches.for_proposal("mine")] == ["d", "a", "c", "b"]


def test_the_matches_of_an_opportunity_come_best_first_and_ties_by_proposal(store: Store) -> None:
    store.opportunities.save(opportunity(), "rivers.yaml")
    for identifier, fit in (("c", 0.5), ("a", 0.5), ("d", 0.9)):
        store.proposals.save(proposal(), identifier)
        store.matches.write(identifier, 1, 1, match(fit=fit))
    assert [stored.proposal_id for stored in store.matches.for_opportunity("river-fund")] == ["d", "a", "c"]


def test_an_unknown_side_has_no_matches(store: Store) -> None:
    assert store.matches.for_proposal("nobody") == []
    assert store.matches.for_opportunity("nothing") == []


def test_the_heads_of_matches_come_in_the_order_of_the_matches_and_say_the_same(pair: Store) -> None:
    for name, fit in (("a", 0.2), ("b", 0.9), ("c", 0.2)):
        pair.opportunities.save(opportunity(name), "rivers.yaml")
        revision = pair.proposals.get("mine").revision
        assert pair.matches.write("mine", revision, 1, match(name, fit))
    whole = [stored.match for stored in pair.matches.for_proposal("mine")]
    assert pair.matches.heads("mine") == [MatchHead(one.opportunity_id, one.fit, one.verdict) for one in whole]
    assert pair.matches.heads("nobody") == []
