"""Files in the formats of sources, written for the tests."""

import csv
import io
import json

COLUMNS = (
    "PortalID", "GrantID", "Status", "LastUpdated", "ChangeNotes", "AgencyDept", "Title", "Type", "LOI", "Categories",
    "CategorySuggestion", "Purpose", "Description", "ApplicantType", "ApplicantTypeNotes", "Geography",
    "FundingSource", "FundingSourceNotes", "MatchingFunds", "MatchingFundsNotes", "EstAvailFunds", "EstAwards",
    "EstAmounts", "FundingMethod", "FundingMethodNotes", "OpenDate", "ApplicationDeadline", "AwardPeriod",
    "ExpAwardDate", "ElecSubmission", "GrantURL", "AgencyURL", "AgencySubscribeURL", "GrantEventsURL", "ContactInfo",
    "AwardStats",
)  # fmt: skip

CREEK = {
    "PortalID": "40417",
    "GrantID": "CRK-31-2",
    "Status": "active",
    "LastUpdated": "2031-01-09 18:02:11",
    "AgencyDept": "Department of Quiet Creeks",
    "Title": "Creek Daylighting Grants",
    "Type": "Grant; Loan",
    "LOI": "Yes",
    "Categories": "Environment & Water; Libraries and Arts",
    "Purpose": "Bring buried creeks back to the light, with paths that everybody can use.",
    "Description": "Projects dig up culverts.\nThey plant willows.",
    "ApplicantType": "Nonprofit; Tribal Government",
    "ApplicantTypeNotes": "Nonprofits must have 501(c)(3) status.",
    "Geography": "Statewide",
    "FundingSource": "State",
    "MatchingFunds": "25%",
    "MatchingFundsNotes": "In kind counts.",
    "EstAvailFunds": "$4,000,000",
    "EstAwards": "Exactly 12",
    "EstAmounts": "Between $50,000 and $1,000,000",
    "FundingMethod": "Reimbursement(s)",
    "OpenDate": "2031-02-03 08:00:00",
    "ApplicationDeadline": "2031-05-06 23:59:00",
    "AwardPeriod": "2 years",
    "ExpAwardDate": "September 1, 2031",
    "GrantURL": "https://creeks.example.org/daylight",
    "ContactInfo": "name: Reception; tel: 1-555-0100;",
}


def california_csv(*grants: dict[str, str]) -> bytes:
    """Return the portal's file with these grants, byte order mark and all."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(grants)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def california_dump(*grants: dict[str, str]) -> bytes:
    """Return a dump of the datastore with these grants: a list of columns, and rows by position."""
    rows = [[number, *(grant.get(name) for name in COLUMNS)] for number, grant in enumerate(grants, start=1)]
    return json.dumps({"fields": [{"id": name} for name in ("_id", *COLUMNS)], "records": rows}).encode()


def california_search(*grants: dict[str, str]) -> bytes:
    """Return the datastore's answer to a search with these grants, by field name."""
    return json.dumps({"success": True, "result": {"records": list(grants), "fields": []}}).encode()


ORCHARD = {
    "slug": "dgo7",
    "last_modified": "2031-01-06T16:00:57Z",
    "title": "Town Orchards",
    "status": "Accepting applications",
    "category": "Agriculture",
    "issuingAgency": "Growing Things",
    "shortIssuingAgency": "dgo",
    "overview": "The goal of the program is to give every town an orchard.<br />It pays for trees &amp; tools.",
    "openDate": "2031-02-01T12:00:00-00:00",
    "closeDate": "2031-06-30T12:00:00-00:00",
    "decisionDate": "2031-09-01T12:00:00-00:00",
    "grantCycle": "Annual",
    "applicantCategory": "Municipality; Nonprofit",
    "applicantType": "Boroughs; Garden clubs",
    "eligibility": "The town must own the land.",
    "populationServedGeography": "Statewide ",
    "fundingType": "Grant ",
    "matchingFundsRequirements": "0.25",
    "totalFundsToBeAwarded": "$1.5 million",
    "minimumAward": "1000",
    "maximumAward": "25000",
    "fundingSource": "State",
    "linkToApply": "https://orchards.example.org/apply",
}


def pennsylvania(*grants: object) -> bytes:
    """Return the Commonwealth's list with these grants."""
    return json.dumps({"grants": list(grants)}).encode()


FLAT_TOPIC = {
    "reference": "1TOPICSen",
    "topicId": "HORIZON-MEADOW-2031-01",
    "title": "Meadows for pollinators",
    "programme": "Horizon Europe",
    "programmeId": "43108390",
    "callIdentifier": "HORIZON-MEADOW-2031",
    "actionType": "RIA",
    "deadline": "2031-09-15",
    "callStatus": "open",
    "budgetMin": 2_000_000,
    "budgetMax": 3_000_000,
    "expectedGrants": 4,
    "portalUrl": "https://portal.example.org/horizon-meadow-2031-01",
    "description": "Expected Outcome:Farmersâ€™ meadows feed bees.More kinds return.Scope:Sow and count for years.",
    "objectives": "A countryside full of life (2031-32)",
    "callTitle": "Life in the fields",
    "deadlineModel": "single-stage",
    "typesOfAction": "HORIZON Research and Innovation Actions",
    "topicConditions": '">General conditionsAs in the annex.',
}


