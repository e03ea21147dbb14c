import pytest

from matcher.domain.vocabulary import ApplicantType
from matcher.notices.partners import required_partners
from tests.notices.texts import page_of

LEA = (ApplicantType.LOCAL_EDUCATIONAL_AGENCIES,)
COLLEGES = {ApplicantType.PUBLIC_HIGHER_EDUCATION, ApplicantType.PRIVATE_HIGHER_EDUCATION}


def partners(body: str) -> list[tuple[set[ApplicantType], str]]:
    page = page_of(body)
    return [
        (set(one.applicant_types), one.quote.text if one.quote else "")
        for sentence in page.sentences
        for one in required_partners(page, sentence)
    ]


@pytest.mark.parametrize(
    ("body", "types", "quote"),
    [
        (
            "Nonprofits must apply in partnership with an LEA.",
            set(LEA),
            "must apply in partnership with an LEA",
        ),
        (
            "Applicants are required to partner with a school district to train its teachers.",
            set(LEA),
            "are required to partner with a school district",
        ),
        (
            "A partnership with one or more universities is required.",
            COLLEGES,
            "A partnership with one or more universities",
        ),
        (
            "Each application must include at least one charter school as a partner.",
            {ApplicantType.CHARTER_SCHOOLS},
            "must include at least one charter school",
        ),
    ],
)
def test_a_required_partner_is_read_with_its_words(body: str, types: set[ApplicantType], quote: str) -> None:
    ((found, words),) = partners(body)
    assert found == types
    assert words == quote


@pytest.mark.parametrize(
    "body",
    [
        "Nonprofits may apply in partnership with an LEA.",
        "Applicants are encouraged to partner with an LEA.",
        "Applicants must work with their neighbors.",
        "Applicants must describe how they will work. They partner with an LEA.",
        "Eligible are LEAs or consortia of LEAs.",
    ],
)
def test_a_partner_that_is_welcome_or_of_no_known_type_is_not_required(body: str) -> None:
    assert partners(body) == []
