from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import KeyDate, Opportunity, SourceCode
from matcher.domain.vocabulary import ApplicantType, Basis, OpportunityStatus
from matcher.errors import NoticeRejected
from matcher.notices.formats.grants_gov_xml import read, recognizes
from matcher.notices.formats.record import End, Record
from tests.notices.formats.contract import opportunities_of, records_of
from tests.notices.formats.federal_samples import (
    BEES,
    FORECAST,
    LAKES,
    SYNOPSIS,
    extract,
    streamed_zip,
    xml_record,
    zipped,
)

ROLLING_WORDS = (
    "applications", "proposals", "are", "accepted", "at", "any", "time", "any time", "anytime", "of", "the", "year",
    "year-round", "year round", "round", "on a", "rolling", "basis", "deadlines:", "no", "application", "deadline",
    "ongoing", "continuously", "open", "until", "all", "funding", "funds", "may", "submit", "not", "**", "_", ".",
    "&amp;",
)  # fmt: skip


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "extract"
    path.write_bytes(data)
    return path


def opportunity(tmp_path: Path, kind: str = SYNOPSIS, **changes: str | list[str]) -> Opportunity:
    fields = (BEES if kind == SYNOPSIS else LAKES) | changes
    (only,) = opportunities_of(read, written(tmp_path, extract(xml_record(kind, fields))))
    return only


@pytest.mark.parametrize("prefix", ["", "ns0:"])
def test_an_extract_is_told_by_its_root_however_it_is_packed(prefix: str) -> None:
    data = extract(xml_record(SYNOPSIS, BEES, prefix), prefix=prefix)

    assert recognizes(data, "a")
    assert recognizes(zipped(data, "a.xml"), "b")
    assert recognizes(streamed_zip(data), "c")


@pytest.mark.parametrize("data", [b"", b"<rss><Grants>", b'{"Grants": 1}', b"<GrantsGov>", zipped(b"x", "a.xml")])
def test_other_files_are_no_extract(data: bytes) -> None:
    assert not recognizes(data, "GrantsDBExtract20310116v2.xml")


def test_a_synopsis_becomes_a_posted_opportunity_with_all_its_fields(tmp_path: Path) -> None:
    found = opportunity(tmp_path)

    assert found.opportunity_id == "grants-gov:410001"
    assert found.title == "Bee Corridors & Hedges"
    assert found.opportunity_number == "USDA-BEE-31-01"
    assert found.agency_name == "Natural Resources Conservation Service"
    assert found.agency_code == "USDA-NRCS"
    assert found.status is OpportunityStatus.POSTED
    assert found.description == "Plant hedges.\n\n- for bees\n- for birds"
    assert found.funding.award_floor == 5_000
    assert found.funding.award_ceiling == 250_000
    assert found.funding.estimated_total_program_funding == 4_000_000
    assert found.funding.expected_number_of_awards == 20
    assert found.funding.is_cost_sharing is True
    assert set(found.eligibility.applicant_types) >= {
        ApplicantType.NONPROFITS_WITH_501C3,
        ApplicantType.PUBLIC_HIGHER_EDUCATION,
    }
    assert found.assistance_listing_numbers == ("10.912", "10.924A", "10.931")
    assert found.funding_categories == ("agriculture", "environment")
    assert found.funding_instruments == ("cooperative_agreement",)
    assert found.source_url == "https://bees.example.gov/2031"
    assert SourceCode("OpportunityCategory", "D") in found.source_codes
    assert SourceCode("EligibleApplicants", "25") in found.source_codes


def test_dates_are_read_and_the_deadline_carries_its_explanation(tmp_path: Path) -> None:
    found = opportunity(tmp_path)
    (close,) = found.application_dates

    assert [key.name for key in found.key_dates] == ["post", "application", "archive", "intent"]
    assert close.day == PartialDate(4, 30, 2031)
    assert close.basis is Basis.STATED
    assert close.quote is not None
    assert close.quote.text.startswith("Letters of intent are due")


