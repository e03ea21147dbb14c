import pytest

from matcher.notices.other_money import PAST, is_other_money, is_project_cost


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("institutions that received no more than ", " of support"),
        ("organizations with annual revenues of ", "."),
        ("an application fee of ", "."),
        ("of this amount, ", " is kept"),
        ("up to ", " per student"),
        ("at ", "/MWh"),
        ("a grant of ", " earns 5 points"),
        ("awards of ", " are unlikely"),
    ],
)
def test_words_around_an_amount_say_that_it_is_something_else(before: str, after: str) -> None:
    assert is_other_money(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("grants of up to ", " per project."),
        ("we give ", " per year."),
        ("an award of ", "/year"),
        ("the grant is ", "."),
    ],
)
def test_an_award_stays_an_award(before: str, after: str) -> None:
    assert not is_other_money(before, after)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("projects with a cost of ", True),
        ("proposals with a total budget of ", True),
        ("small (with total budgets of ", True),
        ("the total budget of the call is ", False),
        ("projects can get ", False),
    ],
)
def test_the_cost_of_a_project_is_told_apart(words: str, answer: bool) -> None:
    assert is_project_cost(words) is answer


@pytest.mark.parametrize(
    "words",
    [
        "Last year we gave much.",
        "The state has awarded $5.",
        "It gave $9 since fiscal year 2016.",
        "$9 to date",
        "Prizes were awarded.",
        "The fund will grow by half.",
    ],
)
def test_other_years_are_recognized(words: str) -> None:
    assert PAST.search(words)


def test_this_year_is_not_another() -> None:
    assert not PAST.search("The state will award $5 in 2031.")
