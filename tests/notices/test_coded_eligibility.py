"""Codes and free text on eligibility as one statement: nothing is refused on one of them alone."""

from time import process_time

import pytest

from matcher.domain.evidence import Span
from matcher.domain.opportunity import Eligibility
from matcher.domain.vocabulary import ApplicantType, SizeMeasure
from matcher.notices.coded_eligibility import coded_eligibility

OTHER, UNRESTRICTED = ApplicantType.OTHER, ApplicantType.UNRESTRICTED
STATE, TRIBES, INDIVIDUALS = (
    ApplicantType.STATE_GOVERNMENTS,
    ApplicantType.TRIBAL_GOVERNMENTS,
    ApplicantType.INDIVIDUALS,
)
NONPROFITS = (ApplicantType.NONPROFITS_WITH_501C3, ApplicantType.NONPROFITS_WITHOUT_501C3)
PRIVATE_COLLEGES = ApplicantType.PRIVATE_HIGHER_EDUCATION
TITLE = "Orchards\n\nTrees for all.\n\n"


def merged(codes: tuple[ApplicantType, ...], words: str) -> Eligibility:
    text = TITLE + words
    return coded_eligibility(text, Span(len(TITLE), len(text)), codes)


def test_codes_without_a_text_are_taken_as_they_are() -> None:
    found = coded_eligibility(TITLE, None, (STATE,), ("martians",))

    assert found == Eligibility(applicant_types=(STATE,), unrecognized_types=("martians",))


@pytest.mark.parametrize("codes", [(OTHER,), ()])
def test_a_complete_list_is_what_other_means(codes: tuple[ApplicantType, ...]) -> None:
    found = merged(codes, "Eligible applicants are states and tribes.")

    assert set(found.applicant_types) == {STATE, TRIBES}


def test_a_list_beside_codes_explains_what_other_means() -> None:
    found = merged((STATE, OTHER), "Indian tribes")

    assert found.applicant_types == (STATE, TRIBES)


@pytest.mark.parametrize(
    "words",
    [
        "Eligible applicants include states and tribes.",
        "See the full announcement.",
        "Eligible applicants are states and beekeepers.",
        "Eligible applicants are states. Small businesses should submit proposals as well.",
    ],
)
def test_a_text_that_leaves_something_open_leaves_other_open(words: str) -> None:
    assert OTHER in merged((OTHER,), words).applicant_types


def test_a_text_narrows_unrestricted() -> None:
    found = merged((UNRESTRICTED,), "Only nonprofits may apply. Eligibility is limited to nonprofits.")

    assert set(found.applicant_types) == set(NONPROFITS)


def test_a_mention_does_not_narrow_unrestricted() -> None:
    found = merged((UNRESTRICTED,), "Eligible applicants include nonprofits. Individuals are not eligible.")

    assert found.applicant_types == (UNRESTRICTED,)
    assert found.excluded_types == (INDIVIDUALS,)


def test_a_coded_type_that_the_text_shuts_out_stands_on_both_sides() -> None:
    found = merged((NONPROFITS[0], PRIVATE_COLLEGES), "Proposals may only be submitted by private universities.")

    assert PRIVATE_COLLEGES not in found.excluded_types
    assert NONPROFITS[0] in found.applicant_types
    assert found.excluded_types == (NONPROFITS[0],)


def test_a_coded_type_that_the_text_refuses_stands_on_both_sides() -> None:
    found = merged((STATE, INDIVIDUALS), "Individuals are not eligible.")

    assert INDIVIDUALS in found.applicant_types
    assert found.excluded_types == (INDIVIDUALS,)


def test_a_type_of_the_text_that_the_codes_leave_out_stands_on_both_sides() -> None:
    found = merged((STATE,), "Eligible applicants are states and tribes.")

    assert set(found.applicant_types) == {STATE, TRIBES}
    assert found.excluded_types == (TRIBES,)


def test_a_class_of_a_type_is_kept_in_words_unless_the_type_is_accepted() -> None:
    words = "Other eligible applicants include the following: Faith-based organizations"

    assert merged((OTHER, STATE), words).unrecognized_types == ("Faith-based organizations",)
    accepted = (OTHER, PRIVATE_COLLEGES, ApplicantType.PUBLIC_HIGHER_EDUCATION, *NONPROFITS)
    assert merged(accepted, words).unrecognized_types == ()
    assert OTHER not in merged(accepted, words).applicant_types


def test_a_class_of_colleges_leaves_other_colleges_in_doubt_and_nobody_else() -> None:
    found = merged((OTHER,), "Eligible applicants are limited to Historically Black Colleges and Universities (HBCUs).")

    colleges = {ApplicantType.PUBLIC_HIGHER_EDUCATION, PRIVATE_COLLEGES}
    assert set(found.applicant_types) == set(found.excluded_types) == colleges
    assert found.unrecognized_types == ()


def test_who_may_lead_a_project_says_nothing_of_applicants() -> None:
    words = "Who may serve as PI: Only individuals with a doctorate may apply. Universities may submit proposals."

    assert merged((OTHER,), words).applicant_types == (OTHER,)


def test_a_refusal_of_those_abroad_limits_to_the_country() -> None:
    assert merged((STATE,), "Foreign entities are not eligible to apply.").places == ("United States",)


def test_places_and_sizes_are_read_and_everything_points_into_the_text() -> None:
    words = "Eligibility is restricted to towns with a population of 50,000 or less. Towns must be located in Ohio."
    found = merged((OTHER,), words)

    assert found.places == ("Ohio",)
    assert [(limit.measure, limit.maximum) for limit in found.size_limits] == [(SizeMeasure.PEOPLE_SERVED, 50_000)]
    for quote in (found.note, found.size_limits[0].quote):
        assert quote is not None
        assert quote.span is not None
        assert quote.span.of(TITLE + words) == quote.text


def test_the_note_of_a_long_text_begins_with_its_list_and_ends_with_a_sentence() -> None:
    found = merged(
        (OTHER,), "Read the rules with care. " * 50 + "Eligible applicants are states. " + "More rules. " * 90
    )

    assert found.note is not None
    assert found.note.text.startswith("Eligible applicants are states.")
    assert found.note.text.endswith("More rules.")
    assert len(found.note.text) <= 900


@pytest.mark.parametrize(
    "unit", [", ", "; ", "-A ", "are eligible ", "that ", "(", "Foreign entities ", "such as ", ", states", ", museums"]
)
def test_a_long_text_costs_seconds_not_minutes(unit: str) -> None:
    started = process_time()

    merged((OTHER,), "Eligible applicants are states" + unit * (20_000 // len(unit)))

    assert process_time() - started < 2
