from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.evidence import Span
from matcher.notices.wording import cue, plain, trimmed


@settings(deadline=None)
@given(st.text())
def test_plain_words_keep_every_offset_and_line_break(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert plain(text).count("\n") == text.count("\n")


def test_typographic_marks_become_plain() -> None:
    assert plain("the\u00a0“city’s” year\u2011end") == 'the "city\'s" year-end'


def test_a_space_in_a_cue_means_any_short_white_space() -> None:
    assert cue("letter of intent").search("Letter  of\nINTENT")
    assert not cue("letter of intent").search("letterof intent")
    assert cue("cost ?sharing").search("costsharing")


def test_a_trimmed_stretch_has_no_white_space_at_its_ends() -> None:
    assert trimmed("ab \n cd \u00a0e", 2, 9) == Span(5, 7)
    assert trimmed("ab   cd", 2, 5) is None
