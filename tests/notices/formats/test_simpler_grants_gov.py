"""Opportunities of Simpler.Grants.gov: every field in its place, and a bad record is a reason, not an end."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import FundingRange, KeyDate, Opportunity, SourceCode
from matcher.domain.vocabulary import ApplicantType, OpportunityStatus, PriorityKind
from matcher.errors import DocumentRejected, NoticeRejected
from matcher.notices.formats.record import Record
from matcher.notices.formats.simpler_grants_gov import read, recognizes
from tests.notices.formats.federal_samples import SIMPLER as RECORD
from tests.notices.formats.federal_samples import UUID


def with_summary(**fields: object) -> dict[str, Any]:
    return RECORD | {"summary": RECORD["summary"] | fields}


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "opportunities.json"


def records(path: Path, content: object) -> list[Record]:
    path.write_text(json.dumps(content), encoding="utf-8")
    return list(read(path))


def opportunity(path: Path, record: object = RECORD) -> Opportunity:
    (only,) = records(path, {"data": [record]})
    assert isinstance(only.outcome, Opportunity), only.outcome
    return only.outcome


def test_every_field_of_a_record_arrives(written: Path) -> None:
    found = opportunity(written)

    assert (found.opportunity_id, found.title) == ("grants-gov:123456", "Orchards in Every Town")
    assert (found.opportunity_number, found.agency_code) == ("ORCH-27-001", "USDA-TREES")
    assert found.agency_name == "Department of Orchards, Office of Trees"
    assert found.status is OpportunityStatus.POSTED
    assert found.description == "The purpose of this program is to plant fruit trees near schools."
    assert found.funding == FundingRange(None, 250_000, None, 12, is_cost_sharing=True)
    assert found.key_dates == tuple(
        KeyDate(name, PartialDate.of(day))
        for name, day in (
            ("post", date(2027, 1, 4)),
            ("application", date(2027, 3, 15)),
            ("archive", date(2027, 4, 14)),
        )
    )
    assert (found.assistance_listing_numbers, found.funding_categories) == (("10.675",), ("environment",))
    assert (found.funding_instruments, found.source_url) == (("grant",), "https://example.org/orchards")
    assert found.is_rolling is False
    assert "Applications are due by noon." in found.text


def test_codes_are_kept_as_they_are_written(written: Path) -> None:
    assert opportunity(written).source_codes == (
        SourceCode("opportunity_id", UUID),
        SourceCode("category", "discretionary"),
        SourceCode("top_level_agency_code", "USDA"),
        SourceCode("applicant_types", "state_governments"),
        SourceCode("applicant_types", "other"),
        SourceCode("applicant_types", "martians"),
    )


def test_codes_and_words_on_eligibility_are_read_together(written: Path) -> None:
    found = opportunity(written)

    assert found.eligibility.applicant_types == (ApplicantType.STATE_GOVERNMENTS, ApplicantType.TRIBAL_GOVERNMENTS)
    assert found.eligibility.unrecognized_types == ("martians",)
    assert found.eligibility.excluded_types == (ApplicantType.INDIVIDUALS,)
    assert found.eligibility.note is not None
    assert found.eligibility.note.span is not None
    assert found.eligibility.note.span.of(found.text) == "Indian tribes. Individuals are not eligible."


def test_the_description_says_what_the_money_is_for_and_where_it_says_so(written: Path) -> None:
    (priority,) = opportunity(written).priorities
    text = opportunity(written).text

    assert priority.kind is PriorityKind.PURPOSE
    assert priority.quote.span is not None
    assert priority.quote.span.of(text) == priority.quote.text
    assert "plant fruit trees" in priority.quote.text


def test_what_a_record_leaves_out_is_unknown(written: Path) -> None:
    found = opportunity(written, {"opportunity_title": "Bare", "opportunity_id": UUID})

    assert (found.opportunity_id, found.text) == (f"simpler:{UUID}", "Bare")
    assert (found.funding, found.key_dates, found.priorities) == (FundingRange(), (), ())
    assert (found.status, found.agency_name) == (OpportunityStatus.UNKNOWN, None)
    assert found.source_url == f"https://simpler.grants.gov/opportunity/{UUID}"


def test_a_closing_date_of_2099_means_at_any_time(written: Path) -> None:
    found = opportunity(written, with_summary(close_date="2099-12-31"))

    assert found.is_rolling
    assert found.application_dates == ()


def test_a_forecast_has_the_dates_that_it_expects(written: Path) -> None:
    record = with_summary(
        post_date=None, close_date=None, forecasted_post_date="2027-05-01", forecasted_close_date="2027-07-01"
    )
    found = opportunity(written, record | {"opportunity_status": "forecasted"})

    assert found.status is OpportunityStatus.FORECASTED
    assert [(key.name, str(key.day)) for key in found.key_dates][:2] == [
        ("post", "May 1, 2027"),
        ("application", "July 1, 2027"),
    ]


def test_a_floor_above_its_ceiling_is_no_range_and_stays_in_the_codes(written: Path) -> None:
    found = opportunity(written, with_summary(award_floor=500, award_ceiling=100))

    assert (found.funding.award_floor, found.funding.award_ceiling) == (None, None)
    assert {SourceCode("award_floor", "500"), SourceCode("award_ceiling", "100")} <= set(found.source_codes)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("words", "is no group of fields"),
        (RECORD | {"opportunity_title": " "}, "`opportunity_title` is empty"),
        (RECORD | {"legacy_opportunity_id": None, "opportunity_id": ""}, "neither legacy_opportunity_id nor"),
    ],
)
def test_an_unusable_record_is_a_reason_and_the_next_one_follows(written: Path, record: object, reason: str) -> None:
    bad, good = records(written, {"data": [record, RECORD]})

    assert isinstance(bad.outcome, NoticeRejected)
    assert (bad.number, bad.outcome.source) == (1, "opportunities.json")
    assert reason in bad.outcome.reason
    assert "record 1" in bad.outcome.reason
    assert (good.number, good.key) == (2, "123456")
    assert isinstance(good.outcome, Opportunity)


@pytest.mark.parametrize("content", [[RECORD], {"opportunities": [RECORD]}, {"data": RECORD}, RECORD])
def test_a_list_an_extract_and_a_single_answer_are_read_alike(written: Path, content: object) -> None:
    (only,) = records(written, content)

    assert isinstance(only.outcome, Opportunity)


@pytest.mark.parametrize("content", ["", "{", '{"data": 5}', "[" * 100_000, "5"])
def test_a_file_that_holds_no_list_is_rejected_whole(written: Path, content: str) -> None:
    written.write_text(content, encoding="utf-8")

    with pytest.raises(DocumentRejected):
        list(read(written))


def test_a_file_that_is_not_there_is_rejected(written: Path) -> None:
    with pytest.raises(DocumentRejected, match="cannot be opened"):
        list(read(written))


def test_the_format_is_told_by_the_content() -> None:
    head = json.dumps({"data": [RECORD]}).encode()

    assert recognizes(head, "anything.txt")
    assert recognizes(b"\xef\xbb\xbf\n" + head, "anything.txt")
    assert not recognizes(b'{"data": [{"title": "a"}]}', "opportunities.json")
    assert not recognizes(b"opportunity_title,legacy_opportunity_id", "opportunities.csv")


@pytest.mark.slow
def test_the_records_of_february_2026_all_come_in(source_files: Path) -> None:
    path = source_files / "simpler_grants_gov" / "opportunities_raw.json"
    with path.open("rb") as stream:
        assert recognizes(stream.read(65_536), path.name)

    outcomes = [record.outcome for record in read(path)]

    assert len(outcomes) == 786
    opportunities = [outcome for outcome in outcomes if isinstance(outcome, Opportunity)]
    assert len(opportunities) == 786
    assert all(one.priorities and one.opportunity_id.startswith("grants-gov:") for one in opportunities)
    assert len({one.opportunity_id for one in opportunities}) == 786
