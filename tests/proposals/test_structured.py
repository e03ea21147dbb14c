import json

import pytest

from matcher.domain.proposal import Proposal
from matcher.domain.vocabulary import ApplicantType, Basis
from matcher.errors import DocumentRejected
from matcher.proposals.reader import read_proposal
from matcher.text.documents import read_document


def read(text: str, name: str = "trees.json") -> Proposal:
    return read_proposal(read_document(text.encode(), name))


def test_title_organization_and_sections_of_a_json_object_are_read() -> None:
    proposal = read(
        json.dumps(
            {
                "id": 17,
                "projectTitle": "Shade \U0001f333 for All",
                "organization": {"name": "Shade Club", "type": "501(c)(3) nonprofit", "mission": "Trees for all of us"},
                "sections": [
                    {"question": "What is the need?", "answer": 'Streets are \u2018hot\u2019\nand "bare".'},
                    {"heading": "Places", "text": ["North Side", "Old Town"]},
                ],
                "amountRequested": "$25,000",
                "people_served": 2400,
                "fiscal_year": 2031,
                "video_url": None,
            }
        )
    )

    assert (proposal.title, proposal.organization) == ("Shade 🌳 for All", "Shade Club")
    assert [(s.question, s.answer) for s in proposal.sections] == [
        ("Organization mission", "Trees for all of us"),
        ("What is the need?", 'Streets are ‘hot’\nand "bare".'),
        ("Places", "North Side\nOld Town"),
    ]
    assert proposal.sections[1].span.of(proposal.text) == r"Streets are \u2018hot\u2019\nand \"bare\"."
    profile = proposal.profile
    assert [(fact.value, fact.basis) for fact in profile.applicant_types] == [
        (ApplicantType.NONPROFITS_WITH_501C3, Basis.STATED)
    ]
    assert [place.value for place in profile.places] == ["North Side", "Old Town"]
    assert profile.amount_requested is not None
    assert profile.amount_requested.value == 25_000
    assert profile.people_served is not None
    assert profile.people_served.value == 2_400
    assert profile.people_served.quote is not None
    assert profile.people_served.quote.span is not None
    assert profile.people_served.quote.span.of(proposal.text) == "2400"
    assert profile.year is not None
    assert profile.year.value == 2031


def test_any_mapping_of_questions_to_answers_is_a_proposal() -> None:
    proposal = read('{"What is it?": "We plant trees.",\n\t"Who?": "Our crews do.", "answers": {"Why?": "It is hot."}}')

    assert proposal.title == "trees"
    assert [s.question for s in proposal.sections] == ["What is it?", "Who?", "Why?"]
    assert [s.span.of(proposal.text) for s in proposal.sections] == [s.answer for s in proposal.sections]


def test_yaml_is_read_like_json() -> None:
    proposal = read(
        "title: Trees\nplan:\n  - question: Why?\n    answer: |\n      It is hot.\n      Very.\n", "trees.txt"
    )

    assert proposal.title == "Trees"
    assert [(s.question, s.answer) for s in proposal.sections] == [("Why?", "It is hot.\nVery.")]


def test_half_a_character_does_not_spoil_the_text() -> None:
    proposal = read(r'{"What?": "We plant \ud83d trees."}')

    assert proposal.sections[0].answer == "We plant \ufffd trees."
    assert proposal.sections[0].answer.encode()


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ('["We plant trees."]', "trees.json", "the JSON holds a list, but a proposal is a mapping"),
        ("- We plant\n- trees\n", "trees.yaml", "the YAML holds a list, but a proposal is a mapping"),
        ("only words", "trees.yaml", "the YAML holds a single value, but a proposal is a mapping"),
        ('{"id": "4", "url": "https://example.org"}', "trees.json", "no answer, section or running text was found"),
        (
            '{"a": "b",\n "c" "d"}',
            "trees.json",
            r"trees.json, line 2: the JSON cannot be read: Expecting ':' delimiter",
        ),
        ("a: b\nc: 'd\n", "trees.yaml", r"trees.yaml, line \d: the YAML cannot be read"),
        ('{"a":' * 50_000, "trees.json", "nested too deeply"),
        ("a: " + "[" * 50_000, "trees.yaml", "nested deeper than 100 levels"),
    ],
)
def test_what_is_no_proposal_is_refused_with_a_reason(text: str, name: str, words: str) -> None:
    with pytest.raises(DocumentRejected, match=words):
        read(text, name)
