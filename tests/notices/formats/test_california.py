from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import FundingRange, Opportunity
from matcher.domain.vocabulary import ApplicantType, OpportunityStatus, PriorityKind
from matcher.errors import DocumentRejected, NoticeRejected
from matcher.notices.formats import california
from tests.notices.formats.contract import opportunities_of, records_of
from tests.notices.formats.samples import CREEK, california_csv, california_dump, california_search


def read_one(folder: Path, **cells: str) -> Opportunity:
    path = folder / "grants.csv"
    path.write_bytes(california_csv({**CREEK, **cells}))
    (found,) = opportunities_of(california.read, path)
    return found


def test_a_row_becomes_an_opportunity(tmp_path: Path) -> None:
    found = read_one(tmp_path)

    assert (found.opportunity_id, found.title) == ("california:40417", "Creek Daylighting Grants")
    assert (found.agency_name, found.opportunity_number) == ("Department of Quiet Creeks", "CRK-31-2")
    assert (found.status, found.source_url) == (OpportunityStatus.POSTED, "https://creeks.example.org/daylight")
    assert found.funding == FundingRange(50_000, 1_000_000, 4_000_000, 12, is_cost_sharing=True)
    assert [(key.name, key.day) for key in found.key_dates] == [
        ("open", PartialDate(2, 3, 2031)),
        ("application", PartialDate(5, 6, 2031)),
        ("award", PartialDate(9, 1, 2031)),
    ]
    assert (found.funding_instruments, found.funding_categories) == (
        ("grant", "loan"),
        ("environment", "arts", "humanities"),
    )


def test_the_purpose_column_is_the_priority(tmp_path: Path) -> None:
    (priority,) = read_one(tmp_path).priorities

    assert (priority.kind, priority.quote.text) == (PriorityKind.PURPOSE, CREEK["Purpose"])


def test_the_text_holds_what_an_applicant_reads_and_nobody_to_call(tmp_path: Path) -> None:
    found = read_one(tmp_path)

    assert found.text.startswith("Creek Daylighting Grants\n\nPurpose\n\nBring buried creeks")
    assert found.description == f"{CREEK['Purpose']}\n\nProjects dig up culverts.\nThey plant willows."
    assert "Reception" not in found.text


def test_eligibility_has_types_places_and_the_notes(tmp_path: Path) -> None:
    eligibility = read_one(tmp_path).eligibility

    assert ApplicantType.NONPROFITS_WITH_501C3 in eligibility.applicant_types
    assert ApplicantType.TRIBAL_GOVERNMENTS in eligibility.applicant_types
    assert ApplicantType.NONPROFITS_WITHOUT_501C3 not in eligibility.applicant_types
    assert eligibility.places == ("California",)
    assert eligibility.note is not None
    assert eligibility.note.text == "Nonprofit; Tribal Government\n\nNonprofits must have 501(c)(3) status."


def test_a_class_of_which_only_some_may_apply_is_in_doubt(tmp_path: Path) -> None:
    eligibility = read_one(tmp_path, ApplicantTypeNotes="Nonprofits with willow expertise.").eligibility

    nonprofits = {kind for kind in eligibility.applicant_types if kind is not ApplicantType.TRIBAL_GOVERNMENTS}
    assert set(eligibility.excluded_types) == nonprofits != set()


def test_the_raw_codes_stand_beside_our_own(tmp_path: Path) -> None:
    codes = {(code.name, code.code) for code in read_one(tmp_path).source_codes}

    assert {("Type", "Loan"), ("Categories", "Environment & Water"), ("MatchingFunds", "25%"), ("LOI", "Yes")} <= codes


def test_ongoing_means_at_any_time(tmp_path: Path) -> None:
    found = read_one(tmp_path, ApplicationDeadline="Ongoing")

    assert found.is_rolling
    assert found.application_dates == ()


def test_what_depends_or_is_empty_is_unknown(tmp_path: Path) -> None:
    unknown = "Dependant on number of submissions received, application process, etc."
    found = read_one(
        tmp_path, EstAmounts=unknown, EstAwards=unknown, EstAvailFunds="", ApplicationDeadline="", ExpAwardDate="TBD",
        OpenDate="August 2031", GrantID="N/A", Status="paused", MatchingFunds="", Geography="", ApplicantType="",
        ApplicantTypeNotes="", GrantURL="see notice",
    )  # fmt: skip

    assert found.funding == FundingRange()
    assert (found.key_dates, found.is_rolling, found.status) == ((), False, OpportunityStatus.UNKNOWN)
    assert (found.opportunity_number, found.source_url) == (None, None)
    assert found.eligibility.applicant_types == ()
    assert unknown in found.text


def test_a_description_that_points_to_the_purpose_is_left_out(tmp_path: Path) -> None:
    assert read_one(tmp_path, Description="*See Grant Purpose").description == CREEK["Purpose"]


def test_a_class_that_the_portal_did_not_have_is_kept_as_it_is(tmp_path: Path) -> None:
    eligibility = read_one(tmp_path, ApplicantType="Individual; Cooperative").eligibility

    assert eligibility.applicant_types == (ApplicantType.INDIVIDUALS,)
    assert eligibility.unrecognized_types == ("Cooperative",)


def test_a_formula_is_words(tmp_path: Path) -> None:
    assert read_one(tmp_path, Title='=HYPERLINK("http://x")').title == '=HYPERLINK("http://x")'


@pytest.mark.parametrize("file", [california_csv, california_dump, california_search])
def test_every_form_of_the_table_gives_the_same(file: Callable[..., bytes], tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_bytes(file(CREEK))

    assert california.recognizes(path.read_bytes(), "table")
    assert opportunities_of(california.read, path) == [read_one(tmp_path)]


def test_a_row_without_a_title_is_rejected_and_the_next_one_follows(tmp_path: Path) -> None:
    path = tmp_path / "grants.csv"
    path.write_bytes(california_csv({**CREEK, "Title": "\u00a0"}, CREEK))

    first, second = records_of(california.read, path)

    assert isinstance(first.outcome, NoticeRejected)
    assert str(first.outcome).startswith("grants.csv: record 1 (40417): `Title` is empty")
    assert (second.number, second.key) == (2, "40417")


def test_another_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(b'{"fields": []}')

    assert not california.recognizes(b"PortalID,Name\n", "other.csv")
    with pytest.raises(DocumentRejected, match="no list `records`"):
        list(california.read(path))


@pytest.mark.slow
def test_the_whole_portal_comes_in(source_files: Path) -> None:
    found = opportunities_of(california.read, source_files / "california" / "california-grants-portal-data.csv")

    assert len(found) == 698
    assert sum(opportunity.is_rolling for opportunity in found) == 88
    assert sum(bool(opportunity.application_dates) for opportunity in found) == 597
    assert all(opportunity.priorities and opportunity.source_url for opportunity in found)


def test_the_datastore_comes_in(source_files: Path) -> None:
    assert len(opportunities_of(california.read, source_files / "california" / "ckan_datastore_111c8c88.json")) == 50
