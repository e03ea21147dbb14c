from pathlib import Path

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import KeyDate, Opportunity
from matcher.domain.vocabulary import ApplicantType, Basis, OpportunityStatus
from matcher.errors import DocumentRejected, NoticeRejected
from matcher.notices.formats.federal_register import read, recognizes
from tests.notices.formats.contract import opportunities_of, records_of
from tests.notices.formats.federal_samples import DETAIL, DOCUMENT, detail_answer, register_page


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "documents.json"
    path.write_bytes(data)
    return path


def opportunity(tmp_path: Path, **changes: object) -> Opportunity:
    (only,) = opportunities_of(read, written(tmp_path, register_page(DOCUMENT | changes)))
    return only


def test_a_page_of_the_register_is_told_by_its_fields() -> None:
    assert recognizes(register_page(DOCUMENT), "a")
    assert not recognizes(detail_answer(DETAIL), "documents.json")


def test_a_notice_of_funding_becomes_an_opportunity(tmp_path: Path) -> None:
    found = opportunity(tmp_path)

    assert found.opportunity_id == "federal-register:2031-00412"
    assert found.title == "Applications for New Awards; Night Schools Program"
    assert found.agency_name == "Education Department, Office of Evening Learning"
    assert found.status is OpportunityStatus.POSTED
    assert found.description.startswith("The Department issues a notice")
    assert found.assistance_listing_numbers == ("84.999",)
    assert found.source_url == "https://register.example.gov/2031-00412"


def test_what_is_read_from_prose_is_marked_as_inferred(tmp_path: Path) -> None:
    found = opportunity(tmp_path)
    (close,) = found.application_dates

    assert found.key_dates[0] == KeyDate("post", PartialDate(1, 20, 2031))
    assert close.day == PartialDate(3, 21, 2031)
    assert close.basis is Basis.INFERRED
    assert found.eligibility.applicant_types == (ApplicantType.LOCAL_EDUCATIONAL_AGENCIES,)
    assert found.eligibility.basis is Basis.INFERRED


def test_the_end_of_comments_is_no_deadline(tmp_path: Path) -> None:
    found = opportunity(tmp_path, dates="Comments are due on or before February 2, 2031.")

    assert found.application_dates == ()


def test_a_notice_may_lack_its_abstract(tmp_path: Path) -> None:
    found = opportunity(tmp_path, abstract=None, dates=None)

    assert found.description == ""
    assert found.text == found.title


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"type": "Rule"}, "only notices announce funding"),
        ({"type": "PRORULE"}, "only notices announce funding"),
        ({"title": "Agency Information Collection Activities; Application for Grants"}, "not of new funding"),
        ({"title": "Applications for New Awards; Correction"}, "not of new funding"),
        ({"title": "Sunshine Act", "action": "Notice.", "abstract": "Of the moon."}, "announces no funding"),
        ({"document_number": None}, "`document_number` is empty"),
        ({"document_number": "../1"}, "no number of the register"),
        ({"title": ""}, "`title` is empty"),
    ],
)
def test_other_documents_have_a_reason_and_the_next_one_follows(
    changes: dict[str, object], reason: str, tmp_path: Path
) -> None:
    first, second = records_of(read, written(tmp_path, register_page(DOCUMENT | changes, DOCUMENT)))

    assert isinstance(first.outcome, NoticeRejected)
    assert reason in first.outcome.reason
    assert isinstance(second.outcome, Opportunity)


def test_a_file_without_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentRejected, match="no list `results`"):
        list(read(written(tmp_path, b'{"count": 0}')))
