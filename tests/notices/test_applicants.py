import pytest

from matcher.domain.vocabulary import ApplicantType
from matcher.notices.applicants import applicant_types

NONPROFITS = {ApplicantType.NONPROFITS_WITH_501C3, ApplicantType.NONPROFITS_WITHOUT_501C3}
COLLEGES = {ApplicantType.PUBLIC_HIGHER_EDUCATION, ApplicantType.PRIVATE_HIGHER_EDUCATION}
BUSINESSES = {ApplicantType.FOR_PROFITS, ApplicantType.SMALL_BUSINESSES}
LOCAL = {ApplicantType.COUNTY_GOVERNMENTS, ApplicantType.CITY_OR_TOWNSHIP_GOVERNMENTS}


@pytest.mark.parametrize(
    ("words", "types"),
    [
        ("Eligible: individual LEAs or consortia of LEAs.", {ApplicantType.LOCAL_EDUCATIONAL_AGENCIES}),
        ("Local educational agencies may apply.", {ApplicantType.LOCAL_EDUCATIONAL_AGENCIES}),
        ("Independent school districts may apply.", {ApplicantType.INDEPENDENT_SCHOOL_DISTRICTS}),
        ("Charter schools may apply.", {ApplicantType.CHARTER_SCHOOLS}),
        ("501(c)(3) nonprofit organizations may apply.", {ApplicantType.NONPROFITS_WITH_501C3}),
        ("Nonprofits may apply.", NONPROFITS),
        ("Not-for-profit groups may apply.", NONPROFITS),
        ("State and local governments may apply.", {ApplicantType.STATE_GOVERNMENTS, *LOCAL}),
        ("Counties and cities may apply.", LOCAL),
        ("Institutions of higher education may apply.", COLLEGES),
        ("Community colleges may apply.", {ApplicantType.PUBLIC_HIGHER_EDUCATION}),
        ("Federally recognized Indian tribes may apply.", {ApplicantType.TRIBAL_GOVERNMENTS}),
        ("Tribal organizations may apply.", {ApplicantType.OTHER_TRIBAL_ORGANIZATIONS}),
        (
            "Native American Tribal Governments (Other than Federally Recognized) may apply.",
            {ApplicantType.OTHER_TRIBAL_ORGANIZATIONS},
        ),
        ("Individuals may apply.", {ApplicantType.INDIVIDUALS}),
        ("Individual artists may apply.", {ApplicantType.INDIVIDUALS}),
        ("Small businesses may apply.", {ApplicantType.SMALL_BUSINESSES}),
        ("For-profit organizations may apply.", BUSINESSES),
        ("For-profit organizations other than small businesses may apply.", {ApplicantType.FOR_PROFITS}),
        ("Companies and small businesses may apply.", BUSINESSES),
        ("Not for profit organizations may apply.", NONPROFITS),
        ("Nonprofits with or without 501(c)(3) status may apply.", NONPROFITS),
        ("Non-governmental organizations may apply.", NONPROFITS),
        (
            "State, local, and tribal governments may apply.",
            {ApplicantType.STATE_GOVERNMENTS, *LOCAL, ApplicantType.TRIBAL_GOVERNMENTS},
        ),
        (
            "Public/State controlled institutions of higher education may apply.",
            {ApplicantType.PUBLIC_HIGHER_EDUCATION},
        ),
        ("Public housing agencies may apply.", {ApplicantType.HOUSING_AUTHORITIES}),
        ("Special purpose districts may apply.", {ApplicantType.SPECIAL_DISTRICT_GOVERNMENTS}),
        ("All responsible sources may apply.", {ApplicantType.UNRESTRICTED}),
        ("Public and private agencies, institutions, and individuals may apply.", {ApplicantType.UNRESTRICTED}),
        ("The round is open to all.", {ApplicantType.UNRESTRICTED}),
        ("Anyone may apply.", {ApplicantType.UNRESTRICTED}),
        ("The round is open to all nonprofits.", NONPROFITS),
        (
            "States, tribes, and counties may apply.",
            {
                ApplicantType.STATE_GOVERNMENTS,
                ApplicantType.TRIBAL_GOVERNMENTS,
                ApplicantType.COUNTY_GOVERNMENTS,
            },
        ),
        ("The states and territories may apply.", {ApplicantType.STATE_GOVERNMENTS}),
        ("Only state historic preservation agencies may apply.", {ApplicantType.STATE_GOVERNMENTS}),
        ("Eligible: Counties.", {ApplicantType.COUNTY_GOVERNMENTS}),
    ],
)
def test_a_name_means_its_types(words: str, types: set[ApplicantType]) -> None:
    assert set(applicant_types(words)) == types


@pytest.mark.parametrize(
    ("words", "types"),
    [
        ("Nonprofits may apply; individuals are not eligible.", NONPROFITS),
        ("Nonprofits are eligible, but small businesses may not apply.", NONPROFITS),
        ("Nonprofits, other than institutions of higher education, are eligible.", NONPROFITS),
        ("Nonprofits serving individuals with disabilities may apply.", NONPROFITS),
        ("Nonprofits in partnership with universities may apply.", NONPROFITS),
        ("For-profit organizations are not eligible to apply.", set()),
        ("Applicants must be registered.", set()),
        ("Foreign public entities may apply.", set()),
        ("Tribal colleges and universities may apply.", set()),
        ("Historically black colleges and universities may apply.", set()),
    ],
)
def test_those_who_are_refused_served_or_only_some_of_a_type_are_not_named(
    words: str, types: set[ApplicantType]
) -> None:
    assert set(applicant_types(words)) == types


def test_types_come_in_the_order_of_the_sentence() -> None:
    assert applicant_types("Small businesses and individuals may apply.") == (
        ApplicantType.SMALL_BUSINESSES,
        ApplicantType.INDIVIDUALS,
    )


@pytest.mark.parametrize(
    "words",
    [
        "Organizations in the United States may apply.",
        "Research at universities is eligible.",
        "Projects in Berks and Bucks Counties are eligible.",
        "Work that needs a permit from a state agency is eligible.",
        "Training for individuals is eligible.",
        "Bonds that were tax-exempt are eligible.",
    ],
)
def test_who_gives_a_place_a_permit_or_a_name_to_something_does_not_apply(words: str) -> None:
    assert applicant_types(words) == ()


def test_whom_a_gift_shall_help_does_not_apply_but_who_receives_it_does() -> None:
    assert set(applicant_types("Grants go to nonprofits to help individuals and small businesses.")) == NONPROFITS
    assert ApplicantType.INDIVIDUALS in applicant_types("Nonprofits that help, and individuals, may apply.")
