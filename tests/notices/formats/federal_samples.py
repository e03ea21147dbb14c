"""Files in the federal formats, written for the tests."""

import io
import json
import zipfile
from html import escape
from typing import Any

NAMESPACE = "http://apply.grants.gov/system/OpportunityDetail-V1.0"
SYNOPSIS = "OpportunitySynopsisDetail_1_0"
FORECAST = "OpportunityForecastDetail_1_0"

BEES = {
    "OpportunityID": "410001",
    "OpportunityTitle": "Bee Corridors &amp; Hedges",
    "OpportunityNumber": "USDA-BEE-31-01",
    "OpportunityCategory": "D",
    "FundingInstrumentType": "CA",
    "CategoryOfFundingActivity": ["AG", "ENV"],
    "CFDANumbers": ["10.912", "10.924A, 10.931"],
    "EligibleApplicants": ["12", "25"],
    "AdditionalInformationOnEligibility": "Eligible applicants include community colleges.",
    "AgencyCode": "USDA-NRCS",
    "AgencyName": "Natural Resources Conservation Service",
    "PostDate": "01152031",
    "CloseDate": "04302031",
    "CloseDateExplanation": "Letters of intent are due February 20, 2031. Applications are due April 30, 2031.",
    "LastUpdatedDate": "01162031",
    "AwardCeiling": "250000",
    "AwardFloor": "5000",
    "EstimatedTotalProgramFunding": "4000000",
    "ExpectedNumberOfAwards": "20",
    "Description": escape("<p>Plant hedges.&nbsp;</p><ul><li>for bees</li><li>for birds</li></ul>"),
    "Version": "Synopsis 2",
    "CostSharingOrMatchingRequirement": "Yes",
    "ArchiveDate": "05302031",
    "AdditionalInformationURL": "https://bees.example.gov/2031",
    "GrantorContactEmail": "desk@bees.example.gov",
    "GrantorContactText": "Reception, 555-0100",
}

LAKES = {
    "OpportunityID": "410002",
    "OpportunityTitle": "Lake Buoys",
    "OpportunityNumber": "NOAA-31-F",
    "EligibleApplicants": "99",
    "AgencyName": "National Ocean Service",
    "PostDate": "02012031",
    "EstimatedSynopsisPostDate": "05012031",
    "EstimatedSynopsisCloseDate": "07012031",
    "EstimatedSynopsisCloseDateExplanation": "No Explanation",
    "EstimatedAwardDate": "09012031",
    "EstimatedProjectStartDate": "10012031",
    "FiscalYear": "2032",
    "AwardCeiling": "none",
    "Description": "Buoys that measure lakes.",
}


def xml_record(kind: str, fields: dict[str, str | list[str]], prefix: str = "") -> str:
    """Return one record of the extract; values are escaped as XML asks, whatever they hold."""
    lines = [
        f"<{prefix}{name}>{escape(value, quote=False)}</{prefix}{name}>"
        for name, values in fields.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    return f"<{prefix}{kind}>" + "\n".join(lines) + f"</{prefix}{kind}>\n"


def extract(*records: str, prefix: str = "") -> bytes:
    """Return an extract with these records; `prefix` is that of its elements ("ns0:")."""
    declared = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    root = f"{prefix}Grants"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- made for tests -->\n<{root} {declared}="{NAMESPACE}">\n'
        f"{''.join(records)}</{root}>\n"
    ).encode()


def zipped(data: bytes, *names: str) -> bytes:
    """Return a zip in which every one of `names` holds `data`."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, data)
    return file.getvalue()


class Pipe(io.RawIOBase):
    """A file that can only be written on: a zip written to it carries data descriptors, as streamed ones do."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        """Whether it can be written to."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Add `data`."""
        self.data += data
        return len(data)


def streamed_zip(data: bytes) -> bytes:
    """Return a zip of one XML file whose local header leaves the sizes out."""
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("GrantsDBExtract20310116v2.xml", data)
    return bytes(pipe.data)


HIT = {
    "id": "410001",
    "number": "USDA-BEE-31-01",
    "title": "Bee Corridors &amp; Hedges &ndash; 2031",
    "agencyCode": "USDA-NRCS",
    "agency": "Natural Resources Conservation Service",
    "openDate": "01/15/2031",
    "closeDate": "04/30/2031",
    "oppStatus": "posted",
    "docType": "synopsis",
    "cfdaList": ["10.912"],
}


def search_answer(*hits: object) -> bytes:
    """Return a page of the search with these hits."""
    return json.dumps({"errorcode": 0, "msg": "ok", "data": {"hitCount": len(hits), "oppHits": list(hits)}}).encode()


