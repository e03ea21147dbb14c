"""How far the reading of a proposal is: told from rows, resumed where it ended."""

import pytest

from matcher.bootstrap import Context
from matcher.errors import NotFound
from matcher.proposals.reader import read_proposal
from matcher.services.reading import Reading, is_scored_at_once, read_and_score, reading_of
from matcher.services.submit_proposal import keep_proposal
from matcher.text.documents import read_document
from tests.fakes import BagOfWords
from tests.web.houses import NOTICES, PROPOSAL


@pytest.fixture
def proposal_id(house: Context) -> str:
    for notice in NOTICES:
        house.store.opportunities.save(notice, source="tests")
    return keep_proposal(house.store, read_proposal(read_document(PROPOSAL.encode(), "a.md"))).identifier


def reading(house: Context, proposal_id: str) -> Reading:
    return reading_of(house.store, house.scorer, house.encoder, proposal_id)


def test_a_kept_proposal_is_unread_until_it_is_read_and_scored(house: Context, proposal_id: str) -> None:
    before = reading(house, proposal_id)
    assert (before.encoded, before.is_scored) == (0, False)
    read_and_score(house.store, house.scorer, house.encoder, house.rescorer, proposal_id)
    after = reading(house, proposal_id)
    assert (after.encoded, after.is_scored) == (before.texts, True)
    assert house.store.matches.heads(proposal_id)


def test_the_texts_that_are_counted_are_all_that_scoring_encodes(
    house: Context, proposal_id: str, encoder: BagOfWords
) -> None:
    proposal = house.store.proposals.get(proposal_id).proposal
    house.scorer.encode_proposal(proposal)
    assert sorted(set(encoder.encoded)) == sorted(house.scorer.texts_of(proposal))


def test_a_reading_that_was_cut_off_goes_on_where_its_vectors_end(
    house: Context, proposal_id: str, encoder: BagOfWords
) -> None:
    texts = house.scorer.texts_of(house.store.proposals.get(proposal_id).proposal)
    house.encoder.encode(texts[:3])
    encoder.encoded.clear()
    read_and_score(house.store, house.scorer, house.encoder, house.rescorer, proposal_id)
    assert not set(texts[:3]) & set(encoder.encoded)


def test_a_pair_can_be_scored_at_once_as_soon_as_both_sides_are_encoded(house: Context, proposal_id: str) -> None:
    proposal = house.store.proposals.get(proposal_id).proposal
    assert not is_scored_at_once(house.scorer, house.encoder, proposal, NOTICES[0])
    read_and_score(house.store, house.scorer, house.encoder, house.rescorer, proposal_id)
    assert is_scored_at_once(house.scorer, house.encoder, proposal, NOTICES[0])


def test_what_is_not_kept_cannot_be_told_of(house: Context) -> None:
    with pytest.raises(NotFound):
        reading(house, "unknown")
