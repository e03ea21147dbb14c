"""A match is explained when somebody first asks, as it would have been when it was scored."""

from contextlib import AbstractContextManager, nullcontext

import pytest

from matcher.bootstrap import Context, build
from matcher.domain.match import BareMatch, Match
from matcher.errors import RetryLater
from matcher.proposals.reader import read_proposal
from matcher.services.explanations import Turn, explained
from matcher.services.import_notices import import_notices
from matcher.services.match_documents import match_opportunities
from matcher.services.submit_proposal import submit_proposal
from matcher.text.documents import read_document
from tests.fakes import BagOfWords
from tests.services.examples import GARDENS, HULLS, PROPOSAL, write

NAMES = ("gardens", "hulls")


@pytest.fixture
def proposal_id(house: Context) -> str:
    import_notices(house.store, [write(house.settings.opportunities, gardens=GARDENS, hulls=HULLS)])
    proposal = read_proposal(read_document(PROPOSAL.encode(), "gardens.md"))
    return submit_proposal(house.store, house.rescorer, proposal).identifier


def kept(house: Context, proposal_id: str) -> dict[str, BareMatch]:
    return {one.match.opportunity_id: one.match for one in house.store.matches.for_proposal(proposal_id)}


def never() -> AbstractContextManager[object]:
    raise AssertionError("nothing is to be encoded")


def counted(turns: list[int]) -> Turn:
    def turn() -> AbstractContextManager[object]:
        turns.append(1)
        return nullcontext()

    return turn


def test_a_match_is_explained_as_scoring_both_texts_at_once_does(house: Context, proposal_id: str) -> None:
    stored, state = house.store.proposals.get(proposal_id), house.catalogue.state()
    at_once = match_opportunities(house.scorer, stored.proposal, state.opportunities, stored.created_at.date())
    found = explained(house.store, house.catalogue, proposal_id, NAMES, never)
    assert found == {one.match.opportunity_id: one.match for one in at_once.everything}
    assert found["gardens"].best_evidence is not None


def test_an_explanation_is_kept_and_worked_out_once(
    house: Context, proposal_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not any(isinstance(match, Match) for match in kept(house, proposal_id).values())
    found = explained(house.store, house.catalogue, proposal_id, ["gardens"])
    assert [name for name, match in kept(house, proposal_id).items() if isinstance(match, Match)] == ["gardens"]
    monkeypatch.setattr(house.scorer, "encode_proposal", lambda _: 1 / 0)
    assert explained(house.store, house.catalogue, proposal_id, ["gardens"]) == found


def test_a_match_that_is_not_stored_is_left_out(house: Context, proposal_id: str) -> None:
    assert explained(house.store, house.catalogue, proposal_id, ["no-such-fund"]) == {}
    assert explained(house.store, house.catalogue, "nobody", NAMES) == {}


def test_after_a_revision_the_pair_is_told_as_it_is_now_in_turn_and_not_kept(house: Context, proposal_id: str) -> None:
    turns: list[int] = []
    revised = read_proposal(read_document(b"# Hulls\n\nWe weld titanium hulls.", "gardens.md"))
    house.store.proposals.save(revised, proposal_id)
    before = kept(house, proposal_id)["gardens"]
    assert explained(house.store, house.catalogue, proposal_id, ["gardens"], counted(turns))["gardens"].fit < before.fit
    assert (turns, kept(house, proposal_id)["gardens"]) == ([1], before)


def test_after_a_change_of_the_model_the_pair_is_told_as_it_is_now_in_turn_and_not_kept(
    house: Context, proposal_id: str
) -> None:
    turns: list[int] = []
    other = BagOfWords()
    other.model_id = "another model"
    again = build(house.settings, encoder=other)
    found = explained(again.store, again.catalogue, proposal_id, ["gardens"], counted(turns))
    again.store.close()
    assert (found["gardens"].fingerprint, turns) == (again.scorer.fingerprint, [1])
    assert not isinstance(kept(house, proposal_id)["gardens"], Match)


def test_an_explanation_that_cannot_be_kept_now_is_told_all_the_same(
    house: Context, proposal_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_: object) -> int:
        raise RetryLater("another process holds the database")

    monkeypatch.setattr(house.store.matches, "explain_many", busy)
    assert explained(house.store, house.catalogue, proposal_id, ["gardens"])["gardens"].priorities
