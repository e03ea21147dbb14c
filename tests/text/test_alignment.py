import json

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from matcher.domain.evidence import Span
from matcher.text.alignment import Alignment, align, locate

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1)
PROSE = st.lists(WORDS, min_size=1).map(" ".join).filter(str.strip)


def whole(text: str) -> Span:
    return Span(0, len(text))


@pytest.mark.parametrize(
    ("clean", "original", "place"),
    [
        ("We plant trees.", "need: >-\n  We plant\n  trees.\nnext: x", "We plant\n  trees."),
        ("We plant. And water.", r'need: "We plant.\r\n\r\nAnd\twater."', r"We plant.\r\n\r\nAnd\twater."),
        ('The town’s "café"', r'"The town\u2019s \"caf\xe9\""', r"The town\u2019s \"caf\xe9\""),
        ("a 😀 b", r'"a \ud83d\ude00 b"', r"a \ud83d\ude00 b"),
        ("a 😀 b", r'"a \U0001F600 b"', r"a \U0001F600 b"),
        ("It's ours", "'It''s ours'", "It''s ours"),
        ("one two", '"one \\\n   two"', "one \\\n   two"),
        ("C:\\dir", "path: C:\\dir", "C:\\dir"),
        ("C:\\dir", r'"C:\\dir"', r"C:\\dir"),
        ("one\ntwo\nit's", "- one\n- 'two'\n- 'it''s'", "one\n- 'two'\n- 'it''s"),
        ("one\ntwo", '["one",\n "two"]', 'one",\n "two'),
    ],
)
def test_folds_escapes_and_list_marks_are_seen_through(clean: str, original: str, place: str) -> None:
    found = locate(clean, original, whole(original))

    assert found is not None
    assert found.of(original) == place


def test_only_the_given_stretch_is_searched() -> None:
    original = "trees and trees and trees"

    assert locate("trees", original, Span(3, 20)) == Span(10, 15)
    assert locate("trees", original, Span(3, 12)) is None


@pytest.mark.parametrize("clean", ["oaks", "", " \n "])
def test_words_that_are_not_there_have_no_place(clean: str) -> None:
    assert locate(clean, "We plant trees.", Span(0, 15)) is None


def test_a_part_of_an_answer_is_mapped_to_its_own_place_even_where_its_words_come_twice() -> None:
    clean = "Dig. Plant. Dig."
    original = "need: >\n  Dig.\n  Plant.\n  Dig.\n"
    alignment = align(clean, original, whole(original))

    assert alignment is not None
    assert alignment.span_of(Span(12, 16)) == Span(26, 30)
    assert alignment.span_of(Span(0, 11)) == Span(10, 23)
    assert alignment.span_of(Span(4, 5)) is None


def test_an_alignment_needs_one_place_for_each_letter() -> None:
    with pytest.raises(ValueError, match="the clean text has 2 letters, the alignment 1"):
        Alignment("ab", [0], [1])


@example("\\")
@given(PROSE)
def test_json_strings_are_always_found(clean: str) -> None:
    original = json.dumps({"before": 1, "key": clean})

    found = locate(clean, original, Span(original.index("key") + 4, len(original)))

    assert found is not None
    assert json.loads(f'"{found.of(original)}"') == clean.strip()


@given(PROSE, st.sampled_from(["'", '"', "|", ">"]), st.integers(20, 80))
def test_yaml_strings_are_always_found(clean: str, style: str, width: int) -> None:
    original = yaml.safe_dump([clean], default_style=style, width=width, allow_unicode=False)
    read = yaml.safe_load(original)[0]

    found = locate(read, original, Span(2, len(original)))

    assert found is not None


def test_a_stretch_of_the_original_is_found_in_the_clean_text() -> None:
    original = "key: >\n  one two\n  three four\n"
    alignment = align("one two three four", original, Span(5, len(original)))
    assert alignment is not None
    part = alignment.clean_part_of(Span(original.index("two"), original.index(" four")))
    assert part is not None
    assert part.of("one two three four") == "two three"
    assert alignment.clean_part_of(Span(0, 3)) is None
