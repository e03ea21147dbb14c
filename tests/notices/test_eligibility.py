import pytest

from matcher.domain.opportunity import Eligibility
from matcher.domain.vocabulary import ApplicantType, SizeMeasure
from matcher.notices.eligibility import read_eligibility
from matcher.notices.page import read_page
from tests.notices.texts import ORCHARD_FUND, SAFE_WALKS, page_of, text_document


def eligibility(body: str) -> Eligibility:
    return read_eligibility(page_of(body))


def test_those_from_whom_proposals_are_taken_may_apply() -> None:
    found = read_eligibility(read_page(text_document(SAFE_WALKS)))

    assert found.applicant_types == (ApplicantType.LOCAL_EDUCATIONAL_AGENCIES,)
    assert found.note is not None
    assert found.note.text.startswith("It has $60m for approximately 12 winning proposals from LEAs, alone")
    assert found.note.span is not None
    assert found.note.span.of(SAFE_WALKS) == found.note.text


def test_sentences_that_stand_together_are_quoted_together() -> None:
    found = read_eligibility(read_page(text_document(ORCHARD_FUND)))

    assert (found.applicant_types, found.places) == ((ApplicantType.NONPROFITS_WITH_501C3,), ("Oregon",))
    assert found.note is not None
    assert found.note.text.startswith("The Green Acre Foundation invites")
    assert found.note.text.endswith("Applicants must be located in Oregon.")


def test_a_heading_makes_its_section_speak_of_applicants() -> None:
    found = eligibility("Who can apply\n\nTribal governments and small businesses.")

    assert found.applicant_types == (ApplicantType.TRIBAL_GOVERNMENTS, ApplicantType.SMALL_BUSINESSES)


def test_a_list_after_an_introduction_names_applicants() -> None:
    found = eligibility("Eligible applicants include:\n- Public colleges\n- School districts\n\nWe also like cities.")

    assert found.applicant_types == (
        ApplicantType.PUBLIC_HIGHER_EDUCATION,
        ApplicantType.LOCAL_EDUCATIONAL_AGENCIES,
    )


def test_applicants_of_no_known_type_are_kept_in_the_notices_words() -> None:
    found = eligibility("Eligible applicants are museums and libraries.")

    assert (found.applicant_types, found.unrecognized_types) == ((), ("museums and libraries",))


def test_a_named_type_is_narrower_than_everybody() -> None:
    found = eligibility("The round is open to all. Only small businesses may apply.")

    assert found.applicant_types == (ApplicantType.SMALL_BUSINESSES,)


def test_a_notice_that_does_not_say_who_may_apply_leaves_it_open() -> None:
    assert eligibility("Trees help cities and tribes. The council meets in Ohio.") == Eligibility()


def test_refusals_sizes_and_partners_are_read_with_their_words() -> None:
    body = (
        "Nonprofits with an annual operating budget under $1 million may apply. Individuals are not eligible. "
        "Applicants must apply in partnership with an LEA."
    )
    found = eligibility(body)

    assert found.excluded_types == (ApplicantType.INDIVIDUALS,)
    (limit,) = found.size_limits
    assert (limit.measure, limit.minimum, limit.maximum) == (SizeMeasure.ANNUAL_BUDGET, None, 999_999)
    (partner,) = found.required_partners
    assert partner.applicant_types == (ApplicantType.LOCAL_EDUCATIONAL_AGENCIES,)
    text = page_of(body).text
    for quote in (limit.quote, partner.quote, found.note):
        assert quote is not None
        assert quote.span is not None
        assert quote.span.of(text) == quote.text


def test_a_type_that_is_both_taken_and_refused_stands_in_both_places() -> None:
    found = eligibility("Nonprofits may apply. Nonprofits may not apply.")

    assert set(found.excluded_types) == set(found.applicant_types) != set()


@pytest.mark.parametrize(
    "before",
    [
        "*Who May Submit Proposals: Proposals may only be submitted by the following:",
        "Additional Information on Eligibility",
        "Qualified Applicants",
    ],
)
def test_a_list_is_one_of_applicants_however_federal_notices_announce_it(before: str) -> None:
    found = eligibility(f"We plant trees.\n\n{before}\n- Non-profit organizations: clubs that plant.\n- Indian Tribes")

    assert found.applicant_types == (
        ApplicantType.NONPROFITS_WITH_501C3,
        ApplicantType.NONPROFITS_WITHOUT_501C3,
        ApplicantType.TRIBAL_GOVERNMENTS,
    )
