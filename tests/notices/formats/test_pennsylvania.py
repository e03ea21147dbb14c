from pathlib import Path

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import FundingRange, Opportunity, SourceCode
from matcher.domain.vocabulary import ApplicantType, OpportunityStatus
from matcher.errors import DocumentRejected, NoticeRejected
from matcher.notices.formats import pennsylvania
from tests.notices.formats import samples
from tests.notices.formats.contract import opportunities_of, records_of


def read_one(folder: Path, **fields: object) -> Opportunity:
    path = folder / "grants.json"
    path.write_bytes(samples.pennsylvania({**samples.ORCHARD, **fields}))
    (found,) = opportunities_of(pennsylvania.read, path)
    return found


def test_a_grant_becomes_an_opportunity(tmp_path: Path) -> None:
    found = read_one(tmp_path)

    assert (found.opportunity_id, found.title) == ("pennsylvania:dgo7", "Town Orchards")
    assert (found.agency_name, found.agency_code) == ("Growing Things", "dgo")
    assert (found.status, found.source_url) == (OpportunityStatus.POSTED, "https://orchards.example.org/apply")
    assert found.funding == FundingRange(1_000, 25_000, 1_500_000, is_cost_sharing=True)
    assert [(key.name, key.day) for key in found.key_dates] == [
        ("open", PartialDate(2, 1, 2031)),
        ("application", PartialDate(6, 30, 2031)),
        ("award", PartialDate(9, 1, 2031)),
    ]
    assert (found.funding_categories, found.funding_instruments) == (("agriculture",), ("grant",))
    assert found.description.startswith("The goal of the program is to give every town an orchard.")
    assert found.priorities[0].quote.text.startswith("The goal of the program")


def test_classes_and_kinds_of_applicants_come_together(tmp_path: Path) -> None:
    eligibility = read_one(tmp_path).eligibility

    assert eligibility.applicant_types == (
        ApplicantType.COUNTY_GOVERNMENTS,
        ApplicantType.CITY_OR_TOWNSHIP_GOVERNMENTS,
        ApplicantType.NONPROFITS_WITH_501C3,
        ApplicantType.NONPROFITS_WITHOUT_501C3,
    )
    assert (eligibility.unrecognized_types, eligibility.places) == ((), ("Pennsylvania",))
    assert eligibility.note is not None
    assert "Garden clubs" in eligibility.note.text


def test_a_deadline_many_years_ahead_says_nothing(tmp_path: Path) -> None:
    found = read_one(tmp_path, closeDate="2041-12-31T12:00:00-00:00", grantCycle="Always Open")

    assert (found.application_dates, found.is_rolling) == ((), True)
    assert SourceCode("closeDate", "2041-12-31T12:00:00-00:00") in found.source_codes


def test_sentences_about_money_are_left_to_the_text(tmp_path: Path) -> None:
    sentence = "The maximum grant award for any one planning project is $250,000."
    found = read_one(tmp_path, minimumAward=sentence, maximumAward="Varies", totalFundsToBeAwarded="Pending")

    assert found.funding == FundingRange(is_cost_sharing=True)
    assert sentence in found.text


def test_a_grant_without_a_slug_is_rejected_and_the_next_one_follows(tmp_path: Path) -> None:
    path = tmp_path / "grants.json"
    path.write_bytes(samples.pennsylvania({**samples.ORCHARD, "slug": None}, 5, samples.ORCHARD))

    first, second, third = records_of(pennsylvania.read, path)

    assert "`slug` is empty" in str(first.outcome)
    assert isinstance(second.outcome, NoticeRejected)
    assert third.key == "dgo7"


def test_the_list_is_told_by_its_fields(tmp_path: Path) -> None:
    assert pennsylvania.recognizes(samples.pennsylvania(samples.ORCHARD), "any.json")
    assert not pennsylvania.recognizes(b'{"grants": [{"title": "A"}]}', "any.json")
    path = tmp_path / "other.json"
    path.write_bytes(b'{"other": []}')
    with pytest.raises(DocumentRejected, match="no list `grants`"):
        list(pennsylvania.read(path))


@pytest.mark.slow
def test_the_whole_list_comes_in(source_files: Path) -> None:
    found = opportunities_of(pennsylvania.read, source_files / "pennsylvania" / "PA-grant-data.sample.json")

    assert len(found) == 322
    assert sum(opportunity.status is OpportunityStatus.POSTED for opportunity in found) == 82
    assert max(key.day.year or 0 for one in found for key in one.application_dates) < 2032
