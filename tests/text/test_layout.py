import pytest

from matcher.text.layout import collapsed, flowing, joined_blocks, starts_list_item


def test_white_space_of_any_kind_collapses() -> None:
    assert collapsed(" We\u00a0plant\r\n\ttrees. ") == "We plant trees."


@pytest.mark.parametrize("line", ["- oak", "  • elm", "12. ash", "(3) fir", "a) yew"])
def test_bullets_and_numbers_start_a_list_item(line: str) -> None:
    assert starts_list_item(line)


@pytest.mark.parametrize("line", ["oak", "-oak", "2031. was dry", "1.5 trees", ""])
def test_other_lines_do_not(line: str) -> None:
    assert not starts_list_item(line)


def test_blocks_stand_apart_and_the_items_of_a_list_together() -> None:
    assert joined_blocks(["We:", "- dig", " ", "- plant", "Done."]) == "We:\n\n- dig\n- plant\n\nDone."


WRAPPED = """We train forty young adults a year in construction, and all
of them earn a stipend while they restore houses that stood
vacant for years.

- One is a line of a list that is longer than all of those
  above it
- Two
Short lines stay.
"""


def test_lines_that_were_broken_for_their_length_flow_and_all_others_stay() -> None:
    flown = flowing(WRAPPED)
    assert len(flown) == len(WRAPPED)
    assert flown.splitlines() == [
        " ".join(WRAPPED.splitlines()[:3]),
        "",
        "- One is a line of a list that is longer than all of those   above it",
        "- Two",
        "Short lines stay.",
    ]


@pytest.mark.parametrize("text", ["", "one\ntwo\nthree", f"{'paragraph ' * 20}\nanother", "\n\n"])
def test_lines_that_nobody_broke_for_their_length_stay(text: str) -> None:
    assert flowing(text) == text
