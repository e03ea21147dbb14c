import pytest

from matcher.domain.evidence import Span
from matcher.domain.proposal import Section
from matcher.proposals.organization import organization_in


def sections(*answers: str) -> tuple[tuple[Section, ...], str]:
    text, made = "", []
    for answer in answers:
        made.append(Section("Why?", answer, Span(len(text), len(text) + len(answer))))
        text += answer + "\n\n"
    return tuple(made), text


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("When Old Town Shade Club (Shade Club) was founded, no tree grew.", "Old Town Shade Club"),
        ("Today the Friends of Old Town (FOT) is an organization of many.", "Friends of Old Town"),
        (
            "Last year, Old Town Shade Club has made its name as one of the boldest nonprofit clubs.",
            "Old Town Shade Club",
        ),
        ("Shade & Water Club is a community organization.", "Shade & Water Club"),
    ],
)
def test_an_introduction_in_the_opening_names_the_organization(answer: str, name: str) -> None:
    made, text = sections(answer)

    found = organization_in(made, text)

    assert found is not None
    assert found.text == name
    assert found.span is not None
    assert found.span.of(text) == name


def test_the_lead_applicant_counts_wherever_it_is_named() -> None:
    made, text = sections("We plant trees.", "The Old Town Foundation is serving as lead applicant.")

    found = organization_in(made, text)

    assert found is not None
    assert found.text == "Old Town Foundation"


@pytest.mark.parametrize(
    "answers",
    [
        ("We plant trees in Old Town North.",),
        ("We visit the Annual Meeting (June Edition) of growers.",),
        ("The Old Town School District (OTSD) is the largest district. We help it.",),
        ("Our partner Root Works Club is a nonprofit.",),
        ("Old Town Gardens (Root Works) was founded long ago.",),
        ("We plant trees.", "Root Works is a nonprofit that helps us."),
    ],
)
def test_others_are_not_taken_for_the_applicant(answers: tuple[str, ...]) -> None:
    assert organization_in(*sections(*answers)) is None
