"""The parameters that narrow and order the matches of a proposal."""

import pytest
from flask.testing import FlaskClient

from tests.web.houses import AS_OF


def matches(client: FlaskClient, proposal_id: str, query: str) -> list[str]:
    answer = client.get(f"/v1/proposals/{proposal_id}/matches?as_of={AS_OF}&{query}")
    assert answer.status_code == 200, answer.text
    return [match["opportunity_id"] for match in answer.json["matches"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("eligibility=ineligible", ["district-jobs"]),
        ("status=closed", ["old-houses"]),
        ("status=posted,closed&eligibility=eligible,unknown", ["youth-build", "river-care", "old-houses"]),
        ("closes_before=2027-02-01", ["river-care"]),
        ("closes_after=2027-02-01", ["youth-build"]),
        ("award_at_least=50001", []),
        ("award_at_least=50000&award_at_most=10000", ["youth-build", "river-care"]),
        ("agency=examples", ["youth-build", "river-care"]),
        ("agency=Labor&agency=Office+of+Examples", ["youth-build", "river-care"]),
        ("source=nowhere", []),
        ("changed_since=2100-01-01T00:00:00Z", []),
        ("changed_since=2020-01-01T00:00:00%2B01:00", ["youth-build", "river-care"]),
        ("sort=close_date&include=closed", ["river-care", "youth-build", "old-houses"]),
        ("sort=title", ["river-care", "youth-build"]),
    ],
)
def test_matches_are_narrowed_and_sorted_as_asked(
    client: FlaskClient, proposal_id: str, query: str, expected: list[str]
) -> None:
    assert matches(client, proposal_id, query) == expected


def test_what_no_notice_says_is_counted_and_not_lost(client: FlaskClient, proposal_id: str) -> None:
    answer = client.get(f"/v1/proposals/{proposal_id}/matches?as_of={AS_OF}&category=education").json
    assert (answer["matches"], answer["total"], answer["not_stated"]) == ([], 0, 2)
    assert answer["counts"] == {"ranked": 2, "closed": 1, "ineligible": 1, "muted": 0}


@pytest.mark.parametrize(
    "query", ["changed_since=yesterday", "changed_since=1700000000", "award_at_least=-1", "sort=luck", "status=lost"]
)
def test_a_condition_that_cannot_be_read_is_refused_by_its_name(
    client: FlaskClient, proposal_id: str, query: str
) -> None:
    answer = client.get(f"/v1/proposals/{proposal_id}/matches?{query}")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["source"].startswith(query.partition("=")[0])
