import pytest

from matcher.text.layout import collapsed, joined_blocks, starts_list_item


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
