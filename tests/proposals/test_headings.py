import pytest

from matcher.domain.evidence import Span
from matcher.proposals.headings import heading_fields


def read(text: str) -> list[tuple[str, str]]:
    fields = heading_fields(text, Span(0, len(text)))
    assert all(field.span.of(text) == field.answer for field in fields)
    return [(field.key, field.answer) for field in fields]


def test_markdown_headings_are_the_questions_and_the_first_above_all_is_the_title() -> None:
    text = "# Shade *for* All #\n\nWords first.\n\n## Need\n\nHeat.\n\n"
    text += "### Where\n- Old Town\n\n## Empty\n\n## Plan ##\nTrees.\n"

    assert read(text) == [
        ("title", "Shade *for* All"),
        ("", "Words first."),
        ("Need", "Heat."),
        ("Where", "- Old Town"),
        ("Plan", "Trees."),
    ]


def test_underlined_headings_are_read() -> None:
    assert read("Shade\n=====\n\nNeed\n----\n\nHeat.\n") == [("title", "Shade"), ("Need", "Heat.")]


def test_headings_of_one_level_are_all_questions() -> None:
    assert read("# Need\n\nHeat.\n\n# Plan\n\nTrees.\n") == [("Need", "Heat."), ("Plan", "Trees.")]


def test_a_mark_inside_a_code_block_is_no_heading() -> None:
    assert read("# Need\n\n# Plan\n\n```\n# no heading\n```\n\nTrees.\n")[-1] == (
        "Plan",
        "```\n# no heading\n```\n\nTrees.",
    )


def test_short_lines_above_longer_texts_are_the_headings_of_plain_text() -> None:
    text = "Shade for All\n\nNeed:\n\nThe streets are hot.\n\n"
    text += "2. Plan\n\nWe plant in:\n\n- Old Town\n- North Side\n"

    assert read(text) == [
        ("title", "Shade for All"),
        ("Need", "The streets are hot."),
        ("Plan", "We plant in:\n\n- Old Town\n- North Side"),
    ]


def test_a_title_above_prose_is_told_from_the_name_of_a_first_section() -> None:
    assert read("Shade for All\n\nWe plant trees.\n\nPlan\n\nOaks come first.\n") == [
        ("title", "Shade for All"),
        ("", "We plant trees."),
        ("Plan", "Oaks come first."),
    ]
    assert read("Executive Summary\n\nWe plant trees.\n\nPlan\n\nOaks come first.\n")[0] == (
        "Executive Summary",
        "We plant trees.",
    )


@pytest.mark.parametrize("text", ["We plant trees.", "We plant trees\nin the old town"])
def test_a_text_without_headings_is_one_section(text: str) -> None:
    assert read(text) == [("", text)]


def test_labelled_lines_at_the_top_are_facts() -> None:
    text = "# Shade for All\n\nOrganization: Shade Club\nNote: we hurry.\n\n## Need\n\nHeat.\n"

    assert read(text)[:3] == [("title", "Shade for All"), ("Organization", "Shade Club"), ("", "Note: we hurry.")]
