"""The heat strip: one cell for each thing that a notice asks for, told in words as well as in tones."""

from matcher.domain.match import ElementFit, PriorityFit
from matcher.domain.vocabulary import PriorityKind
from matcher.web.pages.pictures.heat import heat_matrix, heat_strip
from matcher.web.pages.pictures.picture import Row
from tests.samples import quoted
from tests.web.pages.pictures.reading import marks, read, share, words

SAID = quoted("We teach.", "Teach.")


def priority(title: str, fit: float, *elements: ElementFit, is_addressed: bool = True) -> PriorityFit:
    return PriorityFit(title, PriorityKind.ABSOLUTE, title, fit, SAID if is_addressed else (), elements)


PRIORITIES = (
    priority("Reading", 0.82, ElementFit("a", "Teach phonics", 0.41, SAID), ElementFit("b", "Train tutors", 0.0)),
    priority("Rural places", 0.0, is_addressed=False),
)


def test_every_priority_and_every_thing_that_it_asks_for_has_a_cell_in_the_tone_of_its_fit() -> None:
    for picture in (heat_strip(PRIORITIES), heat_matrix(PRIORITIES)):
        cells = [cell.get("class") for cell in read(picture).iter("rect")]
        assert cells == ["tone-5", "tone-3", "tone-none", "tone-none"]


def test_what_the_tones_mean_stands_in_words_too() -> None:
    picture = heat_matrix(PRIORITIES)
    assert picture.description == "1 of 2 priorities addressed, and 1 of 2 things that they ask for."
    assert words(picture) == ["Reading", "0.82 strong", ".82", ".41", "–", "Rural places", "not addressed", "–"]
    assert list(picture.table.rows) == [
        Row("Reading", ("priority", "0.82 strong")),
        Row("Teach phonics", ("asked for", "0.41 possible")),
        Row("Train tutors", ("asked for", "not addressed")),
        Row("Rural places", ("priority", "not addressed")),
    ]


def test_a_tone_changes_where_the_word_for_a_fit_does() -> None:
    fits = (0.394, 0.396, 0.694, 0.696)
    strip = heat_strip([priority(str(fit), fit) for fit in fits])
    assert [cell.get("class") for cell in read(strip).iter("rect")] == ["tone-2", "tone-3", "tone-4", "tone-5"]


def test_the_cells_stay_within_the_width_however_many_there_are() -> None:
    many = [priority(str(place), 0.5, *(ElementFit(str(n), "x", 0.5, SAID) for n in range(23))) for place in range(5)]
    for picture in (heat_strip(many), heat_matrix(many), heat_matrix([priority("alone", 1.0)])):
        cells = list(read(picture).iter("rect"))
        assert max(share(cell, "x") + share(cell, "width") for cell in cells) <= 100
        assert min(share(cell, "width") for cell in cells) > 0
        height = float(read(picture).get("height"))
        assert max(float(cell.get("y")) + float(cell.get("height")) for cell in cells) <= height


def test_a_notice_without_priorities_makes_an_empty_picture() -> None:
    assert heat_strip(()).description == "0 of 0 priorities addressed."
    assert marks(heat_matrix(()), "tone-none") == []
