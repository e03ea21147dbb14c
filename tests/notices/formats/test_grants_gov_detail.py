from pathlib import Path

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import KeyDate, Opportunity, SourceCode
from matcher.domain.vocabulary import ApplicantType, Basis, OpportunityStatus
from matcher.errors import DocumentRejected, NoticeRejected
from matcher.notices.formats.grants_gov_detail import read, recognizes
from tests.notices.formats.contract import opportunities_of, records_of
from tests.notices.formats.federal_samples import DETAIL, HIT, SYNOPSIS_PART, detail_answer, search_answer


def opportunity(tmp_path: Path, data: object = DETAIL) -> Opportunity:
    (only,) = opportunities_of(read, written(tmp_path, detail_answer(data)))
    return only


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "detail.json"
    path.write_bytes(data)
    return path


def test_a_record_is_told_by_its_fields() -> None:
    assert recognizes(detail_answer(DETAIL), "a")
    assert not recognizes(search_answer(HIT), "fetchOpportunity.json")


def test_a_record_becomes_an_opportunity_with_all_its_fields(tmp_path: Path) -> None:
    found = opportunity(tmp_path)

    assert found.opportunity_id == "grants-gov:410001"
    assert found.title == "Bee Corridors – 2031"
    assert found.description == "Plant hedges for bees."
    assert found.status is OpportunityStatus.POSTED
    assert found.funding.award_ceiling == 250_000
    assert found.funding.award_floor is None
    assert found.funding.estimated_total_program_funding == 4_000_000
    assert found.funding.expected_number_of_awards == 20
    assert found.funding.is_cost_sharing is False
    assert found.eligibility.applicant_types == (ApplicantType.NONPROFITS_WITH_501C3, ApplicantType.OTHER)
    assert found.eligibility.unrecognized_types == ("applicant type 77 of Grants.gov",)
    assert found.eligibility.note is not None
    assert found.eligibility.note.text == "Open to garden clubs."
    assert found.assistance_listing_numbers == ("10.912",)
    assert found.funding_categories == ("agriculture",)
    assert found.funding_instruments == ("grant",)


def test_dates_are_read_from_both_spellings_and_the_rest_is_kept_aside(tmp_path: Path) -> None:
    found = opportunity(tmp_path)

    assert found.key_dates == (
        KeyDate("post", PartialDate(1, 15, 2031)),
        KeyDate("application", PartialDate(4, 30, 2031)),
    )
    assert SourceCode("archiveDate", "sometime") in found.source_codes


def test_the_agency_is_no_contact_person(tmp_path: Path) -> None:
    assert opportunity(tmp_path).agency_name == "Natural Resources Conservation Service"
    bare = {name: value for name, value in DETAIL.items() if name != "agencyDetails"}
    assert opportunity(tmp_path, bare).agency_name is None
    assert "Sam Sample" not in repr(opportunity(tmp_path, bare))


def test_an_explanation_that_explains_nothing_is_left_out(tmp_path: Path) -> None:
    assert "undefined" not in opportunity(tmp_path).text


def test_a_forecast_has_estimated_dates(tmp_path: Path) -> None:
    part = {"forecastDesc": "Hedges next year.", "estApplicationResponseDateStr": "2031-07-01-00-00-00"}
    data = {name: value for name, value in DETAIL.items() if name not in ("synopsis", "ost")} | {"forecast": part}
    found = opportunity(tmp_path, data)

    assert found.status is OpportunityStatus.FORECASTED
    assert found.description == "Hedges next year."
    assert found.key_dates == (KeyDate("application", PartialDate(7, 1, 2031), basis=Basis.INFERRED),)


@pytest.mark.parametrize("changed", [{"awardCeiling": 250000}, {"awardCeiling": "250,000"}, {"awardCeiling": 250000.0}])
def test_amounts_may_be_numbers_or_words(changed: dict[str, object], tmp_path: Path) -> None:
    data = DETAIL | {"synopsis": SYNOPSIS_PART | changed}

    assert opportunity(tmp_path, data).funding.award_ceiling == 250_000


def test_a_record_without_an_identifier_has_a_reason(tmp_path: Path) -> None:
    (only,) = records_of(read, written(tmp_path, detail_answer({"errorMessages": ["not found"]})))

    assert isinstance(only.outcome, NoticeRejected)


def test_the_answer_to_a_failed_request_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentRejected, match="no such thing"):
        list(read(written(tmp_path, b'{"errorcode": 1, "msg": "no such thing", "data": null}')))


def test_the_real_record_is_read(source_files: Path) -> None:
    (path,) = (source_files / "grants_gov" / "fetch_opportunity").glob("*.json")
    (found,) = opportunities_of(read, path)

    assert found.agency_name is not None
    assert found.agency_name.startswith("National Telecommunications")
    assert [key.name for key in found.key_dates] == ["post", "application", "archive"]
    assert found.funding.award_ceiling is None
