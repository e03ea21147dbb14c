from matcher.domain.vocabulary import ApplicantType
from matcher.notices.formats.grants_gov_codes import APPLICANT_TYPES, FUNDING_CATEGORIES, FUNDING_INSTRUMENTS, named


def test_every_applicant_code_of_the_vocabulary_is_known() -> None:
    assert len(APPLICANT_TYPES) == 17
    assert APPLICANT_TYPES["25"] is ApplicantType.OTHER
    assert APPLICANT_TYPES["99"] is ApplicantType.UNRESTRICTED


def test_codes_have_names_of_their_own() -> None:
    for table, size in ((FUNDING_CATEGORIES, 28), (FUNDING_INSTRUMENTS, 4)):
        assert len(set(table.values())) == len(table) == size


def test_names_come_once_and_in_order_and_unknown_codes_have_none() -> None:
    assert named(("HL", "??", "AG", "HL"), FUNDING_CATEGORIES) == ("health", "agriculture")
