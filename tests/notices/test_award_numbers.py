import pytest

from matcher.notices.award_numbers import expected_number_of_awards, is_shared_out
from tests.notices.texts import page_of


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("Expected number of awards: 15", 15),
        ("Indicative number of proposals to be funded: One proposal is to be funded.", 1),
        ("We expect to make about ten awards.", 10),
        ("The office plans to issue one cooperative agreement.", 1),
        ("The prize will be awarded to four organisations.", 4),
        ("The center will select up to five state agencies and fund 12 projects.", 12),
    ],
)
def test_the_number_of_awards_is_read(words: str, count: int) -> None:
    found = expected_number_of_awards(page_of(words))

    assert found is not None
    assert found.value == count


@pytest.mark.parametrize(
    "words",
    [
        "The UG1 cooperative agreement awards pay for trials.",
        "Despite having received one or more awards, some lack money.",
        "There are two options for awardees.",
        "Track 1 and Track 2 awardees share their lessons.",
        "Tier 2 grant awards are small.",
        "New: Appendix 5 grants form",
        "The agency will fund one grant per county.",
        "In fiscal year 2019, the service awarded its money through 14 grants.",
        "The agency currently provides money to 54 grantees.",
        "Up to 20 awards go to the first track.\n\nUp to 10 awards go to the second.",
    ],
)
def test_other_numbers_and_numbers_that_differ_by_track_are_none(words: str) -> None:
    assert expected_number_of_awards(page_of(words)) is None


def test_an_amount_is_shared_out_among_the_awards_that_follow_it() -> None:
    assert is_shared_out(" for about 20 awards")
    assert not is_shared_out(" for about 20 years")