SYNOPSIS_PART = {
    "agencyName": "Sam Sample\nGrantor",
    "synopsisDesc": "<p>Plant hedges for bees.</p>",
    "postingDate": "Jan 15, 2031 12:00:00 AM EST",
    "responseDate": "Apr 30, 2031 12:00:00 AM EDT",
    "responseDateStr": "2031-04-30-00-00-00",
    "responseDateDesc": "undefined",
    "archiveDate": "sometime",
    "costSharing": False,
    "awardCeiling": "250000",
    "awardFloor": "none",
    "estimatedFunding": "4000000",
    "numberOfAwards": "20",
    "applicantEligibilityDesc": "Open to garden clubs.",
    "applicantTypes": [{"id": "12"}, {"id": "25"}, {"id": "77"}],
    "fundingInstruments": [{"id": "G"}],
    "fundingActivityCategories": [{"id": "AG"}],
}

DETAIL = {
    "id": 410001,
    "opportunityNumber": "USDA-BEE-31-01",
    "opportunityTitle": "Bee Corridors &ndash; 2031",
    "owningAgencyCode": "USDA-NRCS",
    "opportunityCategory": {"category": "D", "description": "Discretionary"},
    "synopsis": SYNOPSIS_PART,
    "agencyDetails": {"agencyName": "Natural Resources Conservation Service"},
    "cfdas": [{"cfdaNumber": "10.912", "programTitle": "Hedges"}],
    "docType": "synopsis",
    "ost": "POSTED",
}


def detail_answer(data: object) -> bytes:
    """Return the answer with the record of one opportunity."""
    return json.dumps({"errorcode": 0, "msg": "ok", "data": data}).encode()


LISTING = {
    "id": "10.912",
    "title": "Hedge Incentives",
    "text": "Pays farmers and towns to plant hedges.",
    "agency": "Department of Agriculture",
    "sub_agency": "Natural Resources Conservation Service",
    "applicant_types": [
        "State (includes District of Columbia, public institutions of higher education and hospitals)",
        "Federally Recognized lndian Tribal Governments",
        "Minority group",
    ],
    "beneficiary_types": ["Individual/Family"],
    "assistance_types": ["Project Grants", "Direct Loans", "Project Grants"],
    "categories": ["Agricultural - Resource Conservation and Development", "Natural Resources - Land Conservation"],
    "results": [{"year": "2030", "description": "A farm planted four miles of hedges."}],
    "sam_url": "https://sam.example.gov/fal/1/view",
}


def listings(*items: object) -> bytes:
    """Return a file of listings, one a line."""
    return b"".join(json.dumps(item).encode() + b"\n" for item in items)


DOCUMENT = {
    "document_number": "2031-00412",
    "type": "Notice",
    "title": "Applications for New Awards; Night Schools Program",
    "action": "Notice.",
    "abstract": "The Department issues a notice inviting applications for the Night Schools Program, Assistance "
    "Listing Number 84.999. Eligible applicants are local educational agencies.",
    "dates": "Applications Available: January 20, 2031. Deadline for Transmittal of Applications: March 21.",
    "publication_date": "2031-01-20",
    "comments_close_on": "2031-02-02",
    "agencies": [{"name": "Education Department", "id": 1}, {"raw_name": "Office of Evening Learning"}],
    "html_url": "https://register.example.gov/2031-00412",
}


def register_page(*documents: object) -> bytes:
    """Return a page of the register with these documents."""
    return json.dumps({"count": len(documents), "results": list(documents)}).encode()


UUID = "0f0e0d0c-1111-4222-8333-444455556666"
SIMPLER: dict[str, Any] = {
    "opportunity_id": UUID,
    "legacy_opportunity_id": 123456,
    "opportunity_number": "ORCH-27-001",
    "opportunity_title": "Orchards  in Every Town",
    "opportunity_status": "posted",
    "category": "discretionary",
    "agency_code": "USDA-TREES",
    "agency_name": "Office of Trees",
    "top_level_agency_code": "USDA",
    "top_level_agency_name": "Department of Orchards",
    "opportunity_assistance_listings": [
        {"assistance_listing_number": "10.675", "program_title": "Trees"},
        {"assistance_listing_number": "n/a"},
        None,
    ],
    "summary": {
        "summary_description": "<p>The purpose of this program is to plant <b>fruit trees</b> near schools.</p>",
        "applicant_eligibility_description": "Indian tribes. Individuals are not eligible.",
        "applicant_types": ["state_governments", "other", "martians"],
        "award_floor": 0,
        "award_ceiling": 250000,
        "estimated_total_program_funding": None,
        "expected_number_of_awards": 12,
        "is_cost_sharing": True,
        "post_date": "2027-01-04",
        "close_date": "2027-03-15",
        "archive_date": "2027-04-14",
        "close_date_description": "Applications are due by noon.",
        "funding_instruments": ["grant"],
        "funding_categories": ["environment"],
        "additional_info_url": "https://example.org/orchards",
        "is_forecast": False,
    },
}


def simpler_answer(*records: object) -> bytes:
    """Return an answer of the search of Simpler.Grants.gov."""
    return json.dumps({"data": records}).encode()