def test_a_forecast_has_estimated_dates_that_are_marked_as_inferred(tmp_path: Path) -> None:
    found = opportunity(tmp_path, FORECAST)

    assert found.status is OpportunityStatus.FORECASTED
    assert found.key_dates == (
        KeyDate("post", PartialDate(2, 1, 2031)),
        KeyDate("open", PartialDate(5, 1, 2031), basis=Basis.INFERRED),
        KeyDate("application", PartialDate(7, 1, 2031), basis=Basis.INFERRED),
        KeyDate("award", PartialDate(9, 1, 2031), basis=Basis.INFERRED),
        KeyDate("project start", PartialDate(10, 1, 2031), basis=Basis.INFERRED),
    )
    assert "No Explanation" not in found.text
    assert SourceCode("FiscalYear", "2032") in found.source_codes


def test_a_ceiling_of_none_is_unknown_and_kept_as_it_was_written(tmp_path: Path) -> None:
    found = opportunity(tmp_path, FORECAST)

    assert found.funding.award_ceiling is None
    assert SourceCode("AwardCeiling", "none") in found.source_codes


def test_an_amount_of_zero_or_nothing_is_unknown(tmp_path: Path) -> None:
    found = opportunity(
        tmp_path, AwardCeiling="0", AwardFloor="0", EstimatedTotalProgramFunding="", ExpectedNumberOfAwards="0"
    )

    assert found.funding.award_ceiling is None
    assert found.funding.award_floor is None
    assert found.funding.estimated_total_program_funding is None
    assert found.funding.expected_number_of_awards is None
    assert not [code for code in found.source_codes if code.name.startswith("Award")]


def test_a_floor_above_the_ceiling_leaves_both_unknown(tmp_path: Path) -> None:
    found = opportunity(tmp_path, AwardFloor="300000")

    assert found.funding.award_floor is None
    assert found.funding.award_ceiling is None
    assert SourceCode("AwardFloor", "300000") in found.source_codes
    assert SourceCode("AwardCeiling", "250000") in found.source_codes


def test_a_floor_may_equal_the_ceiling(tmp_path: Path) -> None:
    assert opportunity(tmp_path, AwardFloor="250000").funding.award_floor == 250_000


@pytest.mark.parametrize("written", ["02302031", "2031-04-30", "13012031", "0430203", "Apr 30", "01011900"])
def test_a_day_that_no_calendar_has_is_unknown_and_kept_aside(written: str, tmp_path: Path) -> None:
    found = opportunity(tmp_path, CloseDate=written, CloseDateExplanation="")

    assert found.application_dates == ()
    assert SourceCode("CloseDate", written) in found.source_codes


def test_a_closing_date_in_2099_means_that_applications_are_taken_at_any_time(tmp_path: Path) -> None:
    found = opportunity(tmp_path, CloseDate="12312099", CloseDateExplanation="")

    assert found.application_dates == ()
    assert found.is_rolling


def test_codes_that_nobody_knows_are_kept_and_named(tmp_path: Path) -> None:
    found = opportunity(
        tmp_path,
        EligibleApplicants=["12", "03"],
        AdditionalInformationOnEligibility="",
        CategoryOfFundingActivity=["ZZ", "AG"],
        FundingInstrumentType="XX",
    )

    assert found.eligibility.applicant_types == (ApplicantType.NONPROFITS_WITH_501C3,)
    assert found.eligibility.unrecognized_types == ("applicant type 03 of Grants.gov",)
    assert found.funding_categories == ("agriculture",)
    assert found.funding_instruments == ()
    for code in (("EligibleApplicants", "03"), ("CategoryOfFundingActivity", "ZZ"), ("FundingInstrumentType", "XX")):
        assert SourceCode(*code) in found.source_codes


def record(tmp_path: Path, kind: str = SYNOPSIS, **changes: str | list[str]) -> Record:
    fields = (BEES if kind == SYNOPSIS else LAKES) | changes
    (only,) = records_of(read, written(tmp_path, extract(xml_record(kind, fields))))
    return only


def test_a_record_tells_when_it_is_over_before_it_is_read(tmp_path: Path) -> None:
    assert record(tmp_path).end == End(date(2031, 4, 30), OpportunityStatus.CLOSED)
    assert record(tmp_path, FORECAST).end == End(date(2031, 7, 1), OpportunityStatus.CLOSED)


