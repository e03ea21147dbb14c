import pytest

from matcher.domain.vocabulary import Basis
from matcher.notices.project_period import read_project_period
from tests.notices.texts import page_of


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        ("The period of performance is 36 months.", 36, 36),
        ("Awards are made for a 5-year project period.", 60, 60),
        ("Projects are up to five (5) years in duration.", None, 60),
        ("The duration is three to five years.", 36, 60),
        ("Projects should have a minimum duration of 18 months.", 18, None),
        ("The maximum grant term is two years.", None, 24),
        ("The grant period may not exceed 3 years.", None, 36),
        ("A project duration of at least 4 years is fine.", 48, None),
        ("Awards provide funding for five years.", 60, 60),
        ("Grants have a 36- month project period, with three 12-month budget periods.", 36, 36),
        ("Projects must be completed within 2 years.", None, 24),
    ],
)
def test_the_length_of_a_project_is_read_in_months(words: str, least: int | None, most: int | None) -> None:
    page = page_of(words)
    found = read_project_period(page)

    assert found is not None
    assert (found.minimum_months, found.maximum_months, found.basis) == (least, most, Basis.STATED)
    assert found.quote is not None
    assert found.quote.text == words
    assert found.quote.span is not None
    assert found.quote.span.of(page.text) == words


def test_a_typical_length_is_inferred() -> None:
    found = read_project_period(page_of("The typical period of performance is three years."))

    assert found is not None
    assert (found.maximum_months, found.basis) == (36, Basis.INFERRED)


@pytest.mark.parametrize(
    "words",
    [
        "Results are counted for the project and for 5 years after its end.",
        "The award period may be extended for up to two years.",
        "Libraries without awards in the last five years may apply.",
        "The maximum grant duration is two (2) years, six (6) months.",
        "Applicants need projects with three years of data.",
        "Track 1 projects last for one year.\n\nTrack 2 projects have a duration of three years.",
        "Water flows for two years.",
    ],
)
def test_other_spans_of_time_and_lengths_that_differ_are_none(words: str) -> None:
    assert read_project_period(page_of(words)) is None
