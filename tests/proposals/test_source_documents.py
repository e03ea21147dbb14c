"""The proposals that users bring, verbatim, where they are at hand."""

import re
from pathlib import Path

import pytest
import yaml

from matcher.domain.proposal import Proposal
from matcher.domain.vocabulary import ApplicantType, Basis
from matcher.proposals.reader import read_proposal
from matcher.text.documents import read_file
from matcher.text.passages import passages_of_sections

C3 = (ApplicantType.NONPROFITS_WITH_501C3, Basis.STATED)
CHARTER = (ApplicantType.CHARTER_SCHOOLS, Basis.STATED)
SPONSORED = (ApplicantType.NONPROFITS_WITH_501C3, Basis.INFERRED)
FILES = ["000", "001", "002", "003"]


def read(source_documents: Path, number: str) -> Proposal:
    return read_proposal(read_file(next(source_documents.glob(f"{number}_*.txt"))))


def plain(original: str) -> str:
    """Return a stretch of a source document without escapes, list marks, quotation marks and white space."""
    unescaped = re.sub(r"\\[rnt]", " ", original).replace('\\"', '"')
    return "".join(re.sub(r"^\s*- (>-)?|'", "", unescaped, flags=re.MULTILINE).split())


@pytest.mark.parametrize(
    ("number", "title", "organization", "questions", "year"),
    [
        ("000", "PowerMyLearning Los Angeles Program", "PowerMyLearning", 7, 2015),
        (
            "001",
            "Alliance Schools Reimagine High-Dosage Math Tutoring",
            "Alliance College-Ready Public Schools",
            10,
            2023,
        ),
        ("002", "Alliance CollegeReady Public Schools BLAST", "Alliance College-Ready Public Schools", 6, 2013),
        (
            "003",
            "Level Up: Students Organizations and Colleges Working Together For College Success!",
            "Southern California College Access Network, a Project of Community Partners",
            7,
            2015,
        ),
    ],
)
def test_titles_organizations_questions_and_years_are_read(
    source_documents: Path, number: str, title: str, organization: str, questions: int, year: int
) -> None:
    proposal = read(source_documents, number)

    assert (proposal.title, proposal.organization, len(proposal.sections)) == (title, organization, questions)
    assert proposal.profile.year is not None
    assert proposal.profile.year.value == year


@pytest.mark.parametrize(
    ("number", "types", "places", "people"),
    [
        ("000", [], 3, None),
        ("001", [CHARTER, C3], 5, 13_000),
        ("002", [CHARTER], 0, 9_500),
        ("003", [SPONSORED], 9, None),
    ],
)
def test_profiles_say_what_the_texts_say_and_no_more(
    source_documents: Path, number: str, types: list[tuple[ApplicantType, Basis]], places: int, people: int | None
) -> None:
    proposal = read(source_documents, number)
    profile = proposal.profile

    assert [(fact.value, fact.basis) for fact in profile.applicant_types] == types
    assert len(profile.places) == places
    assert (profile.people_served.value if profile.people_served else None) == people
    assert profile.amount_requested is None
    for fact in (*profile.applicant_types, *profile.places, profile.people_served, profile.year):
        if fact is not None:
            assert fact.quote is not None
            assert fact.quote.span is not None
            assert plain(fact.quote.span.of(proposal.text)) == plain(fact.quote.text)


@pytest.mark.parametrize("number", FILES)
def test_every_passage_and_section_says_what_its_span_says(source_documents: Path, number: str) -> None:
    proposal = read(source_documents, number)
    passages = passages_of_sections(proposal.sections, proposal.text)

    assert len(passages) >= 8
    for passage in passages:
        assert plain(passage.span.of(proposal.text)) == plain(passage.text)
    for section in proposal.sections:
        assert plain(section.span.of(proposal.text)) == plain(section.answer)


@pytest.mark.parametrize("number", ["000", "002", "003"])
def test_every_question_of_the_front_matter_has_its_answer(source_documents: Path, number: str) -> None:
    proposal = read(source_documents, number)
    values = yaml.safe_load(proposal.text.split("\n---")[0])

    asked = {" ".join(key.split()): value for key, value in values.items() if " " in key}
    answered = {section.question: section.answer for section in proposal.sections}
    assert asked.keys() <= answered.keys()
    for question, value in asked.items():
        expected = "\n".join(value) if isinstance(value, list) else value
        assert answered[question].split() == expected.split()


def test_the_banner_of_the_scraped_page_is_no_part_of_the_proposal(source_documents: Path) -> None:
    proposal = read(source_documents, "001")

    assert proposal.sections[0].question == "Summary"
    assert "2024" not in " ".join(section.answer for section in proposal.sections)
