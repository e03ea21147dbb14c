import pytest

from matcher.domain.vocabulary import ApplicantType
from matcher.notices.formats.california_notes import narrowed_types

TYPES = ApplicantType.NONPROFITS_WITH_501C3, ApplicantType.TRIBAL_GOVERNMENTS


@pytest.mark.parametrize(
    "notes",
    [
        "Open to cities and to nonprofit organizations with willow expertise.",
        "Nonprofits must demonstrate three years of planting.",
        "Tribes and certain nonprofit organizations are eligible.",
        "Only cities may apply. A nonprofit's purposes must align with ours.",
    ],
)
def test_a_note_on_nonprofits_narrows_them_alone(notes: str) -> None:
    assert narrowed_types(TYPES, notes) == (ApplicantType.NONPROFITS_WITH_501C3,)


@pytest.mark.parametrize(
    "notes",
    [
        "Applicants must be an organization that focuses on creeks.",
        "The applicant must be a governmental or non-governmental organization serving divers.",
        "- Must be a nursery as defined in the Willow Act",
    ],
)
def test_a_note_on_all_applicants_narrows_every_type(notes: str) -> None:
    assert narrowed_types(TYPES, notes) == TYPES


@pytest.mark.parametrize(
    "notes",
    [
        "",
        "Nonprofits, cities and tribes.",
        "Nonprofits must have 501(c)(3) status.",
        "Only nonprofits with 501(c)3 status may apply.",
        "Applicants must be in good standing.",
        "This solicitation is open to all public and private entities.",
    ],
)
def test_a_note_that_names_whole_classes_narrows_none(notes: str) -> None:
    assert narrowed_types(TYPES, notes) == ()
