import pytest

from matcher.domain.opportunity import SelectionCriterion
from matcher.notices.criteria import read_selection_criteria
from tests.notices.texts import page_of

LETTERED = """\
Selection Criteria

The selection criteria for this competition are from 34 CFR 75.210.

(a) Need for project (20 points).

(1) The Secretary considers how hot the yard is.

(2) In doing so, the Secretary considers the shade (10 points).

(b) Quality of the project design (up to 45 points).

The design is clear.

(c) Adequacy of resources. (Maximum 35 points)

Total: 100 points

Application and Submission Information

1. Send it early (5 points of advice)."""


def criteria(body: str) -> tuple[SelectionCriterion, ...]:
    return read_selection_criteria(page_of(body))


def scores(body: str) -> list[tuple[str, int | None]]:
    return [(criterion.title, criterion.points) for criterion in criteria(body)]


def test_criteria_are_read_with_their_points_and_what_is_said_of_them() -> None:
    page = page_of(LETTERED)
    need, design, resources = read_selection_criteria(page)

    assert [c.key for c in (need, design, resources)] == ["criterion-1", "criterion-2", "criterion-3"]
    assert (need.title, need.points) == ("Need for project", 20)
    assert need.quote.text.startswith("(a) Need for project")
    assert need.quote.text.endswith("considers the shade (10 points).")
    assert (design.title, design.points) == ("Quality of the project design", 45)
    assert (resources.points, resources.quote.text) == (35, "(c) Adequacy of resources. (Maximum 35 points)")
    assert need.quote.span is not None
    assert need.quote.span.of(page.text) == need.quote.text


@pytest.mark.parametrize(
    "lines",
    [
        "1. Need — 30 points\nText on need.\n2. Plan of work — 70 points",
        "- Need: up to 30 points\n- Plan of work: up to 70 points",
        "* **Need** (30 pts): Is it hot?\n* **Plan of work** (70 pts): Who does what?",
        "Need (worth 30 points)\n\nIs it hot?\n\nPlan of work (worth 70 points)\n\nWho does what?",
        "### Need (30 points)\n\nIs it hot?\n\n### Plan of work (70 points)",
        "Criterion 1: Need (30 points)\n\nIs it hot?\n\nCriterion 2: Plan of work (70 points)",
        "Up to 30 points: Need\nUp to 70 points: Plan of work",
        "Criterion | Points\nNeed | 30\nPlan of work | 70\nTotal | 100",
        "Criterion | What we ask | Maximum points\nNeed | How hot is it? | 30\nPlan of work | Who? | 70\nTotal | | 100",
        "Need | 30 points\nPlan of work | 70 points\nTotal | 100 points",
        "Need (0-30 points)\nPlan of work (0-70 points)\nTotal points possible: 100",
    ],
)
def test_every_layout_of_a_scale_is_read(lines: str) -> None:
    body = f"## Review Criteria\n\n{lines}\n\n## How to Apply\n\nWrite (5 points to remember)."

    assert scores(body) == [("Need", 30), ("Plan of work", 70)]


@pytest.mark.parametrize(
    "heading",
    [
        "How We Score Proposals",
        "V. Application Review Information",
        "Evaluation Factors (100 points total)",
        "Scoring Rubric",
        "How your application will be evaluated",
        "3. Merit Review Criteria",
        "Applications will be scored on the following:",
    ],
)
def test_every_way_of_announcing_criteria_is_understood(heading: str) -> None:
    assert scores(f"{heading}\n\n- Need (30 points)\n- Plan (70 points)") == [("Need", 30), ("Plan", 70)]


def test_criteria_without_points_are_the_items_of_the_list() -> None:
    body = (
        "Proposals will be judged on the following criteria:\n\n- Impact: how many children get shade.\n- Feasibility\n"
        "- Cost; is it fair?\n\nFunds may be used for trees."
    )

    assert scores(body) == [("Impact", None), ("Feasibility", None), ("Cost", None)]
    assert criteria(body)[0].quote.text == "- Impact: how many children get shade."
    assert criteria(body)[2].quote.text == "- Cost; is it fair?"


def test_a_share_is_no_number_of_points() -> None:
    body = "Selection Criteria\n\nCriterion 1: Need (30%)\n\nIs it hot?\n\nCriterion 2: Plan (70%)\n\nWho does what?"

    assert scores(body) == [("Need", None), ("Plan", None)]
    assert criteria(body)[0].quote.text.endswith("Is it hot?")


@pytest.mark.parametrize(
    "body",
    [
        "Selection Criteria\n\nCompetitive Preference Priority 1 (5 points): Hot towns.",
        "Review process\n\nReviewers look at need first (20 points), then at quality.",
        "Applicants may earn up to 20 points for working with schools.",
        "What we fund\n\n- Trees (10 points of shade)",
        "Total: 100 points",
    ],
)
def test_what_is_no_criterion_is_left_out(body: str) -> None:
    assert criteria(body) == ()


def test_the_first_section_that_has_criteria_counts() -> None:
    body = "Selection Criteria\n\nSee below.\n\nReview Criteria\n\n- Need (30 points)\n\nScoring\n\n- Need: 31 points"

    assert scores(body) == [("Need", 30)]