def test_without_a_closing_date_it_is_over_once_it_is_archived(tmp_path: Path) -> None:
    undated = {"CloseDate": "", "ArchiveDate": "05302031"}
    archived = End(date(2031, 5, 30), OpportunityStatus.ARCHIVED)
    assert record(tmp_path, **undated, CloseDateExplanation="").end == archived
    assert record(tmp_path, **undated, CloseDateExplanation="Due June 30, 2031.").end is None


@pytest.mark.parametrize("written", ["", "02302031", "12312099"])
def test_a_record_whose_fields_date_no_end_does_not_tell(written: str, tmp_path: Path) -> None:
    assert record(tmp_path, CloseDate=written, ArchiveDate="").end is None


@pytest.mark.parametrize(
    "explanation",
    [
        "Applications are accepted on a rolling basis.",
        "Proposals may be submitted at any&nbsp;time.",
        "Applications may be submitted at anytime of the year.",
        "Applications are accepted &lt;b&gt;year&lt;/b&gt;-round.",
        "Applications are accepted continu\u00adously.",
        "There is no application deadline; apply when ready.",
        "Applications are open until all funds are spent.",
        "Apply at any **time**.",
    ],
)
def test_a_record_that_takes_applications_at_any_time_does_not_tell(explanation: str, tmp_path: Path) -> None:
    found = record(tmp_path, CloseDate="04302020", CloseDateExplanation=explanation)

    assert found.end is None


@settings(deadline=None)
@given(
    words=st.lists(st.sampled_from(ROLLING_WORDS), max_size=12),
    closes=st.sampled_from(("04302020", "05312020", "12312099", "")),
    archived=st.sampled_from(("04012020", "06302020", "")),
)
def test_a_record_past_its_end_is_over_as_it_told_whatever_its_explanation_says(
    words: list[str], closes: str, archived: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    fields = {"CloseDate": closes, "ArchiveDate": archived, "CloseDateExplanation": " ".join(words)}
    found = record(tmp_path_factory.getbasetemp(), **fields)

    assert isinstance(found.outcome, Opportunity)
    if found.end is not None:
        assert found.outcome.status_on(found.end.day + timedelta(days=1)) is found.end.status
        assert found.outcome.status_on(found.end.day) is OpportunityStatus.POSTED


def test_records_that_are_the_same_but_for_stamps_and_contacts_have_one_digest(tmp_path: Path) -> None:
    first = record(tmp_path)

    assert first.digest is not None
    assert record(tmp_path, LastUpdatedDate="01172031", Version="Synopsis 3").digest == first.digest
    assert record(tmp_path, GrantorContactEmail="another@bees.example.gov").digest == first.digest


@pytest.mark.parametrize("changes", [{"AwardCeiling": "1"}, {"FieldOfTomorrow": "x"}, {"EligibleApplicants": "12"}])
def test_records_that_differ_in_what_is_read_differ_in_their_digest(
    changes: dict[str, str | list[str]], tmp_path: Path
) -> None:
    assert record(tmp_path, **changes).digest != record(tmp_path).digest


def test_a_forecast_and_a_synopsis_of_the_same_fields_differ_in_their_digest_and_imprint(tmp_path: Path) -> None:
    forecast, synopsis = (record(tmp_path, kind, **(LAKES | BEES)) for kind in (FORECAST, SYNOPSIS))

    assert forecast.digest != synopsis.digest
    assert forecast.imprint != synopsis.imprint


def test_records_that_say_the_same_have_one_imprint_and_others_do_not(tmp_path: Path) -> None:
    assert record(tmp_path).imprint == record(tmp_path).imprint
    assert record(tmp_path, AwardCeiling="1").imprint != record(tmp_path).imprint


def test_a_field_that_the_schema_does_not_know_is_kept_aside(tmp_path: Path) -> None:
    found = opportunity(tmp_path, FieldOfTomorrow="<b>new</b>")

    assert SourceCode("FieldOfTomorrow", "new") in found.source_codes


def test_contact_persons_and_stamps_are_left_out(tmp_path: Path) -> None:
    told = repr(opportunity(tmp_path, GrantorContactFax="555-0199"))

    assert "555-01" not in told
    assert "desk@bees" not in told
    assert "LastUpdatedDate" not in told
    assert "Synopsis 2" not in told


def test_what_is_not_said_stays_unknown(tmp_path: Path) -> None:
    (found,) = opportunities_of(read, written(tmp_path, extract(xml_record(SYNOPSIS, {
        "OpportunityID": "7", "OpportunityTitle": "Bare"
    }))))  # fmt: skip

    assert found == Opportunity(
        opportunity_id="grants-gov:7",
        title="Bare",
        text="Bare",
        status=OpportunityStatus.POSTED,
        source_url="https://www.grants.gov/search-results-detail/7",
    )


def test_a_notice_without_a_title_goes_by_its_number(tmp_path: Path) -> None:
    assert opportunity(tmp_path, OpportunityTitle="").title == "USDA-BEE-31-01"


@pytest.mark.parametrize("address", ["http://www.grants.gov/", "javascript:alert(1)", "see notice", ""])
def test_without_an_address_of_its_own_the_notice_has_its_page_at_grants_gov(address: str, tmp_path: Path) -> None:
    found = opportunity(tmp_path, AdditionalInformationURL=address)

    assert found.source_url == "https://www.grants.gov/search-results-detail/410001"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"OpportunityID": ""}, "instead of 1 to 20 digits"),
        ({"OpportunityID": "12 OR 1=1"}, "instead of 1 to 20 digits"),
        ({"OpportunityTitle": " ", "OpportunityNumber": ""}, "cannot be named"),
        ({"Description": "x" * 600_000}, "600,000 characters"),
    ],
)
def test_an_unusable_record_has_a_reason_and_a_line_and_the_next_one_follows(
    changes: dict[str, str], reason: str, tmp_path: Path
) -> None:
    data = extract(xml_record(SYNOPSIS, BEES | changes), xml_record(SYNOPSIS, BEES | {"OpportunityID": "9"}))
    first, second = records_of(read, written(tmp_path, data))

    assert isinstance(first.outcome, NoticeRejected)
    assert reason in first.outcome.reason
    assert first.outcome.line == 4
    assert isinstance(second.outcome, Opportunity)
    assert (first.number, second.number, second.key) == (1, 2, "9")