def search_hit(**metadata: object) -> dict[str, object]:
    """Return a hit of the EU portal's search; `metadata` replaces some of its values."""
    budget = {
        "budgetTopicActionMap": {
            "1": [
                {
                    "action": "LIFE-2031-BEES-A - Project grants",
                    "budgetYearMap": {"2031": "6000000"},
                    "expectedGrants": 3,
                    "minContribution": 1_000_000,
                    "maxContribution": 2_000_000,
                },
                {"action": "LIFE-2031-BEES-AB - Project grants", "budgetYearMap": {"2031": "9"}, "maxContribution": 9},
            ]
        }
    }
    values: dict[str, object] = {
        "identifier": ["LIFE-2031-BEES-A"],
        "callIdentifier": ["LIFE-2031-BEES"],
        "title": ["Bees along the road"],
        "callTitle": ["Bees"],
        "status": ["31094502"],
        "type": ["1"],
        "frameworkProgramme": ["43252405"],
        "typesOfAction": ["LIFE Project Grants"],
        "deadlineModel": ["multiple cut-off"],
        "startDate": ["2031-01-15T00:00:00.000+0200"],
        "deadlineDate": ["2031-10-01T17:00:00.000+0000", "2031-04-01T17:00:00.000+0000"],
        "descriptionByte": [
            "<p><b>Expected Outcome</b>:</p><ul><li>verges in bloom all year</li><li>quiet roads at night</li></ul>"
        ],
        "topicConditions": ["<script>alert(1)</script><p>See the call document.</p>"],
        "budgetOverview": [json.dumps(budget)],
    }
    return {"url": "https://portal.example.org/1.json", "metadata": values | metadata}


def search_answer(*hits: object) -> bytes:
    """Return the answer of the EU portal's search with these hits."""
    return json.dumps({"totalResults": len(hits), "results": list(hits)}).encode()


BULK_ITEM = {
    "type": 1,
    "ccm2Id": 1,
    "identifier": "CEF-2031-RAIL",
    "title": "Night trains",
    "publicationDateLong": 1925161200000,
    "plannedOpeningDateLong": 1925161200000,
    "callIdentifier": "CEF-2031",
    "callTitle": "Rail",
    "deadlineDatesLong": [1940770800000, 1933009200000],
    "frameworkProgramme": {"id": 1, "abbreviation": "CEF"},
    "status": {"id": 31094501, "abbreviation": "Forthcoming"},
}


def bulk_file(*items: object) -> bytes:
    """Return the EU portal's bulk file with these items."""
    return json.dumps({"fundingData": {"GrantTenderObj": list(items)}}).encode()


CLINIC = {
    "id": "5f7c1d8e-6a54-4a0b-9a4e-0c9d5b9f2a11",
    "title": "Clinics on wheels",
    "status": {"value": "open"},
    "description": "The purpose is to bring clinics to valleys without a doctor.",
    "createdAt": "2031-01-01T00:00:00Z",
    "lastModifiedAt": "2031-01-02T00:00:00Z",
    "source": "https://clinics.example.org/1",
    "funding": {
        "totalAmountAvailable": {"amount": "500000.00", "currency": "USD"},
        "minAwardAmount": {"amount": "0", "currency": "USD"},
        "maxAwardAmount": {"amount": "50000.50", "currency": "USD"},
        "minAwardCount": 5,
        "maxAwardCount": 20,
        "estimatedAwardCount": 10,
    },
    "keyDates": {
        "postDate": {"name": "Posted", "eventType": "singleDate", "date": "2031-01-05"},
        "closeDate": {"name": "Close", "eventType": "singleDate", "date": "2031-03-31", "time": "17:00:00"},
        "otherDates": {
            "anticipatedAward": {"name": "Anticipated award date", "eventType": "singleDate", "date": "2031-06-01"},
            "infoSessions": {"name": "Info sessions", "eventType": "other", "details": "Every other Tuesday"},
        },
    },
    "acceptedApplicantTypes": [
        {"value": "non_profit_with_501c3"},
        {"value": "custom", "customValue": "health cooperatives"},
    ],
    "customFields": {
        "agency": {"name": "agency", "fieldType": "object", "value": {"name": "Valley Health Office", "code": "VHO"}},
        "assistanceListings": {
            "name": "assistanceListings",
            "fieldType": "array",
            "value": [{"identifier": "93.912", "programTitle": "Rural Health"}],
        },
        "matchScore": {"name": "matchScore", "fieldType": "number", "value": 0.9},
    },
    "somethingNew": {"is": ["ignored"]},
}


def common_grants_page(*opportunities: object) -> bytes:
    """Return a page of a list of opportunities."""
    page = {"page": 1, "pageSize": 100, "totalItems": len(opportunities), "totalPages": 1}
    answer = {"status": 200, "message": "Success", "items": list(opportunities), "paginationInfo": page}
    return json.dumps(answer).encode()


RSS = b"""\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0">
  <channel>
    <title>Grants of the Harbor Trust</title>
    <link>https://harbor.example.org/</link>
    <item>
      <title>Boats for Schools</title>
      <link>https://harbor.example.org/boats</link>
      <guid isPermaLink="false">harbor-31-4</guid>
      <description><![CDATA[<p>The purpose of the grant is to teach children to row.</p>
        <script>alert(1)</script><p>Application deadline: March 3, 2031</p>]]></description>
      <pubDate>Wed, 01 Jan 2031 23:30:00 -0500</pubDate>
    </item>
    <item>
      <title>Ropes</title>
      <link>javascript:alert(1)</link>
      <guid>harbor-31-5</guid>
      <description>HTML: https://harbor.example.org/ropes</description>
      <pubDate>2 days ago</pubDate>
    </item>
    <item><description>An item without a name.</description></item>
  </channel>
</rss>
"""

ATOM = b"""\
<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>Calls</title>
  <entry>
    <title type="html">Lamps &amp;amp; Lanterns</title>
    <id>urn:uuid:1</id>
    <link href="https://lamps.example.org/1"/>
    <updated>2031-02-03T04:05:06Z</updated>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Lamps. Apply by May 5.</p></div></content>
  </entry>
</feed>
"""
