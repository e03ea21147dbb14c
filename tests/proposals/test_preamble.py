from matcher.domain.evidence import Span
from matcher.proposals.blocks import blocks_of
from matcher.proposals.preamble import preamble_fields


def read(text: str, *, has_title: bool = False) -> list[tuple[str, str]]:
    blocks = blocks_of(text, Span(0, len(text)))
    fields = list(preamble_fields(text, blocks, "Summary", has_title=has_title))
    assert all(field.span.of(text) == field.answer for field in fields)
    return [(field.key, field.answer) for field in fields]


def test_banner_year_title_and_summary_are_told_apart() -> None:
    text = (
        "Applications are now open through May 2, 2032.\nSkip to content\n2031 Trees Challenge\n\nShade for All\n\n"
        "We plant trees.\n\nWe water them."
    )

    assert read(text) == [
        ("year", "2031"),
        ("title", "Shade for All"),
        ("Summary", "We plant trees.\n\nWe water them."),
    ]


def test_labelled_facts_are_read_and_other_labels_stay_in_the_text() -> None:
    text = "Project title: Shade for All\nOrganization: Shade Club\nAmount requested: $5,000\nHurry: it is hot."

    assert read(text) == [
        ("Project title", "Shade for All"),
        ("Organization", "Shade Club"),
        ("Amount requested", "$5,000"),
        ("Summary", "Hurry: it is hot."),
    ]


def test_prose_is_no_title_no_year_and_no_banner() -> None:
    text = "In 2031 our grants program planted trees.\n\nShade"

    assert read(text) == [("Summary", text)]


def test_where_the_title_is_known_the_first_line_is_text() -> None:
    assert read("Shade for All", has_title=True) == [("Summary", "Shade for All")]
