import pytest

from matcher.domain.vocabulary import ApplicantType
from matcher.proposals.questions import is_question, question_fields
from matcher.proposals.reader import read_proposal
from matcher.text.documents import read_document

from .texts import QUESTIONS


def test_a_scraped_page_is_read_without_its_banner() -> None:
    proposal = read_proposal(read_document(QUESTIONS.encode(), "page.txt"))

    assert proposal.title == "Shade Club Plants Four Hundred Trees"
    assert proposal.organization == "Shade Club Old Town"
    assert [section.question for section in proposal.sections] == [
        "Summary",
        "What is the main theme of your application?",
        "In which areas of the county will you be directly working?",
        "Describe the project this grant will support.",
        "Approximately how many residents will this work impact?",
        "How much funding are you requesting?",
        "Describe the role of other organizations.",
    ]
    assert all(section.span.of(proposal.text) == section.answer for section in proposal.sections)
    assert "2032" not in " ".join(section.answer for section in proposal.sections)


def test_the_profile_of_a_scraped_page_rests_on_its_answers() -> None:
    profile = read_proposal(read_document(QUESTIONS.encode(), "page.txt")).profile

    assert profile.year is not None
    assert profile.year.value == 2031
    assert [place.value for place in profile.places] == ["North Side", "Old Town"]
    assert profile.people_served is not None
    assert profile.people_served.value == 2_400
    assert profile.amount_requested is not None
    assert profile.amount_requested.value == 25_000
    assert [fact.value for fact in profile.applicant_types] == [ApplicantType.NONPROFITS_WITH_501C3]


def test_a_rhetorical_question_stays_in_its_answer() -> None:
    proposal = read_proposal(read_document(QUESTIONS.encode(), "page.txt"))

    assert "But how will we reach more streets?" in proposal.sections[3].answer


def test_numbered_and_wrapped_questions_are_read_without_their_number() -> None:
    text = (
        "1. What is the need?\nStreets are hot.\n\n2. Describe in detail how you will make the streets\n"
        "of the town cooler.\n\nWe plant.\n\nQ3: **Who plants?**\n\nWe do.\n"
    )

    assert [(field.key, field.answer) for field in question_fields(text)] == [
        ("What is the need?", "Streets are hot."),
        ("Describe in detail how you will make the streets of the town cooler.", "We plant."),
        ("Who plants?", "We do."),
    ]


def test_a_question_without_an_answer_is_left_out() -> None:
    fields = question_fields("What is the need?\n\nWho plants?\n\nWe do.\n")

    assert [(field.key, field.answer) for field in fields] == [("Who plants?", "We do.")]


def test_prose_with_one_question_is_no_form() -> None:
    assert question_fields("Shade\n\nWhat is shade?\n\nIt is what trees give.\n") == ()


@pytest.mark.parametrize(
    "words",
    [
        "What is the one problem that your application will solve?",
        "In two sentences, please describe your proposal.",
        "Please explain how you will review your project. How will you recognize success?",
        "Describe what the town will look like once your work is done.",
        "Approximately how many residents will benefit?",
        "How can we and our partners make your proposal stronger?",
    ],
)
def test_questions_and_requests_are_told(words: str) -> None:
    assert is_question(words)


@pytest.mark.parametrize(
    "words",
    [
        "Central Park",
        "We describe our work below.",
        "But how will we reach them?",
        "What if every street had a tree?",
        "Describe the plan. It has three parts and they matter.",
        "How we work",
        "",
    ],
)
def test_answers_are_no_questions(words: str) -> None:
    assert not is_question(words)
