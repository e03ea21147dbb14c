"""Opportunities laid out for scoring."""

from matcher.scoring.catalogue import Catalogue, lay_out
from tests.fakes import BagOfWords
from tests.scoring.examples import GARDENS, HULLS, MIXED, opportunity


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


def test_every_level_knows_where_each_opportunity_begins(encoder: BagOfWords) -> None:
    catalogue = Catalogue([GARDENS, HULLS, MIXED], encoder.encode)
    assert catalogue.offsets == [0, 5, 7, 10]
    assert len(catalogue.rows) == 10
    assert catalogue.wholes.starts == [0, 1, 2, 3]
    assert catalogue.priorities.starts == [0, 1, 2, 4]
    assert catalogue.elements.starts == [0, 3, 3, 3]


def test_changing_one_priority_changes_one_text(encoder: BagOfWords) -> None:
    before = {row.text for row in lay_out(MIXED).rows}
    changed = opportunity("mixed", "Two Goals", MIXED.priorities[0].quote.text, "Plant orchards at public libraries.")
    assert {row.text for row in lay_out(changed).rows} - before == {"Plant orchards at public libraries."}


def test_an_empty_catalogue_is_a_catalogue(encoder: BagOfWords) -> None:
    catalogue = Catalogue([], lambda texts: encoder.encode(texts))
    assert len(catalogue) == 0
    assert catalogue.rows.shape == (0, 384)
