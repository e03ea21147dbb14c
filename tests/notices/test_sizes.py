import pytest

from matcher.domain.vocabulary import SizeMeasure
from matcher.notices.sizes import size_limits
from tests.notices.texts import page_of

BUDGET, EMPLOYEES, PEOPLE = SizeMeasure.ANNUAL_BUDGET, SizeMeasure.EMPLOYEES, SizeMeasure.PEOPLE_SERVED


def limits(body: str) -> list[tuple[SizeMeasure, int | None, int | None, str]]:
    page = page_of(body)
    return [
        (limit.measure, limit.minimum, limit.maximum, limit.quote.text if limit.quote else "")
        for sentence in page.sentences
        for limit in size_limits(page, sentence)
    ]


@pytest.mark.parametrize(
    ("body", "limit"),
    [
        (
            "Eligible are nonprofits with an annual operating budget under $1 million.",
            (BUDGET, None, 999_999, "annual operating budget under $1 million"),
        ),
        (
            "Applicants must have an annual budget of at least $50,000.",
            (BUDGET, 50_000, None, "annual budget of at least $50,000"),
        ),
        (
            "Only organizations with annual revenues between $100,000 and $2 million may apply.",
            (BUDGET, 100_000, 2_000_000, "annual revenues between $100,000 and $2 million"),
        ),
        (
            "Applicants must have fewer than 500 employees.",
            (EMPLOYEES, None, 499, "fewer than 500 employees"),
        ),
        (
            "Eligible applicants have 5 or more full-time staff.",
            (EMPLOYEES, 5, None, "5 or more full-time staff"),
        ),
        (
            "Local governments must serve populations of at least 50,000.",
            (PEOPLE, 50_000, None, "populations of at least 50,000"),
        ),
        (
            "Eligibility is limited to towns with a population of 2 million or less.",
            (PEOPLE, None, 2_000_000, "population of 2 million or less"),
        ),
        (
            "Eligible districts are those enrolling more than 2,000 students.",
            (PEOPLE, 2001, None, "enrolling more than 2,000 students"),
        ),
    ],
)
def test_a_threshold_is_read_with_its_words(body: str, limit: tuple[SizeMeasure, int | None, int | None, str]) -> None:
    assert limits(body) == [limit]


@pytest.mark.parametrize(
    "body",
    [
        "Preference is given to applicants with an annual budget under $1 million.",
        "Our partners have 500 or more employees.",
        "Applicants must submit a project budget under $50,000.",
        "Applicants must have an annual budget of $50,000.",
        "Applicants serving 2,000 to 5,000 people may receive $5 million.",
        "Applicants must train at least 40 people.",
        "Applicants must apply by May 20, 2027.",
    ],
)
def test_a_wish_a_fact_a_tier_and_a_goal_set_no_threshold(body: str) -> None:
    assert limits(body) == []


def test_several_thresholds_of_one_measure_are_all_kept() -> None:
    body = "Counties must serve a population of 2 million or more; tribes must serve a population of 50,000 or more."

    assert [limit[1] for limit in limits(body)] == [2_000_000, 50_000]
