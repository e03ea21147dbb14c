"""Opportunities laid out for scoring."""

import pytest

from matcher.domain.opportunity import Opportunity
from matcher.scoring import catalogue as catalogue_module
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.layout import lay_out
from matcher.scoring.scorer import Scorer
from tests.fakes import BagOfWords
from tests.scoring.examples import GARDENS, HULLS, MIXED, PROPOSAL, opportunity, proposal


def test_the_rows_are_title_then_each_priority_with_its_elements() -> None:
    layout = lay_out(GARDENS)
    assert [row.text for row in layout.rows] == [
        "School Gardens",
        GARDENS.priorities[0].quote.text,
        *(element.quote.text for element in GARDENS.priorities[0].elements),
    ]
    part = layout.priorities[0]
    assert (part.start, part.elements_start, part.end) == (1, 2, 5)


def test_a_long_priority_has_a_row_for_each_passage() -> None:
    long = opportunity(
        "long", "Long", " ".join(f"Sentence number {number} asks for something." for number in range(200))
    )
    part = lay_out(long).priorities[0]
    assert part.elements_start - part.start > 3


def test_every_opportunity_knows_its_vectors_and_its_parts(encoder: BagOfWords) -> None:
    catalogue = Catalogue([GARDENS, HULLS, MIXED], encoder.encode)
    places = [catalogue.place(position) for position in range(3)]
    assert [place.layout.opportunity for place in places] == [GARDENS, HULLS, MIXED]
    assert [place.vectors.shape for place in places] == [(5, 384), (2, 384), (3, 384)]
    assert [place.priorities for place in places] == [slice(0, 1), slice(1, 2), slice(2, 4)]
    assert [place.elements for place in places] == [slice(0, 3), slice(3, 3), slice(3, 3)]


@pytest.fixture
def many() -> list[Opportunity]:
    return [opportunity(f"notice-{number:03}", f"Notice {number}", f"Grow {number} pears.") for number in range(60)]


def test_a_catalogue_of_several_blocks_gives_the_fits_of_one(
    monkeypatch: pytest.MonkeyPatch, encoder: BagOfWords, many: list[Opportunity]
) -> None:
    scorer = Scorer(encoder.encode, encoder.model_id)
    whole, encoded = scorer.catalogue(many), scorer.encode_proposal(PROPOSAL)
    monkeypatch.setattr(catalogue_module, "_BLOCK", 8)
    cut = scorer.catalogue(many)
    assert (len(whole.blocks), len(cut.blocks) > 3) == (1, True)
    together, apart = scorer.fits(encoded, whole), scorer.fits(encoded, cut)
    assert together.opportunities.tolist() == apart.opportunities.tolist()
    assert together.priorities.tolist() == apart.priorities.tolist()
    profile = encoded.proposal.profile
    assert whole.eligibility.verdicts(profile).tolist() == cut.eligibility.verdicts(profile).tolist()
    for position in (0, 31, 59):
        explained = [scorer.explain(encoded, one, position, fits) for one, fits in ((whole, together), (cut, apart))]
        assert explained[0] == explained[1]


def test_after_a_change_only_its_block_is_made_again_and_only_its_texts_are_encoded(
    monkeypatch: pytest.MonkeyPatch, encoder: BagOfWords, many: list[Opportunity]
) -> None:
    monkeypatch.setattr(catalogue_module, "_BLOCK", 8)
    scorer = Scorer(encoder.encode, encoder.model_id)
    before = scorer.catalogue(many)
    encoder.encoded.clear()
    new = opportunity("notice-030b", "New", "Plant vegetable gardens.")
    amended = [*many[:31], new, *many[32:]]
    after = scorer.catalogue(amended, before)
    assert encoder.encoded == ["New", "Plant vegetable gardens."]
    assert sum(block not in before.blocks for block in after.blocks) <= 2
    afresh, encoded = scorer.catalogue(amended), scorer.encode_proposal(PROPOSAL)
    first, second = scorer.fits(encoded, after), scorer.fits(encoded, afresh)
    assert first.opportunities.tolist() == second.opportunities.tolist()
    assert first.elements.tolist() == second.elements.tolist()
    verdicts = [one.eligibility.verdicts(encoded.proposal.profile).tolist() for one in (after, afresh)]
    assert verdicts[0] == verdicts[1]


def test_several_proposals_at_once_get_the_fits_that_each_gets_alone(
    encoder: BagOfWords, many: list[Opportunity]
) -> None:
    scorer = Scorer(encoder.encode, encoder.model_id)
    catalogue = scorer.catalogue([*many, GARDENS, HULLS, MIXED])
    texts = ("We plant.", "We teach children to grow food.\n\n" * 90, "Boats. " * 400)
    queries = scorer.encode_queries([PROPOSAL, *(proposal(text) for text in texts)])
    together = scorer.fits_of_many(queries, catalogue)
    for query, fits in zip(queries, together, strict=True):
        [alone] = scorer.fits_of_many([query], catalogue)
        assert fits.opportunities.tolist() == alone.opportunities.tolist()
        assert fits.priorities.tolist() == alone.priorities.tolist()
        assert fits.elements.tolist() == alone.elements.tolist()


def test_changing_one_priority_changes_one_text(encoder: BagOfWords) -> None:
    before = {row.text for row in lay_out(MIXED).rows}
    changed = opportunity("mixed", "Two Goals", MIXED.priorities[0].quote.text, "Plant orchards at public libraries.")
    assert {row.text for row in lay_out(changed).rows} - before == {"Plant orchards at public libraries."}


def test_an_empty_catalogue_is_a_catalogue(encoder: BagOfWords) -> None:
    scorer = Scorer(encoder.encode, encoder.model_id)
    catalogue = scorer.catalogue([])
    assert len(catalogue) == catalogue.row_count == 0
    assert scorer.fits(scorer.encode_proposal(PROPOSAL), catalogue).opportunities.tolist() == []
