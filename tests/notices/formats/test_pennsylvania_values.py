import pytest

from matcher.domain.vocabulary import ApplicantType
from matcher.notices.formats.pennsylvania_values import (
    amount,
    applicant_types,
    funding_categories,
    instruments,
    places,
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("303000", 303_000),
        ("2274124.8", 2_274_125),
        ("$10 million total", 10_000_000),
        ("$58.9 million", 58_900_000),
        ("0", None),
        ("Pending", None),
        ("$1,040,470 (Cat 2)\n$1,145,470 (Cat 3)", None),
        ("May not exceed $4,000,000 or 40% of the total", None),
        ("", None),
    ],
)
def test_an_amount_is_a_number_or_one_with_hardly_a_word(written: str, expected: int | None) -> None:
    assert amount(written) == expected


def test_classes_in_any_list_are_read() -> None:
    types, unknown = applicant_types("Business, Nonprofit, and School", "")

    assert ApplicantType.SMALL_BUSINESSES in types
    assert ApplicantType.LOCAL_EDUCATIONAL_AGENCIES in types
    assert unknown == ()


def test_unknown_kinds_count_only_where_no_class_is_given() -> None:
    assert applicant_types("", "Ferry lines; Counties") == ((ApplicantType.COUNTY_GOVERNMENTS,), ("Ferry lines",))
    assert applicant_types("Individual", "Ferry lines") == ((ApplicantType.INDIVIDUALS,), ())
    assert applicant_types("Parks and Recreation", "") == ((), ("Parks and Recreation",))


def test_all_means_anybody() -> None:
    assert applicant_types("", "All") == ((ApplicantType.UNRESTRICTED,), ())


@pytest.mark.parametrize(
    ("geography", "expected"),
    [
        ("Statewide", ("Pennsylvania",)),
        ("Commonwealth wide", ("Pennsylvania",)),
        ("Lycoming, potter and tioga counties.", ("Lycoming, potter and tioga counties",)),
        ("Pennsylvania veterans", ()),
        ("", ()),
    ],
)
def test_places_are_names_of_places(geography: str, expected: tuple[str, ...]) -> None:
    assert places(geography) == expected


def test_money_that_is_neither_grant_nor_loan_is_other() -> None:
    assert instruments(("Grant", "loan", "Tax credit", "Bond")) == ("grant", "loan", "other")


def test_no_category_is_none() -> None:
    assert (funding_categories(""), funding_categories("Creative industry")) == ((), ("arts",))
