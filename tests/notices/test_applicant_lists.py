import pytest

from matcher.domain.vocabulary import ApplicantType
from matcher.notices.applicant_lists import ApplicantList, read_applicant_lists

NONPROFITS = {ApplicantType.NONPROFITS_WITH_501C3, ApplicantType.NONPROFITS_WITHOUT_501C3}
COLLEGES = {ApplicantType.PUBLIC_HIGHER_EDUCATION, ApplicantType.PRIVATE_HIGHER_EDUCATION}
STATE, TRIBES = ApplicantType.STATE_GOVERNMENTS, ApplicantType.TRIBAL_GOVERNMENTS


def listed(words: str) -> ApplicantList:
    found = read_applicant_lists(words)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("words", "types"),
    [
        ("Eligible applicants are nonprofits, states, and Indian tribes.", {*NONPROFITS, STATE, TRIBES}),
        ("States, tribes, and nonprofit organizations are eligible to apply.", {STATE, TRIBES, *NONPROFITS}),
        ("Nonprofit organizations; state governments; tribal governments", {*NONPROFITS, STATE, TRIBES}),
        (
            (
                "Proposals may only be submitted by the following: -Colleges and universities: Those that teach. Much"
                " is said of them. -Non-profit, non-academic organizations: Museums and the like."
            ),
            {*COLLEGES, *NONPROFITS},
        ),
        ("Eligible applicants include the following:\n\n- Universities\n- Tribes", {*COLLEGES, TRIBES}),
        ("Awards are awarded directly to individuals.", {ApplicantType.INDIVIDUALS}),
        ("Eligible applicants are universities, foreign organizations, and federal agencies.", COLLEGES),
    ],
)
def test_a_list_of_known_names_is_complete(words: str, types: set[ApplicantType]) -> None:
    found = listed(words)

    assert set(found.types) == types
    assert (found.is_complete, found.unrecognized, found.classes) == (True, (), ())


@pytest.mark.parametrize(
    "words",
    [
        "Eligible applicants include nonprofits and states.",
        "Eligible applicants may include but are not limited to nonprofits.",
        "Eligible applicants are nonprofits, such as theaters, among others.",
    ],
)
def test_an_open_word_leaves_a_list_open(words: str) -> None:
    found = listed(words)

    assert set(found.types) >= NONPROFITS
    assert not found.is_complete


def test_a_name_that_we_do_not_know_is_kept_and_leaves_the_list_open() -> None:
    found = listed("Eligible applicants are states, beekeepers, and tribes.")

    assert found.unrecognized == ("beekeepers",)
    assert not found.is_complete


def test_a_class_within_a_type_is_no_type() -> None:
    found = listed("Proposals may only be submitted by historically Black colleges and universities.")

    assert found.types == ()
    ((words, types),) = found.classes
    assert words == "historically Black colleges and universities"
    assert set(types) == COLLEGES


@pytest.mark.parametrize(
    ("words", "is_exclusive"),
    [
        ("Eligibility is limited to states.", True),
        ("Proposals may only be submitted by universities.", True),
        ("Eligible applicants are states.", False),
    ],
)
def test_a_list_says_whether_it_shuts_others_out(words: str, is_exclusive: bool) -> None:
    assert listed(words).is_exclusive is is_exclusive


def test_what_follows_another_introduction_is_another_list() -> None:
    words = (
        "Fellowships are awards to individuals. Fellows may hold the fellowship at:\n\n- universities\n- museums\n"
        "- state agencies"
    )

    assert listed(words).types == (ApplicantType.INDIVIDUALS,)


def test_types_that_apply_by_another_sentence_are_passed_over_and_not_forgotten() -> None:
    found = listed("Eligible applicants are states. Small businesses with good ideas should submit proposals, too.")

    assert found.types == (STATE,)
    assert ApplicantType.SMALL_BUSINESSES in found.passed_over


def test_refusals_and_definitions_are_no_lists() -> None:
    words = "Individuals are not eligible. The term eligible institution means a college. See the full notice."

    assert read_applicant_lists(words) is None


def test_the_span_covers_the_list() -> None:
    words = "Read this first. Eligible applicants are states and tribes. Good luck."

    assert listed(words).span.of(words) == "Eligible applicants are states and tribes."
