from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.text.money import find_money


@pytest.mark.parametrize(
    ("words", "minimum", "maximum", "currency"),
    [
        ("$400m", 400_000_000, 400_000_000, "USD"),
        ("$5-10m", 5_000_000, 10_000_000, "USD"),
        ("$30–40m", 30_000_000, 40_000_000, "USD"),
        ("$1.5 million", 1_500_000, 1_500_000, "USD"),
        ("up to $1.5 million", None, 1_500_000, "USD"),
        ("between $50,000 and $1,000,000", 50_000, 1_000_000, "USD"),
        ("from $50,000 to $75,000", 50_000, 75_000, "USD"),
        ("$10,000", 10_000, 10_000, "USD"),
        ("$2 to $3 million", 2_000_000, 3_000_000, "USD"),
        ("$500 to $1 million", 500, 1_000_000, "USD"),
        ("at least $5,000", 5_000, None, "USD"),
        ("$5,000 or more", 5_000, None, "USD"),
        ("$250,000 or less", None, 250_000, "USD"),
        ("not to exceed $250,000", None, 250_000, "USD"),
        ("USD 400 million", 400_000_000, 400_000_000, "USD"),
        ("EUR 10 000 000", 10_000_000, 10_000_000, "EUR"),
        ("€2.5 million", 2_500_000, 2_500_000, "EUR"),
        ("€1,5 million", 1_500_000, 1_500_000, "EUR"),
        ("2.500.000 €", 2_500_000, 2_500_000, "EUR"),
        ("£5k–£10k", 5_000, 10_000, "GBP"),
        ("$3mm", 3_000_000, 3_000_000, "USD"),
        ("US$ 3bn", 3_000_000_000, 3_000_000_000, "USD"),
        ("$1 trillion", 10**12, 10**12, "USD"),
        ("5-10 million dollars", 5_000_000, 10_000_000, "USD"),
        ("$10,000.50", 10_001, 10_001, "USD"),
    ],
)
def test_an_amount_is_read_with_its_ends_its_scale_and_its_currency(
    words: str, minimum: int | None, maximum: int | None, currency: str
) -> None:
    text = f"The fund gives {words}, as its board decided."

    (mention,) = find_money(text)

    assert (mention.minimum, mention.maximum, mention.currency) == (minimum, maximum, currency)
    assert mention.span.of(text) == words


def test_a_number_without_currency_is_no_money() -> None:
    assert find_money("In 2012 some 5 million people in 3-4 towns read 400 books.") == ()


def test_the_number_of_students_after_an_amount_is_no_second_end() -> None:
    text = "It costs $30 to 40 students, and $5 and 10 cents."

    assert [mention.span.of(text) for mention in find_money(text)] == ["$30", "$5"]


def test_a_label_before_an_amount_is_no_first_end() -> None:
    (mention,) = find_money("Tier 1-$5,000")

    assert (mention.minimum, mention.maximum) == (5_000, 5_000)


def test_a_word_that_begins_like_a_scale_scales_nothing() -> None:
    (mention,) = find_money("$400 may be spent")

    assert mention.maximum == 400


def test_amounts_in_two_currencies_are_two_amounts() -> None:
    assert [mention.currency for mention in find_money("$5-€6")] == ["USD", "EUR"]


def test_letters_that_only_look_like_a_scale_are_not_taken_for_one() -> None:
    (mention,) = find_money("$5 mıllion")

    assert mention.maximum == 5


@pytest.mark.parametrize("unit", [",", " ", "1", "$", "1,", "$1 ", "5-", "€ 1"])
def test_a_long_line_costs_seconds_not_minutes(unit: str) -> None:
    started = process_time()

    find_money((unit * 100_000)[:100_000])

    assert process_time() - started < 5


@settings(deadline=None)
@given(st.text(alphabet="$€£USDEUR0123456789.,- kmbn+toandupbetween\u00a0\n", max_size=60))
def test_any_text_gives_amounts_in_order_with_ends_in_order(text: str) -> None:
    position = 0
    for mention in find_money(text):
        assert position <= mention.span.start < mention.span.end <= len(text)
        assert mention.minimum is not None or mention.maximum is not None
        if mention.minimum is not None and mention.maximum is not None:
            assert 0 <= mention.minimum <= mention.maximum
        position = mention.span.end


@pytest.mark.parametrize("words", ["up to a total of $3 million", "up to the total of $3 million"])
def test_a_limit_of_a_total_is_a_limit(words: str) -> None:
    (mention,) = find_money(f"It gives {words}.")

    assert (mention.minimum, mention.maximum) == (None, 3_000_000)


def test_a_limit_that_is_itself_excluded_is_a_limit() -> None:
    (mention,) = find_money("Ask for up to but not including $20 million.")

    assert (mention.minimum, mention.maximum) == (None, 20_000_000)


def test_two_limits_joined_by_or_stay_two() -> None:
    assert [(mention.minimum, mention.maximum) for mention in find_money("less than $100 or more than $900")] == [
        (None, 100),
        (900, None),
    ]


def test_a_scale_behind_digits_that_say_it_already_is_a_slip() -> None:
    (mention,) = find_money("from $240,000 to $2,500,000 million")

    assert (mention.minimum, mention.maximum) == (240_000, 2_500_000)


@pytest.mark.parametrize("words", ["no less than $400", "not less than $400", "at least $400"])
def test_no_less_than_is_a_floor(words: str) -> None:
    (mention,) = find_money(f"Loans of {words}.")

    assert (mention.minimum, mention.maximum) == (400, None)
    assert mention.span.of(f"Loans of {words}.") == words


@pytest.mark.parametrize("words", ["up to approximately $400", "up to about $400"])
def test_a_limit_that_is_only_nearly_known_is_a_limit(words: str) -> None:
    (mention,) = find_money(f"It gives {words}.")

    assert (mention.minimum, mention.maximum) == (None, 400)
