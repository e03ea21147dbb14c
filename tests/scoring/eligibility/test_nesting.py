"""How places lie to each other, told by their names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.scoring.eligibility.geography import Relation, relation

SAME, INSIDE, CONTAINS, OVERLAPS, OUTSIDE, UNKNOWN = (
    Relation.SAME,
    Relation.INSIDE,
    Relation.CONTAINS,
    Relation.OVERLAPS,
    Relation.OUTSIDE,
    Relation.UNKNOWN,
)


@pytest.mark.parametrize(
    ("place", "other", "lies"),
    [
        ("Cleveland, Ohio", "Ohio", INSIDE),
        ("Cleveland, Ohio", "Cuyahoga County", INSIDE),
        ("Cuyahoga County, Ohio", "OH", INSIDE),
        ("Saint Louis, MO", "State of Missouri", INSIDE),
        ("Orleans Parish", "Louisiana", INSIDE),
        ("Boyle Heights", "Los Angeles County", INSIDE),
        ("Ohio", "nationwide", INSIDE),
        ("Ohio", "United States", INSIDE),
        ("Guam", "U.S. and its territories", INSIDE),
        ("Puerto Rico", "lower 48", OUTSIDE),
        ("District of Columbia", "Maryland", OUTSIDE),
        ("Ohio", "California", OUTSIDE),
        ("Kern County", "Los Angeles County", OUTSIDE),
        ("City of Fresno", "City of Los Angeles", OUTSIDE),
        ("Kenya", "United States", OUTSIDE),
        ("Mexico", "United States", OUTSIDE),
        ("Berlin, Germany", "EU member states", INSIDE),
        ("United States", "European Union", OUTSIDE),
        ("Ohio", "worldwide", INSIDE),
    ],
)
def test_cities_lie_in_counties_in_states_in_nations(place: str, other: str, lies: Relation) -> None:
    assert relation(place, other) is lies


@pytest.mark.parametrize(
    ("place", "other", "lies"),
    [
        ("Boston", "New England", INSIDE),
        ("West Virginia", "Appalachia", INSIDE),
        ("Ohio", "Appalachia", OVERLAPS),
        ("Texas", "Appalachia", OUTSIDE),
        ("Texas", "Gulf Coast", OVERLAPS),
        ("San Diego", "Southern California", INSIDE),
        ("Southern California", "California", INSIDE),
        ("Sacramento", "SoCal", OVERLAPS),
        ("Brooklyn", "New York City", INSIDE),
        ("San Fernando Valley", "County of Los Angeles", INSIDE),
        ("Navajo Nation", "Arizona", OVERLAPS),
        ("tribal lands", "Ohio", OVERLAPS),
        ("tribal lands", "Kenya", OUTSIDE),
        ("Toronto", "Ontario", OVERLAPS),
        ("the Midwest", "Ohio", CONTAINS),
    ],
)
def test_a_region_has_a_core_and_a_border_that_is_not_sharp(place: str, other: str, lies: Relation) -> None:
    assert relation(place, other) is lies


@pytest.mark.parametrize(
    ("place", "other", "lies"),
    [
        ("Los Angeles", "Los Angeles County", SAME),
        ("Los Angeles", "City of Los Angeles", SAME),
        ("LA", "Louisiana", SAME),
        ("LA", "County of Los Angeles", SAME),
        ("South LA", "Los Angeles County", INSIDE),
        ("Georgia", "United States", INSIDE),
        ("Tbilisi, Georgia", "United States", OUTSIDE),
        ("New York", "NYC", SAME),
        ("Seattle, Washington", "District of Columbia", OUTSIDE),
        ("Orange County", "California", INSIDE),
        ("Orange County", "Ohio", OUTSIDE),
        ("Springfield, IL", "Ohio", OUTSIDE),
        ("Springfield (IL)", "Illinois", INSIDE),
        ("Springfield", "Ohio", UNKNOWN),
        ("Portland", "Maine", UNKNOWN),
        ("Portland, Maine", "Oregon", OUTSIDE),
        ("Venice", "California", UNKNOWN),
        ("Lebanon", "Pennsylvania", UNKNOWN),
        ("Paris", "France", INSIDE),
        ("Paris, Texas", "France", OUTSIDE),
        ("London, Ontario", "United Kingdom", OUTSIDE),
        ("Chicago", "California", OUTSIDE),
    ],
)
def test_an_ambiguous_name_fits_if_a_likely_reading_fits_and_is_outside_only_if_none_does(
    place: str, other: str, lies: Relation
) -> None:
    assert relation(place, other) is lies


@pytest.mark.parametrize(
    ("place", "other", "lies"),
    [
        ("rural Ohio", "Ohio", INSIDE),
        ("rural communities in Ohio", "Ohio", INSIDE),
        ("Western Pennsylvania", "Pennsylvania", INSIDE),
        ("Ohio", "rural Ohio", CONTAINS),
        ("rural Ohio", "Texas", OUTSIDE),
        ("Greater Boston", "Massachusetts", OVERLAPS),
        ("Boston", "Greater Boston", INSIDE),
        ("throughout California", "California", SAME),
        ("California statewide", "CA", SAME),
        ("Watts, Los Angeles", "California", INSIDE),
        ("Watts, Los Angeles", "Ohio", UNKNOWN),
        ("County of Los Angeles (select only if countywide)", "California", INSIDE),
        ("Ohio and Indiana", "Ohio", CONTAINS),
        ("Ohio", "Ohio, Indiana and Kentucky", INSIDE),
        ("Ohio, Indiana", "the Midwest", INSIDE),
        ("Ohio and California", "the Midwest", OVERLAPS),
        ("Ohio; Indiana", "Texas or Utah", OUTSIDE),
        ("Los Angeles and Orange Counties", "California", INSIDE),
        ("Jackson, MS; Meridian, MS", "Mississippi", INSIDE),
    ],
)
def test_parts_surroundings_and_lists_are_read(place: str, other: str, lies: Relation) -> None:
    assert relation(place, other) is lies


@pytest.mark.parametrize(
    "place",
    [
        "rural areas",
        "urban",
        "low-income communities",
        "Westside",
        "statewide",
        "us",
        "in",
        "",
        "Ohio and Old Mill",
        ", ;",
    ],
)
def test_what_names_no_known_place_is_unknown(place: str) -> None:
    assert relation(place, "Ohio") is UNKNOWN
    assert relation("Ohio", place) is UNKNOWN


@pytest.mark.parametrize(
    ("place", "other"), [("Dallas", "Collin County"), ("Boyle Heights", "City of Los Angeles"), ("Buffalo", "NYC")]
)
def test_a_city_may_spread_over_counties_and_hold_neighborhoods(place: str, other: str) -> None:
    assert relation(place, other) is OVERLAPS


WORDS = """
Ohio | Cleveland, Ohio | Cuyahoga County, OH | Texas | EU | Germany | Appalachia | the Midwest | worldwide | Kenya | LA
| United States | Los Angeles | New England | Springfield | rural Ohio | Greater Boston | Southern California | Ontario
| Navajo Nation | New York | Georgia | rural areas
"""
NAMES = st.sampled_from([name.strip() for name in WORDS.split("|")])


@given(NAMES, NAMES)
def test_outside_inside_and_the_same_hold_from_both_sides(place: str, other: str) -> None:
    there, back = relation(place, other), relation(other, place)
    assert (there is OUTSIDE) is (back is OUTSIDE)
    assert (there is UNKNOWN) is (back is UNKNOWN)
    if {there, back} <= {SAME, INSIDE, CONTAINS}:
        assert there is not SAME or back is SAME


@given(NAMES)
def test_a_place_never_lies_outside_itself(place: str) -> None:
    assert relation(place, place) is not OUTSIDE


@given(st.text(max_size=60))
def test_any_words_can_be_asked_about(words: str) -> None:
    assert relation(words, "Ohio") in Relation


@pytest.mark.parametrize("words", ["in " * 60 + "area " * 20, "rural, " * 40, "Ohio, " * 40, "Ohio and " * 5000])
def test_words_without_end_are_asked_about_in_no_time(words: str) -> None:
    assert relation(words, "Ohio") in (UNKNOWN, SAME)
