import pytest

from matcher.notices.points import points_in, points_of_preferences
from tests.notices.texts import page_of


@pytest.mark.parametrize(
    ("words", "points"),
    [
        ("(up to 5 points)", 5),
        ("0 or 3 points", 3),
        ("zero to ten points", 10),
        ("an additional five (5) points", 5),
        ("three additional points", 3),
        ("25 possible points", 25),
        ("20 pts", 20),
        ("a 15-point criterion", 15),
    ],
)
def test_points_are_read_in_digits_and_in_words(words: str, points: int) -> None:
    assert points_in(words) == points


@pytest.mark.parametrize("words", ["at one point in time", "no points", "0 points", "points of interest", "5 pounds"])
def test_what_gives_no_points_is_left_alone(words: str) -> None:
    assert points_in(words) is None


def test_a_sentence_gives_each_preference_its_own_points() -> None:
    page = page_of(
        "We award up to an additional 5 points to an application that meets Competitive Preference Priority 1, and "
        "up to an additional three points to one that meets Competitive Preference Priority 2."
    )

    assert points_of_preferences(page) == {"1": 5, "2": 3}
