from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text.sentences import sentence_spans

PROSE = st.text(st.sampled_from('abcAB12 .!?\n\r\t-•)("’$,:;é\u00a0\u2028'), max_size=80)


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["We plant trees.", "We water them!", "Do they grow?", "They do."],
        ["The U.S. Department of Education asked.", "We answered."],
        ["We moved to the U.S.", "Our work grew.", "It lasts."],
        ["Dr. Reyes of Shade Inc. and No. 5 Oak St. Partners came, e.g. on Jan. 5.", "We met at 5 p.m. on it."],
        ["It costs $1.5 million, or 2.5% more.", "$3 per tree is left."],
        ["“We plant.”", "(We water.)", "They grow…", "Slowly."],
        ["Stations are 1) small groups 2) online work; and 3) projects.", "All are used."],
        ["1. Dig a hole.", "2. Plant a tree.", "A. Water it."],
        ["John A. Reyes leads.", "So do I.", "We agree."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_a_missing_space_does_not_hide_an_end() -> None:
    assert sentences("For all, whatever their income.That’s us.") == ["For all, whatever their income.", "That’s us."]


@pytest.mark.parametrize("text", ["See example.org today", "Version 2.0.1 is out", "Visit www.trees.org. it is new"])
def test_a_stop_within_a_word_or_before_a_small_letter_ends_nothing(text: str) -> None:
    assert sentences(text) == [text]


def test_paragraphs_bullets_and_short_lines_end_sentences_and_wraps_do_not() -> None:
    text = (
        "Our goals\n\nWe want shade in the streets that have the fewest trees of\nall the town:\n- oaks\n"
        "• elms that grow\n  well here\n\nCentral Park\nNorth Side"
    )

    assert sentences(text) == [
        "Our goals",
        "We want shade in the streets that have the fewest trees of\nall the town:",
        "- oaks",
        "• elms that grow\n  well here",
        "Central Park",
        "North Side",
    ]


def test_a_line_wrapped_after_an_abbreviation_is_one_sentence() -> None:
    text = "We follow every rule for shade that was ever set by the U.S.\n  Department of Trees."

    assert sentences(text) == [text]


def test_no_text_has_no_sentences() -> None:
    assert sentence_spans(" \n ") == ()


@given(PROSE)
def test_no_character_is_lost_or_said_twice(text: str) -> None:
    spans = sentence_spans(text)

    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
