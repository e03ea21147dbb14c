import pytest

from matcher.notices.criteria import read_selection_criteria
from matcher.notices.criteria_sentences import spoken_criteria
from tests.notices.texts import page_of


def scores(body: str) -> list[tuple[str, int | None]]:
    return [(criterion.title, criterion.points) for criterion in spoken_criteria(page_of(body))]


@pytest.mark.parametrize(
    "body",
    [
        "The Secretary awards up to 30 points for the need for shade. It gives up to 70 points for the plan of work.",
        "Up to 30 points will be awarded for the need for shade. Up to 70 points will be awarded for the plan of work.",
        "The need for shade is worth up to 30 points. The plan of work is worth up to 70 points.",
        "Reviewers use these selection criteria: (a) need for shade (30 points); and (b) plan of work (70 points).",
        "The evaluation criteria are need for shade (up to 30 points), and plan of work (up to 70 points).",
        "Award criteria: 1. Need for shade: yards are hot (30 points). Plan of work: somebody does it (70 points).",
    ],
)
def test_criteria_in_sentences_are_read_with_their_points(body: str) -> None:
    assert [(title.casefold(), points) for title, points in scores(body)] == [
        ("need for shade", 30),
        ("plan of work", 70),
    ]


@pytest.mark.parametrize(
    ("body", "titles"),
    [
        (
            "The jury looks at these criteria: Gardens: Criterion 1: Lasting Shade; Criterion 2: Good Fruit.",
            ["Lasting Shade", "Good Fruit"],
        ),
        (
            "Towns score applications based on the following criteria: Shade;Fruit; and the will to water.",
            ["Shade", "Fruit", "the will to water"],
        ),
        (
            "Applications will be evaluated based on need, merit of the plan, and budget reasonableness.",
            ["need", "merit of the plan", "budget reasonableness"],
        ),
    ],
)
def test_criteria_without_points_are_named(body: str, titles: list[str]) -> None:
    assert scores(body) == [(title, None) for title in titles]


@pytest.mark.parametrize(
    "body",
    [
        "We award 5 points for Competitive Preference Priority 1. We award 3 points for Preference 2.",
        "The Secretary awards up to 30 points for the need for shade.",
        "Proposals are evaluated on a rolling basis.",
        "Projects are selected on a first-come, first-served basis.",
        "Proposals are reviewed by staff, by the board, and by the mayor.",
        "The threshold is 70 points. The maximum score is 100 points.",
    ],
)
def test_preferences_sums_and_single_scores_are_no_criteria(body: str) -> None:
    assert scores(body) == []


def test_a_quote_holds_the_words_of_its_criterion() -> None:
    page = page_of("Selection criteria: (a) need for shade (30 points); and (b) plan of work (70 points).")
    first, second = read_selection_criteria(page)

    assert (first.key, first.quote.text) == ("criterion-1", "need for shade (30 points)")
    assert (second.key, second.quote.text) == ("criterion-2", "plan of work (70 points)")
    assert second.quote.span is not None
    assert second.quote.span.of(page.text) == second.quote.text
