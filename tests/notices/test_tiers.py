import pytest

from matcher.notices.tiers import stated_tiers
from tests.notices.texts import page_of

Row = tuple[int | None, int | None, int | None, int | None]


def tiers(body: str) -> list[Row]:
    return [
        (
            stated.tier.award_floor,
            stated.tier.award_ceiling,
            stated.tier.people_served_minimum,
            stated.tier.people_served_maximum,
        )
        for stated in stated_tiers(page_of(body))
    ]


def test_amounts_and_people_that_take_turns_are_tiers() -> None:
    body = "Awards range from $2-4m for towns serving 1000-3000 students to $6-8m for towns serving 12,001+."

    assert tiers(body) == [(2_000_000, 4_000_000, 1_000, 3_000), (6_000_000, 8_000_000, 12_001, None)]


def test_a_list_of_tiers_may_name_the_people_first() -> None:
    body = (
        "- Fewer than 1,000 residents: up to $50,000\n"
        "- 1,000 to 9,999 residents: up to $100,000\n"
        "- 10,000 or more residents: up to $250,000\n"
    )

    assert tiers(body) == [
        (None, 50_000, None, 999),
        (None, 100_000, 1_000, 9_999),
        (None, 250_000, 10_000, None),
    ]


def test_a_tier_quotes_the_words_that_state_it() -> None:
    page = page_of("Grants run from $5,000-9,000 for clubs serving 100-200 youth.")

    (stated,) = stated_tiers(page)

    assert stated.tier.quote is not None
    assert stated.tier.quote.text == "$5,000-9,000 for clubs serving 100-200 youth"
    assert stated.tier.quote.span is not None
    assert stated.tier.quote.span.of(page.text) == stated.tier.quote.text


@pytest.mark.parametrize(
    "words",
    [
        "We serve 2,000 to 3,000 children with a $5 lunch.",
        "Grants of $5,000 go to clubs with 20 years of work.",
        "Awards of $5,000 and $9,000 go to clubs serving 100-200 youth.",
        "Awards of $5,000 were made between May 1-3, 2012.",
    ],
)
def test_an_amount_that_does_not_depend_on_people_is_no_tier(words: str) -> None:
    assert tiers(words) == []
