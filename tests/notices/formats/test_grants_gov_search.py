from pathlib import Path

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.vocabulary import Basis, OpportunityStatus
from matcher.errors import DocumentRejected, NoticeRejected
from matcher.notices.formats.grants_gov_search import read, recognizes
from tests.notices.formats.contract import opportunities_of, records_of
from tests.notices.formats.federal_samples import DETAIL, HIT, detail_answer, search_answer


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "search2.json"
    path.write_bytes(data)
    return path


def test_an_answer_of_the_search_is_told_by_its_hits() -> None:
    assert recognizes(search_answer(HIT), "page")
    assert not recognizes(detail_answer(DETAIL), "search2.json")


def test_a_hit_becomes_an_opportunity_without_text(tmp_path: Path) -> None:
    (found,) = opportunities_of(read, written(tmp_path, search_answer(HIT)))

    assert found.opportunity_id == "grants-gov:410001"
    assert found.title == found.text == "Bee Corridors & Hedges – 2031"
    assert found.description == ""
    assert found.opportunity_number == "USDA-BEE-31-01"
    assert found.agency_name == "Natural Resources Conservation Service"
    assert found.agency_code == "USDA-NRCS"
    assert found.status is OpportunityStatus.POSTED
    assert found.assistance_listing_numbers == ("10.912",)
    assert [(key.name, key.day) for key in found.key_dates] == [
        ("post", PartialDate(1, 15, 2031)),
        ("application", PartialDate(4, 30, 2031)),
    ]


@pytest.mark.parametrize(
    "fields",
    [{"alnist": ["10.912"]}, {"alnist": [{"alnNumber": "10.912"}]}, {"cfdaList": ["10.912"]}],
    ids=["documented", "grouped", "seen"],
)
def test_listing_numbers_are_read_in_every_spelling(fields: dict[str, object], tmp_path: Path) -> None:
    hit = {name: value for name, value in HIT.items() if name != "cfdaList"} | fields

    assert opportunities_of(read, written(tmp_path, search_answer(hit)))[0].assistance_listing_numbers == ("10.912",)


def test_the_agency_may_be_called_by_its_other_name(tmp_path: Path) -> None:
    hit = HIT | {"agencyName": "Hedge Office"}

    assert opportunities_of(read, written(tmp_path, search_answer(hit)))[0].agency_name == "Hedge Office"


def test_a_forecast_has_an_estimated_deadline_or_none(tmp_path: Path) -> None:
    forecast = HIT | {"oppStatus": "forecasted", "docType": "forecast"}
    dated, undated = opportunities_of(read, written(tmp_path, search_answer(forecast, forecast | {"closeDate": ""})))

    assert dated.status is OpportunityStatus.FORECASTED
    assert dated.application_dates[0].basis is Basis.INFERRED
    assert undated.application_dates == ()


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"oppStatus": "closed"}, OpportunityStatus.CLOSED),
        ({"oppStatus": "archived"}, OpportunityStatus.ARCHIVED),
        ({"oppStatus": "", "docType": "forecast"}, OpportunityStatus.FORECASTED),
        ({"oppStatus": "?", "docType": "?"}, OpportunityStatus.UNKNOWN),
    ],
)
def test_the_status_is_what_the_search_says(fields: dict[str, str], status: OpportunityStatus, tmp_path: Path) -> None:
    assert opportunities_of(read, written(tmp_path, search_answer(HIT | fields)))[0].status is status


def test_a_hit_that_cannot_be_used_has_a_reason_and_the_next_one_follows(tmp_path: Path) -> None:
    first, second, third = records_of(read, written(tmp_path, search_answer(HIT | {"id": None}, "text", HIT)))

    assert isinstance(first.outcome, NoticeRejected)
    assert isinstance(second.outcome, NoticeRejected)
    assert third.key == "410001"


@pytest.mark.parametrize("data", [b'{"errorcode": 5, "msg": "bad oppHits request"}', b"[1]", b'{"data": []}'])
def test_the_answer_to_a_failed_request_is_refused(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(DocumentRejected, match="gave no hits"):
        list(read(written(tmp_path, data)))


def test_every_hit_of_the_real_answers_is_read(source_files: Path) -> None:
    pages = sorted((source_files / "grants_gov" / "search2").glob("*.json"))

    assert [len(opportunities_of(read, page)) for page in pages] == [50] * 5
