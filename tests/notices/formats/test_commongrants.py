import json
from pathlib import Path

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import FundingRange, Opportunity, SourceCode
from matcher.domain.vocabulary import ApplicantType, OpportunityStatus
from matcher.errors import NoticeRejected
from matcher.notices.formats import commongrants
from tests.notices.formats import samples
from tests.notices.formats.contract import opportunities_of, records_of


def read_one(folder: Path, **fields: object) -> Opportunity:
    path = folder / "opportunity.json"
    path.write_bytes(json.dumps({**samples.CLINIC, **fields}).encode())
    assert commongrants.recognizes(path.read_bytes(), path.name)
    (found,) = opportunities_of(commongrants.read, path)
    return found


def rejection_of(folder: Path, **fields: object) -> str:
    path = folder / "opportunity.json"
    path.write_bytes(samples.common_grants_page({**samples.CLINIC, **fields}))
    (record,) = records_of(commongrants.read, path)
    assert isinstance(record.outcome, NoticeRejected)
    return str(record.outcome)


def test_every_field_arrives_and_unknown_ones_are_ignored(tmp_path: Path) -> None:
    found = read_one(tmp_path)

    assert found.opportunity_id == "common-grants:5f7c1d8e-6a54-4a0b-9a4e-0c9d5b9f2a11"
    assert (found.title, found.source_url) == ("Clinics on wheels", "https://clinics.example.org/1")
    assert (found.agency_name, found.agency_code) == ("Valley Health Office", "VHO")
    assert (found.status, found.assistance_listing_numbers) == (OpportunityStatus.POSTED, ("93.912",))
    assert found.funding == FundingRange(None, 50_001, 500_000, 10)
    assert [(key.name, key.day) for key in found.key_dates] == [
        ("post", PartialDate(1, 5, 2031)),
        ("application", PartialDate(3, 31, 2031)),
        ("award", PartialDate(6, 1, 2031)),
    ]
    assert "Info sessions: Every other Tuesday" in found.text
    assert found.priorities[0].quote.text == samples.CLINIC["description"]


def test_applicant_types_are_ours_and_custom_ones_their_own_words(tmp_path: Path) -> None:
    eligibility = read_one(tmp_path).eligibility

    assert eligibility.applicant_types == (ApplicantType.NONPROFITS_WITH_501C3,)
    assert eligibility.unrecognized_types == ("health cooperatives",)


def test_an_organization_of_no_kind_is_no_type(tmp_path: Path) -> None:
    eligibility = read_one(tmp_path, acceptedApplicantTypes=[{"value": "organization"}]).eligibility

    assert (eligibility.applicant_types, eligibility.unrecognized_types) == ((), ("organization",))


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ({"value": "forecasted"}, OpportunityStatus.FORECASTED),
        ({"value": "custom", "customValue": "archived"}, OpportunityStatus.ARCHIVED),
        ({"value": "custom", "customValue": "paused"}, OpportunityStatus.UNKNOWN),
    ],
)
def test_a_status_of_the_sources_own_is_kept_as_a_code(
    status: dict[str, str], expected: OpportunityStatus, tmp_path: Path
) -> None:
    found = read_one(tmp_path, status=status)

    assert found.status is expected
    assert SourceCode("status", status["value"]) in found.source_codes


def test_a_range_of_days_has_two_ends(tmp_path: Path) -> None:
    period = {"eventType": "dateRange", "startDate": "2031-01-01", "endDate": "2031-02-01"}
    found = read_one(
        tmp_path,
        keyDates={
            "otherDates": {
                "applicationPeriod": {"name": "Application period", **period},
                "performancePeriod": {"name": "Period of performance", **period},
            }
        },
    )

    assert [key.name for key in found.key_dates] == [
        "open", "application", "start of Period of performance", "Period of performance",
    ]  # fmt: skip
    assert found.key_dates[1].quote is not None
    assert found.key_dates[1].quote.text == "Application period: January 1, 2031 to February 1, 2031"


