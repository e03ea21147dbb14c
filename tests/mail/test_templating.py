import textwrap

import pytest

from matcher.mail.templating import COLUMNS, wrapped

WORDS = "Projects train young people in the construction of affordable housing, and house them meanwhile. " * 3


@pytest.mark.parametrize(("first", "following"), [("", None), ("   - ", None), ("   | ", "   | ")])
@pytest.mark.parametrize("length", range(60, 260, 7))
def test_a_text_is_broken_at_spaces_into_lines_as_full_as_can_be(
    first: str, following: str | None, length: int
) -> None:
    text = WORDS[:length].strip()
    indent = " " * len(first) if following is None else following
    expected = textwrap.fill(text, COLUMNS, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)
    assert wrapped(text, first, following) == expected


def test_a_word_that_no_line_holds_is_cut_and_loses_nothing() -> None:
    lines = wrapped("a " + "w" * 200, "* ").split("\n")
    assert max(map(len, lines)) <= COLUMNS
    assert "".join(line.strip("* ") for line in lines) == "a" + "w" * 200


def test_an_empty_text_is_the_lead_without_space_at_its_end() -> None:
    assert wrapped("", "   Award  ") == "   Award"
