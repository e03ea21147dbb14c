import pytest

from matcher.notices.places import limiting_places


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("Applicants must be located in California.", ("California",)),
        (
            "Organizations must serve residents of Los Angeles County or Orange County.",
            ("Los Angeles County", "Orange County"),
        ),
        ("Work must take place in New York and New Jersey.", ("New York", "New Jersey")),
        ("Funding is limited to projects in the City of Chicago.", ("City of Chicago",)),
        ("Only groups located in the United States may apply.", ("United States",)),
        ("Activities must be carried out in the Gulf Coast region.", ("Gulf Coast",)),
        ("Groups must work in the State of Ohio, and they must be kind.", ("State of Ohio",)),
    ],
)
def test_a_limit_names_its_places(words: str, places: tuple[str, ...]) -> None:
    assert limiting_places(words, is_about_applicants=False) == places


@pytest.mark.parametrize(
    "words",
    [
        "The department is in Washington.",
        "We met many applicants in Texas.",
        "Projects must be designed in May.",
        "It must be fun.",
    ],
)
def test_a_place_that_is_only_mentioned_limits_nothing(words: str) -> None:
    assert limiting_places(words, is_about_applicants=False) == ()


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("Eligible are nonprofits in Alabama, Georgia and Florida.", ("Alabama", "Georgia", "Florida")),
        ("Only applicants from the state of Maine are eligible.", ("state of Maine",)),
        ("Applications can be from the 50 states, the District of Columbia, or Guam.",
            ("United States", "the District of Columbia", "Guam")),
        ("Colleges that have a campus located in the US may apply.", ("US",)),
        ("Eligible applicants are domestic public entities.", ("United States",)),
        ("U.S.-based nonprofits and Mexico-based universities may apply.", ("U.S.", "Mexico")),
        ("It solicits applications from groups located in the United States.", ("United States",)),
        ("Applicants must propose work within one or more River Recovery Units (RRUs) in the state of Maine.",
            ("state of Maine",)),
        ("Those in the following states may apply: Ohio, North Dakota, and Guam.", ("Ohio", "North Dakota", "Guam")),
    ],
)  # fmt: skip
def test_a_sentence_about_applicants_limits_them_to_the_places_it_names(words: str, places: tuple[str, ...]) -> None:
    assert limiting_places(words, is_about_applicants=True) == places


@pytest.mark.parametrize(
    "words",
    [
        "Nonprofits nationwide are eligible, those in Ohio included.",
        "U.S.-based nonprofits and foreign-based universities may apply.",
        "Community-based organizations may apply.",
    ],
)
def test_a_sentence_that_is_open_to_the_whole_country_or_names_none_limits_nothing(words: str) -> None:
    assert limiting_places(words, is_about_applicants=True) == ()


def test_where_an_applicant_sits_is_a_limit_in_a_sentence_about_applicants_only() -> None:
    words = "Oregon-based nonprofits are eligible."

    assert limiting_places(words, is_about_applicants=True) == ("Oregon",)
    assert limiting_places(words, is_about_applicants=False) == ()