def test_a_forecast_gives_way_to_the_synopsis_of_the_same_opportunity(tmp_path: Path) -> None:
    records = [xml_record(SYNOPSIS, BEES), xml_record(FORECAST, LAKES | {"OpportunityID": "410001"})]
    posted, forecast = records_of(read, written(tmp_path, extract(*records)))

    assert isinstance(posted.outcome, Opportunity)
    assert isinstance(forecast.outcome, NoticeRejected)
    assert "the synopsis in the same file takes its place" in forecast.outcome.reason


def test_records_without_an_identifier_have_nothing_in_common(tmp_path: Path) -> None:
    records = [xml_record(SYNOPSIS, BEES | {"OpportunityID": ""}), xml_record(FORECAST, LAKES | {"OpportunityID": ""})]

    for record in records_of(read, written(tmp_path, extract(*records))):
        assert "instead of 1 to 20 digits" in str(record.outcome)


def test_records_in_a_prefix_are_read_alike(tmp_path: Path) -> None:
    data = extract(xml_record(SYNOPSIS, BEES, "ns0:"), prefix="ns0:")

    assert opportunities_of(read, written(tmp_path, data)) == [opportunity(tmp_path)]


def test_markup_that_was_not_escaped_is_read_as_markup(tmp_path: Path) -> None:
    data = extract(xml_record(SYNOPSIS, BEES | {"Description": "MARK"})).replace(
        b"MARK", b"<p>One</p><script>alert(1)</script><p>Two</p>"
    )

    assert opportunities_of(read, written(tmp_path, data))[0].description == "One\n\nTwo"


def test_scripts_and_invisible_characters_do_not_come_through(tmp_path: Path) -> None:
    found = opportunity(tmp_path, Description="&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;A\u200b&#8203;b&lt;/p&gt;")

    assert found.description == "Ab"


def test_every_record_of_the_real_samples_is_read(source_files: Path) -> None:
    folder = source_files / "grants_gov"

    assert [one.opportunity_id for one in opportunities_of(read, folder / "sample_extract.xml")] == [
        "grants-gov:131073",
        "grants-gov:1010",
    ]
    assert len(opportunities_of(read, folder / "extract-streamed.zip")) == 3
