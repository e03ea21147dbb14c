"""Words marked where they stand, whatever their file made of them, and not one of them lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.evidence import Span
from matcher.domain.proposal import Proposal, Section
from matcher.proposals.reader import read_proposal
from matcher.text.documents import read_document
from matcher.web.pages.highlights import ELLIPSIS, Piece, marked_sections, pieces, shortened

FOLDED = """title: Folded
What will you do?: >
  We restore vacant houses and leave with
  a certificate. It''s accepted by "local" builders.
Where?: 'We work where it''s hardest for young people to find work in construction.'
"""


def marked(cut: tuple[Piece, ...], name: str) -> str:
    return "".join(piece.text for piece in cut if name in piece.marks)


@given(st.text("ab \n🙂", max_size=60), st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=5))
def test_the_pieces_together_are_the_text_and_each_mark_is_its_stretch(text: str, ends: list[tuple[int, int]]) -> None:
    marks = [(str(number), Span(min(pair), max(pair))) for number, pair in enumerate(ends)]
    cut = pieces(text, marks)
    assert "".join(piece.text for piece in cut) == text
    for name, span in marks:
        is_inside = span.start < span.end <= len(text)
        assert marked(cut, name) == (span.of(text) if is_inside else "")
        assert [piece.begins.count(name) for piece in cut].count(1) == is_inside
        assert [piece.ends.count(name) for piece in cut].count(1) == is_inside


@pytest.mark.parametrize("words", ["vacant houses and leave with\n  a certificate.", "it''s hardest"])
def test_words_that_a_file_folds_or_escapes_are_marked_as_they_are_read(words: str) -> None:
    proposal = read_proposal(read_document(FOLDED.encode(), "a.yaml"))
    start = proposal.text.index(words)
    sections = marked_sections(proposal, [("1", Span(start, start + len(words)))])
    [section] = [one for one in sections if any(piece.marks for piece in one.pieces)]
    assert marked(section.pieces, "1") == " ".join(words.split()).replace("''", "'")


def test_an_answer_whose_place_is_not_known_is_marked_as_a_whole() -> None:
    proposal = Proposal("A", "other words", (Section("What?", "words that stand nowhere", Span(0, 11)),))
    [section] = marked_sections(proposal, [("1", Span(2, 4))])
    assert marked(section.pieces, "1") == "words that stand nowhere"


def test_long_stretches_that_nothing_marks_lose_their_middle_and_marked_ones_nothing() -> None:
    plain, quoted = shortened([Piece("a" * 5_000), Piece("b" * 5_000, ("1",))])
    assert plain.text.count("a") < 1_000
    assert ELLIPSIS in plain.text
    assert quoted.text == "b" * 5_000
