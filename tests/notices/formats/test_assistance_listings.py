from pathlib import Path

import pytest

from matcher.domain.opportunity import Opportunity, SourceCode
from matcher.domain.vocabulary import ApplicantType, OpportunityStatus
from matcher.errors import NoticeRejected
from matcher.notices.formats.assistance_listing_names import applicant_types, funding_category
from matcher.notices.formats.assistance_listings import read, recognizes
from tests.notices.formats.contract import opportunities_of, records_of
from tests.notices.formats.federal_samples import DETAIL, LISTING, detail_answer, listings


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "listings.jsonl"
    path.write_bytes(data)
    return path


def test_listings_are_told_by_their_fields() -> None:
    assert recognizes(listings(LISTING), "a")
    assert not recognizes(detail_answer(DETAIL), "assistance_listings.jsonl")


def test_a_listing_becomes_a_program_of_unknown_status_without_a_deadline(tmp_path: Path) -> None:
    (found,) = opportunities_of(read, written(tmp_path, listings(LISTING)))

    assert found.opportunity_id == "assistance-listing:10.912"
    assert found.title == "Hedge Incentives"
    assert found.description == "Pays farmers and towns to plant hedges."
    assert found.agency_name == "Department of Agriculture, Natural Resources Conservation Service"
    assert found.status is OpportunityStatus.UNKNOWN
    assert found.key_dates == ()
    assert not found.is_rolling
    assert found.assistance_listing_numbers == ("10.912",)
    assert found.funding_categories == ("agriculture", "natural_resources")
    assert found.funding_instruments == ("grant", "other")
    assert found.source_codes == (
        SourceCode("assistance_types", "Project Grants"),
        SourceCode("assistance_types", "Direct Loans"),
    )
    assert found.source_url == "https://sam.example.gov/fal/1/view"


def test_applicants_are_read_and_those_without_a_type_stay_in_words(tmp_path: Path) -> None:
    (found,) = opportunities_of(read, written(tmp_path, listings(LISTING)))

    assert found.eligibility.applicant_types == (
        ApplicantType.STATE_GOVERNMENTS,
        ApplicantType.PUBLIC_HIGHER_EDUCATION,
        ApplicantType.TRIBAL_GOVERNMENTS,
    )
    assert found.eligibility.unrecognized_types == ("Minority group",)


def test_results_and_beneficiaries_are_left_out(tmp_path: Path) -> None:
    told = repr(opportunities_of(read, written(tmp_path, listings(LISTING)))[0])

    assert "four miles" not in told
    assert "Individual" not in told


@pytest.mark.parametrize("changes", [{"id": "hedge"}, {"id": None}, {"title": ""}])
def test_a_listing_without_number_or_title_has_a_reason_and_the_next_one_follows(
    changes: dict[str, object], tmp_path: Path
) -> None:
    first, second = records_of(read, written(tmp_path, listings(LISTING | changes, LISTING)))

    assert isinstance(first.outcome, NoticeRejected)
    assert isinstance(second.outcome, Opportunity)
    assert second.number == 2


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("State", (ApplicantType.STATE_GOVERNMENTS,)),
        (
            "Local (includes State-designated lndian Tribes, excludes institutions of higher education and hospitals",
            (ApplicantType.COUNTY_GOVERNMENTS, ApplicantType.CITY_OR_TOWNSHIP_GOVERNMENTS),
        ),
        (
            "Private nonprofit institution/organization (includes institutions of higher education and hospitals)",
            (
                ApplicantType.NONPROFITS_WITH_501C3,
                ApplicantType.NONPROFITS_WITHOUT_501C3,
                ApplicantType.PRIVATE_HIGHER_EDUCATION,
            ),
        ),
        ("Small business (less than 500 employees)", (ApplicantType.SMALL_BUSINESSES,)),
        ("U.S. Territories and possessions (includes institutions of higher education and hospitals)", ()),
        ("Moon base", ()),
    ],
)
def test_kinds_of_applicants_have_the_types_that_they_name(name: str, types: tuple[ApplicantType, ...]) -> None:
    assert applicant_types(name) == types


def test_a_subject_has_the_category_of_its_group() -> None:
    assert funding_category("Health - Mental Health") == "health"
    assert funding_category("Astrology - General") is None


def test_every_real_listing_is_read(source_files: Path) -> None:
    found = opportunities_of(read, source_files / "assistance_listings" / "assistance_listings.jsonl")

    assert len(found) == len({one.opportunity_id for one in found}) == 2_480
    assert all(one.status is OpportunityStatus.UNKNOWN for one in found)
