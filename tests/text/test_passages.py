import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.evidence import Span
from matcher.domain.proposal import Section
from matcher.text.passages import (
    OVERLAP_WORDS,
    TAIL_WORDS,
    WINDOW_WORDS,
    passages_of_sections,
    passages_of_text,
    sentences_of_sections,
)

SENTENCE = "We plant trees along the streets of the old town and water them until they grow. "  # 16 words
PROSE = st.lists(
    st.tuples(st.sampled_from(["tree", "Shade.", "it", "$1.5", "Dr.", "- dig", "«é»"]), st.sampled_from(" \n\t\u00a0")),
    max_size=700,
).map(lambda words: "".join(word + space for word, space in words))


def section(text: str, question: str = "Why?") -> Section:
    return Section(question, text.strip(), Span(text.index(text.strip()), len(text.rstrip())))


@given(PROSE)
def test_every_character_is_covered_and_every_passage_says_what_its_span_says(text: str) -> None:
    passages = passages_of_text(text)

    covered = {index for passage in passages for index in range(passage.span.start, passage.span.end)}
    assert covered >= {index for index, character in enumerate(text) if not character.isspace()}
    for passage in passages:
        assert passage.text == " ".join(passage.span.of(text).split())
        assert 0 < len(passage.text.split()) <= WINDOW_WORDS + TAIL_WORDS


def test_windows_hold_whole_sentences_and_overlap_by_a_short_one() -> None:
    passages = passages_of_text(SENTENCE * 30)

    assert [len(passage.text.split()) for passage in passages] == [144, 144, 144, 96]
    assert all(passage.text.startswith("We plant") and passage.text.endswith("grow.") for passage in passages)
    for before, after in pairwise(passages):
        assert len(Span(after.span.start, before.span.end).of(SENTENCE * 30).split()) == 16 <= OVERLAP_WORDS


def test_a_text_of_one_window_is_taken_whole_and_sentences_without_a_space_count_as_more_words() -> None:
    text = f"\n {SENTENCE * 9}\n"
    assert [passage.span.of(text) for passage in passages_of_text(text)] == [text.strip()]
    assert len(passages_of_text("trees.Shade " * 100)) == 2


def test_a_long_last_sentence_is_not_repeated() -> None:
    long = "We " + "really " * 60 + "plant. "
    passages = passages_of_text(long * 4)

    assert [passage.span.start for passage in passages] == [0, 2 * len(long)]


def test_a_short_rest_joins_the_window_before_it() -> None:
    passages = passages_of_text(SENTENCE * 9 + "We are done now.")

    assert [len(passage.text.split()) for passage in passages] == [148]
    assert [len(p.text.split()) for p in passages_of_text(SENTENCE * 10)] == [160]


def test_an_endless_sentence_is_cut_at_words() -> None:
    passages = passages_of_text("word " * (2 * WINDOW_WORDS + 50))

    assert [len(passage.text.split()) for passage in passages] == [WINDOW_WORDS, WINDOW_WORDS, 50]


def test_no_passage_crosses_sections_and_each_carries_its_question() -> None:
    text = "We dig deep holes for roots.\n\nWe plant oaks in all of them."
    first, second = Section("Dig?", text[:28], Span(0, 28)), Section("Plant?", text[30:], Span(30, len(text)))

    passages = passages_of_sections([first, second], text)

    assert [(p.question, p.text, p.span.of(text)) for p in passages] == [
        ("Dig?", "We dig deep holes for roots.", text[:28]),
        ("Plant?", "We plant oaks in all of them.", text[30:]),
    ]


def test_the_span_of_a_folded_answer_stands_in_the_original() -> None:
    original = "why: >\n  " + "\n  ".join([SENTENCE.strip()] * 20)
    answer = " ".join([SENTENCE.strip()] * 20)

    passages = passages_of_sections([Section("Why?", answer, Span(5, len(original)))], original)

    assert len(passages) == 3
    for passage in passages:
        assert " ".join(passage.span.of(original).split()) == passage.text


def test_an_answer_that_cannot_be_found_keeps_the_span_of_its_section() -> None:
    passages = passages_of_sections([Section("Why?", "We plant trees in the town.", Span(0, 4))], "else")

    assert [passage.span for passage in passages] == [Span(0, 4)]


def test_short_answers_that_only_name_things_make_no_passage() -> None:
    for answer in ("Central Park\nNorth Side", "Direct Impact: 13,000", "Money (capital)", "2031"):
        assert passages_of_sections([section(answer)], answer) == ()


def test_short_answers_that_say_something_make_one() -> None:
    for answer in (
        "We plant young trees where shade lacks.",
        "Graduation rates of all students\nCollege admission rates",
    ):
        assert [p.text for p in passages_of_sections([section(answer)], answer)] == [" ".join(answer.split())]


def test_a_short_text_without_a_question_is_a_passage() -> None:
    assert [p.text for p in passages_of_sections([section("We plant.", question="")], "We plant.")] == ["We plant."]


def test_nothing_has_no_passages() -> None:
    assert passages_of_text(" \n ") == ()
    assert passages_of_sections([], "") == ()


def test_a_megabyte_takes_less_than_seconds() -> None:
    prose, blank = SENTENCE * 12_000, "a" + "\n " * 100_000 + "b" + "." * 100_000

    started = time.process_time()
    assert len(passages_of_text(prose)) > 1_000
    assert passages_of_text(blank)
    assert time.process_time() - started < 5


def test_a_sentence_to_be_quoted_stands_without_the_mark_of_its_list() -> None:
    answer = "We do two things.\n\n- plant trees in school yards\n2. water them through the summer"
    sentences = sentences_of_sections((Section("What?", answer, Span(0, len(answer))),), answer)
    assert [sentence.text for sentence in sentences] == [
        "We do two things.",
        "plant trees in school yards",
        "water them through the summer",
    ]
    assert all(sentence.span.of(answer) == sentence.text for sentence in sentences)