def test_a_close_in_words_may_mean_at_any_time(tmp_path: Path) -> None:
    found = read_one(tmp_path, keyDates={"closeDate": {"name": "Close", "eventType": "other", "details": "Rolling"}})

    assert (found.is_rolling, found.key_dates) == (True, ())


def test_the_year_9999_is_no_deadline(tmp_path: Path) -> None:
    found = read_one(tmp_path, keyDates={"closeDate": {"name": "C", "eventType": "singleDate", "date": "9999-12-31"}})

    assert found.key_dates == ()


def test_amounts_in_another_currency_are_left_out(tmp_path: Path) -> None:
    found = read_one(
        tmp_path,
        funding={
            "maxAwardAmount": {"amount": "9000", "currency": "EUR"},
            "totalAmountAvailable": {"amount": "5", "currency": "USD"},
        },
    )

    assert found.funding == FundingRange(award_ceiling=9_000, currency="EUR")


def test_what_is_left_out_is_unknown(tmp_path: Path) -> None:
    left_out = dict.fromkeys(("funding", "keyDates", "acceptedApplicantTypes", "source", "customFields"))
    found = read_one(tmp_path, description="", **left_out)

    assert (found.funding, found.key_dates, found.priorities) == (FundingRange(), (), ())
    assert (found.source_url, found.agency_name) == (None, None)


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"title": " "}, "`title`"),
        ({"status": "open"}, "`status`"),
        ({"funding": {"maxAwardAmount": {"amount": "much", "currency": "USD"}}}, "`funding.maxAwardAmount.amount`"),
        ({"keyDates": {"closeDate": {"date": "2031-02-30"}}}, "`keyDates.closeDate.date`"),
        ({"keyDates": {"closeDate": {"date": 20310203}}}, "`keyDates.closeDate.date`"),
    ],
)
def test_a_row_that_breaks_the_protocol_is_rejected_with_its_field(
    fields: dict[str, object], place: str, tmp_path: Path
) -> None:
    reason = rejection_of(tmp_path, **fields)

    assert "departs from CommonGrants 0.4.0" in reason
    assert place in reason


def test_a_bad_row_of_a_page_costs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "page.json"
    path.write_bytes(samples.common_grants_page({"id": "1"}, samples.CLINIC))

    first, second = records_of(commongrants.read, path)

    assert isinstance(first.outcome, NoticeRejected)
    assert second.key == samples.CLINIC["id"]


@pytest.mark.parametrize(
    "data",
    [
        samples.common_grants_page(samples.CLINIC),
        json.dumps([samples.CLINIC]).encode(),
        json.dumps({"status": 200, "message": "Success", "data": samples.CLINIC}).encode(),
        json.dumps(samples.CLINIC).encode() + b"\n",
        json.dumps({**samples.CLINIC, "competitions": {"items": [1]}}).encode(),
    ],
    ids=["page", "list", "answer", "lines", "with items of its own"],
)
def test_every_wrapping_gives_the_same(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "wrapped.json"
    path.write_bytes(data)

    assert commongrants.recognizes(data, path.name)
    assert opportunities_of(commongrants.read, path) == [read_one(tmp_path)]


def test_an_empty_page_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "page.json"
    path.write_bytes(samples.common_grants_page())

    assert commongrants.recognizes(path.read_bytes(), path.name)
    assert records_of(commongrants.read, path) == []


def test_other_json_is_not_ours() -> None:
    assert not commongrants.recognizes(b'{"data": {"opportunityTitle": "A"}}', "a.json")
    assert not commongrants.recognizes(b'title: "lastModifiedAt": "x" "status": {', "a.yaml")


def test_the_real_page_comes_in(source_files: Path) -> None:
    found = opportunities_of(commongrants.read, source_files / "commongrants" / "list_response.json")

    assert [(one.title, one.funding.award_ceiling) for one in found] == [("Grant 24", 24_000), ("Grant 23", 23_000)]
