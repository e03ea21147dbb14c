import pytest

from matcher.errors import NoticeRejected
from matcher.notices.fields import Fields, read_fields
from matcher.text.documents import Document, DocumentKind
from tests.notices.texts import yaml_document


def fields(text: str) -> Fields:
    return read_fields(yaml_document(text))


def test_values_arrive_plain_with_their_places() -> None:
    text = "title:  Trees \ncount: 3\nopen: true\nnone:\nlist:\n  - {day: 08-30, date: 2027-03-15}\n"

    found = fields(text)

    assert found.values == {
        "title": "Trees",
        "count": 3,
        "open": True,
        "none": None,
        "list": [{"day": "08-30", "date": "2027-03-15"}],
    }
    place = found.places[("list", 0, "day")]
    assert (place.line, place.span.of(text)) == (6, "08-30")
    assert found.name_places[("count",)].line == 2


def test_a_field_written_twice_is_noted() -> None:
    assert fields("a: 1\na: 2\n").repeated == [("a",)]


def test_places_count_characters() -> None:
    text = 'name: "🌳 ’"\nother: words\n'

    assert fields(text).places[("other",)].span.of(text) == "words"


@pytest.mark.parametrize("value", ["!!int x", "9" * 5000, "!!float x", "0o9", "!!python/none x"])
def test_a_value_that_is_no_number_stays_text(value: str) -> None:
    assert fields(f"a: {value}\n").values == {"a": value.split()[-1]}


def test_half_a_character_is_replaced() -> None:
    found = read_fields(Document("a.json", DocumentKind.JSON, '{"a": "x\\ud83d"}'))

    assert found.values == {"a": "x\ufffd"}


def test_a_character_that_no_text_has_is_refused_with_its_line() -> None:
    with pytest.raises(NoticeRejected, match="cannot be shown as text") as caught:
        fields("a: 1\nb: \x07\n")

    assert caught.value.line == 2
