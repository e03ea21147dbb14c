import pytest

from matcher.domain.vocabulary import ApplicantType
from matcher.notices.formats.california_values import (
    applicant_types,
    award_count,
    award_range,
    funding_categories,
    places,
    total_funds,
)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Between $50,000 and $1,000,000", (50_000, 1_000_000)),
        ("Between $1 and $300,000", (None, 300_000)),
        ("Between $0 and $200,000", (None, 200_000)),
        ("$10,000", (10_000, 10_000)),
        ("Dependant on number of submissions received, application process, etc.", (None, None)),
        ("", (None, None)),
    ],
)
def test_award_amounts(cell: str, expected: tuple[int | None, int | None]) -> None:
    assert award_range(cell) == expected


@pytest.mark.parametrize(("cell", "expected"), [("$34,000,000", 34_000_000), ("$1", None), ("$0", None), ("", None)])
def test_available_funds_and_the_filler_for_none(cell: str, expected: int | None) -> None:
    assert total_funds(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("Exactly 1", 1), ("Between 35 and 35", 35), ("Between 1 and 5", None), ("Between 0 and 0", None), ("Many", None)],
)
def test_a_range_of_awards_is_no_number(cell: str, expected: int | None) -> None:
    assert award_count(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Statewide", ("California",)),
        ("All California Counties.", ("California",)),
        ("Lake Tahoe Basin", ("Lake Tahoe Basin",)),
        ("Alpine, Amador and Butte", ("Alpine", "Amador", "Butte")),
        ("Organizations must be located in Fresno County. Please call.", ("Fresno County",)),
        ("Proposals from outside of California are considered", ()),
        ("None.", ()),
        ("N/A", ()),
        ("", ()),
    ],
)
def test_places_are_names_or_what_sentences_demand(cell: str, expected: tuple[str, ...]) -> None:
    assert places(cell) == expected


def test_a_public_agency_may_be_any_public_body() -> None:
    types, unknown = applicant_types(("Public Agency",), "")

    assert {ApplicantType.COUNTY_GOVERNMENTS, ApplicantType.PUBLIC_HIGHER_EDUCATION} <= set(types)
    assert unknown == ()


@pytest.mark.parametrize(
    ("notes", "may_apply"),
    [
        ("Non-profits must be 501(c)(3).", False),
        ("Nonprofits with or without 501(c)(3) status", True),
        ("Any nonprofit", True),
    ],
)
def test_nonprofits_without_status_may_apply_unless_it_is_asked_for(notes: str, *, may_apply: bool) -> None:
    types, _ = applicant_types(("Nonprofit",), notes)

    assert (ApplicantType.NONPROFITS_WITHOUT_501C3 in types) is may_apply


def test_categories_that_are_new_count_as_other() -> None:
    assert funding_categories(("Energy", "Moonlight")) == ("energy", "other")
