"""A code that is none of our vocabulary is kept as its source writes it, in every format that has codes."""

from pathlib import Path

import pytest

from matcher.domain.opportunity import Opportunity, SourceCode
from matcher.notices.formats import grants_gov_xml
from tests.notices.formats import federal_samples as federal
from tests.notices.formats.hostile import RECORDS

UNKNOWN = "Zz-unheard-of"
CODES = (
    ("search2.json", "oppStatus", UNKNOWN, "oppStatus"),
    ("search2.json", "docType", UNKNOWN, "docType"),
    ("detail.json", "ost", UNKNOWN, "ost"),
    ("part.json", "applicantTypes", [{"id": UNKNOWN}], "EligibleApplicants"),
    ("part.json", "fundingInstruments", [{"id": UNKNOWN}], "FundingInstrumentType"),
    ("part.json", "fundingActivityCategories", [{"id": UNKNOWN}], "CategoryOfFundingActivity"),
    ("simpler.json", "opportunity_status", UNKNOWN, "opportunity_status"),
    ("simpler.json", "category", UNKNOWN, "category"),
    ("summary.json", "applicant_types", [UNKNOWN], "applicant_types"),
    ("summary.json", "funding_instruments", [UNKNOWN], "funding_instruments"),
    ("summary.json", "funding_categories", [UNKNOWN], "funding_categories"),
    ("listings.jsonl", "assistance_types", [UNKNOWN], "assistance_types"),
    ("listings.jsonl", "categories", [UNKNOWN], "categories"),
    ("pa.json", "status", UNKNOWN, "status"),
    ("pa.json", "category", UNKNOWN, "category"),
    ("pa.json", "applicantCategory", UNKNOWN, "applicantCategory"),
    ("search.json", "Status", UNKNOWN, "Status"),
    ("search.json", "Categories", UNKNOWN, "Categories"),
    ("search.json", "ApplicantType", UNKNOWN, "ApplicantType"),
    ("flat.json", "callStatus", UNKNOWN, "callStatus"),
    ("hits.json", "status", [UNKNOWN], "status"),
    ("page.json", "status", {"value": "custom", "customValue": UNKNOWN}, "status.customValue"),
)


@pytest.mark.parametrize(("name", "field", "value", "code"), CODES, ids=[f"{one[0]}-{one[1]}" for one in CODES])
def test_an_unknown_code_is_kept_beside_our_words(
    name: str, field: str, value: object, code: str, tmp_path: Path
) -> None:
    fields = RECORDS[name]
    (tmp_path / name).write_bytes(fields.file({**fields.values, field: value}))

    (record,) = fields.read(tmp_path / name)

    assert isinstance(record.outcome, Opportunity)
    assert SourceCode(code, UNKNOWN) in record.outcome.source_codes
    assert UNKNOWN not in (*record.outcome.funding_categories, *record.outcome.funding_instruments)


@pytest.mark.parametrize(
    "field", ["FundingInstrumentType", "CategoryOfFundingActivity", "EligibleApplicants", "OpportunityCategory"]
)
def test_an_unknown_code_of_an_extract_is_kept_beside_our_words(field: str, tmp_path: Path) -> None:
    path = tmp_path / "extract.xml"
    path.write_bytes(federal.extract(federal.xml_record(federal.SYNOPSIS, {**federal.BEES, field: UNKNOWN})))

    (record,) = grants_gov_xml.read(path)

    assert isinstance(record.outcome, Opportunity)
    assert SourceCode(field, UNKNOWN) in record.outcome.source_codes
