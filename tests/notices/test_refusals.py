import pytest

from matcher.domain.vocabulary import ApplicantType
from matcher.notices.refusals import refused_types, refuses_abroad, without_refusals_abroad

INDIVIDUALS = (ApplicantType.INDIVIDUALS,)
BUSINESSES = (ApplicantType.FOR_PROFITS, ApplicantType.SMALL_BUSINESSES)


@pytest.mark.parametrize(
    ("words", "types"),
    [
        ("Individuals are not eligible.", INDIVIDUALS),
        ("Individuals (including sole proprietors) and foreign entities are not eligible to compete.", INDIVIDUALS),
        ("For-profit organizations may not apply.", BUSINESSES),
        ("Applications submitted by for-profit organizations will not be reviewed.", BUSINESSES),
        ("The round is not open to individuals.", INDIVIDUALS),
        ("The round is open to all organizations except small businesses.", (ApplicantType.SMALL_BUSINESSES,)),
        ("Nonprofits may apply; individuals are ineligible.", INDIVIDUALS),
    ],
)
def test_a_plain_refusal_names_its_types(words: str, types: tuple[ApplicantType, ...]) -> None:
    assert refused_types(words) == types


@pytest.mark.parametrize(
    "words",
    [
        "Individuals are eligible.",
        "Nonprofits that hold money abroad are not eligible.",
        "Organizations registered as 501(c)(4) entities are ineligible.",
        "Employees of state governments may not apply.",
        "Small businesses are not eligible as prime recipients.",
        "Nonprofits are not eligible unless they are accredited.",
        "Costs of individuals' travel are not eligible.",
    ],
)
def test_a_refusal_of_some_of_a_type_or_in_some_cases_names_none(words: str) -> None:
    assert refused_types(words) == ()


@pytest.mark.parametrize(
    ("words", "is_refused"),
    [
        ("Foreign entities are not eligible to compete for awards.", True),
        ("Non-domestic (non-U.S.) Entities (Foreign Organizations) are not eligible to apply.", True),
        ("Eligible institutions do not include foreign and international organizations.", True),
        ("Foreign organizations may apply.", False),
        ("Regional groups; Non-domestic (non-U.S.) Entities (Foreign Organizations); Tribes.", False),
        ("Nonprofits may apply.", False),
    ],
)
def test_applicants_abroad_are_refused_or_not(words: str, is_refused: bool) -> None:
    assert refuses_abroad(words) is is_refused


def test_a_text_that_takes_and_refuses_those_abroad_settles_nothing() -> None:
    words = "Taken: Non-domestic (non-U.S.) Entities (Foreign Organizations); foreign institutions are not eligible."

    assert not refuses_abroad(words)


def test_a_refusal_of_those_abroad_alone_is_blanked_and_offsets_stay() -> None:
    words = (
        "Nonprofits are eligible. Foreign organizations are not eligible. "
        "Individuals, foreign entities are not eligible."
    )

    bare = without_refusals_abroad(words)

    assert len(bare) == len(words)
    assert "Foreign organizations" not in bare
    assert "Individuals, foreign entities are not eligible." in bare
