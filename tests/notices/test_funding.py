import pytest

from matcher.domain.opportunity import FundingRange
from matcher.notices.funding import read_funding
from tests.notices.texts import page_of


def funding(body: str) -> FundingRange:
    return read_funding(page_of(body))


@pytest.mark.parametrize(
    ("words", "floor", "ceiling"),
    [
        ("Grants of up to $50,000 are available.", None, 50_000),
        ("Awards range from $5,000 to $10,000.", 5_000, 10_000),
        ("Organizations may request between $50,000 and $100,000.", 50_000, 100_000),
        ("The minimum award is $5,000 and the maximum is $50,000.", 5_000, 50_000),
        ("Award ceiling: $2,000,000\nAward floor: $500,000", 500_000, 2_000_000),
        ("Up to $1.5 million per grant.", None, 1_500_000),
        ("It gives up to $20,000 to each of five schools.", None, 20_000),
        ("We plan three grants of $100,000.", 100_000, 100_000),
        ("Awards are not anticipated to exceed $5,000,000.", None, 5_000_000),
    ],
)
def test_the_size_of_an_award_is_read_with_the_ends_that_are_stated(
    words: str, floor: int | None, ceiling: int | None
) -> None:
    found = funding(words)

    assert (found.award_floor, found.award_ceiling) == (floor, ceiling)
    assert found.estimated_total_program_funding is None


@pytest.mark.parametrize(
    ("words", "total", "count"),
    [
        ("A total of $2 million is available.", 2_000_000, None),
        ("It has $60m for approximately 12 winning proposals.", 60_000_000, 12),
        ("Estimated total program funding: $30,000,000\nExpected number of awards: 15", 30_000_000, 15),
        ("The program has $4 million to give and expects to make about ten awards.", 4_000_000, 10),
        ("It provides $3 million in grants.", 3_000_000, None),
        ("EUR 10 000 000 is available for 4 grants.", 10_000_000, 4),
    ],
)
def test_the_total_and_the_number_of_awards_are_read(words: str, total: int, count: int | None) -> None:
    found = funding(words)

    assert (found.estimated_total_program_funding, found.expected_number_of_awards) == (total, count)
    assert (found.award_floor, found.award_ceiling) == (None, None)


@pytest.mark.parametrize(
    "words",
    [
        "Applicants must have an annual budget of less than $1 million.",
        "The average award is $50,000.",
        "The application fee is $25.",
        "Last year we made 30 awards of $5,000.",
        "Air tickets cost $400.",
        "The foundation awards $2 million annually.",
        "Between 5 and 10 awards will be made.",
    ],
)
def test_an_amount_of_something_else_says_nothing_about_the_awards(words: str) -> None:
    assert funding(words) == FundingRange()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Applicants must provide matching funds of 25 percent.", True),
        ("Cost sharing is required.", True),
        ("Matching funds are not required.", False),
        ("No cost sharing is asked for.", False),
        ("The score rises with the match between needs and plans.", None),
    ],
)
def test_cost_sharing_is_yes_no_or_unknown(words: str, answer: bool | None) -> None:
    assert funding(words).is_cost_sharing is answer


def test_the_currency_is_the_one_of_the_awards() -> None:
    found = funding("Grants of up to €40,000 are available, about $43,000 in grants.")

    assert (found.currency, found.award_ceiling, found.estimated_total_program_funding) == ("EUR", 40_000, None)


def test_tiers_bound_the_awards() -> None:
    found = funding(
        "Awards range from $2-4m for towns serving 1,000-3,000 students to $6-8m for those serving 12,001+."
    )

    assert (found.award_floor, found.award_ceiling, len(found.tiers)) == (2_000_000, 8_000_000, 2)
