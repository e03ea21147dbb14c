"""Ranked opportunities, of a proposal that is sent along and of one that is stored."""

import pytest
import time_machine
from flask.testing import FlaskClient

from matcher.bootstrap import Context
from matcher.web.app import create_app
from tests.web.conftest import NewHouse
from tests.web.houses import AS_OF, PROPOSAL


def identifiers(answer: dict[str, list[dict[str, str]]]) -> list[str]:
    return [match["opportunity_id"] for match in answer["matches"]]


def test_a_text_is_ranked_best_fit_first_with_quotes_and_nothing_of_it_is_stored(
    client: FlaskClient, context: Context
) -> None:
    answer = client.post(f"/v1/matches?as_of={AS_OF}", data=PROPOSAL, content_type="text/plain").json
    assert identifiers(answer) == ["youth-build", "river-care"]
    assert answer["matches"][0]["fit"] > answer["matches"][1]["fit"]
    quoted = answer["matches"][0]["priorities"][0]["evidence"][0]["proposal"]
    assert PROPOSAL[quoted["span"]["start"] : quoted["span"]["end"]] == quoted["text"]
    assert answer["proposal"]["sections"] == ["What will you do?", "Whom do you serve?"]
    assert context.store.proposals.all() == []


@pytest.mark.parametrize("include", ["include=closed,ineligible", "include=ineligible&include=closed"])
def test_closed_and_ineligible_opportunities_follow_the_ranking_where_they_are_asked_for(
    client: FlaskClient, include: str
) -> None:
    answer = client.post(f"/v1/matches?as_of={AS_OF}&{include}", data=PROPOSAL, content_type="text/plain").json
    assert identifiers(answer) == ["youth-build", "river-care", "district-jobs", "old-houses"]
    assert answer["counts"] == {"ranked": 2, "closed": 1, "ineligible": 1, "muted": 0}


def test_the_day_decides_what_is_closed(client: FlaskClient) -> None:
    early = client.post("/v1/matches?as_of=2026-09-30", data=PROPOSAL, content_type="text/plain").json
    assert "old-houses" in identifiers(early)
    assert early["as_of"] == "2026-09-30"


def test_top_shows_the_best_that_can_be_applied_for(client: FlaskClient) -> None:
    answer = client.post(f"/v1/matches?as_of={AS_OF}&top=1", data=PROPOSAL, content_type="text/plain").json
    assert identifiers(answer) == ["youth-build"]
    assert answer["counts"]["ranked"] == 2


def test_an_empty_catalogue_ranks_nothing(new_house: NewHouse) -> None:
    client = create_app(new_house(notices=())).test_client()
    answer = client.post("/v1/matches", data=PROPOSAL, content_type="text/plain")
    assert answer.status_code == 200
    assert answer.json["matches"] == []


def test_a_stored_proposal_has_the_same_ranking_as_one_that_is_sent_along(
    client: FlaskClient, proposal_id: str
) -> None:
    sent = client.post(f"/v1/matches?as_of={AS_OF}", data=PROPOSAL, content_type="text/markdown").json
    stored = client.get(f"/v1/proposals/{proposal_id}/matches?as_of={AS_OF}").json
    assert stored["matches"] == sent["matches"]
    assert stored["counts"] == sent["counts"]


def test_pages_follow_one_another_without_gap_or_overlap(client: FlaskClient, proposal_id: str) -> None:
    everything = f"/v1/proposals/{proposal_id}/matches?as_of={AS_OF}&include=closed,ineligible"
    whole = client.get(everything).json
    pages = [client.get(f"{everything}&page_size=3&page={page}").json for page in (1, 2, 3)]
    assert [len(page["matches"]) for page in pages] == [3, 1, 0]
    assert pages[0]["matches"] + pages[1]["matches"] == whole["matches"]
    assert {page["total"] for page in pages} == {4}


def test_a_minimum_fit_leaves_out_what_fits_less(client: FlaskClient, proposal_id: str) -> None:
    url = f"/v1/proposals/{proposal_id}/matches?as_of={AS_OF}"
    best = client.get(url).json["matches"][0]
    answer = client.get(f"{url}&minimum_fit={best['fit']}").json
    assert identifiers(answer) == ["youth-build"]
    assert answer["total"] == 1
    assert client.get(f"{url}&minimum_fit=1").json["total"] == 0


@time_machine.travel("2027-08-01 12:00:00+00:00", tick=False)
def test_with_too_little_open_today_the_catalogue_date_counts_and_a_note_says_so(new_house: NewHouse) -> None:
    client = create_app(new_house(minimum_open=3)).test_client()
    answer = client.post("/v1/matches", data=PROPOSAL, content_type="text/plain").json
    assert answer["as_of"] == "2026-09-01"
    assert "fewer than 3 opportunities are open today, August 1, 2027" in answer["note"]


@time_machine.travel("2026-11-22 12:00:00+00:00", tick=False)
def test_a_note_stands_only_beside_a_day_that_is_not_today(client: FlaskClient, proposal_id: str) -> None:
    url = f"/v1/proposals/{proposal_id}/matches"
    today, named = client.get(url).json, client.get(f"{url}?as_of=2026-12-01").json
    assert (today["as_of"], today["note"]) == ("2026-11-22", None)
    assert "December 1, 2026" in named["note"]


def test_one_match_in_full_says_what_would_change_it(client: FlaskClient, proposal_id: str) -> None:
    listed = client.get(f"/v1/proposals/{proposal_id}/matches?as_of={AS_OF}&include=ineligible").json
    of_district = next(match for match in listed["matches"] if match["opportunity_id"] == "district-jobs")
    full = client.get(f"/v1/proposals/{proposal_id}/matches/district-jobs?as_of={AS_OF}").json
    assert full["counterfactuals"][0] == {
        "change": "lead_applicant",
        "subject": "independent_school_districts",
        "sentence": "Eligible if an independent school district leads.",
        "fit": of_district["fit"],
        "verdict": "eligible",
    }
    added = {"counterfactuals": None, "as_of": None, "note": None, "is_calibrated": None, "feasibility": None}
    assert {**full, **added} == {**of_district, **added}
    assert full["as_of"] == AS_OF


def test_a_match_of_nothing_that_is_stored_is_not_found(client: FlaskClient, proposal_id: str) -> None:
    for path in (f"{proposal_id}/matches/nothing", "nobody/matches/youth-build"):
        assert client.get(f"/v1/proposals/{path}").status_code == 404


def test_an_answer_says_whether_fits_mean_something_and_whether_anything_fits(client: FlaskClient) -> None:
    answer = client.post(f"/v1/matches?as_of={AS_OF}", data=PROPOSAL, content_type="text/plain").json
    assert (answer["is_calibrated"], answer["nothing_fits"]) == (False, False)
    soup = "Heat the oil, add onions, simmer lentils in broth, then squeeze the lemon over the soup."
    answer = client.post(f"/v1/matches?as_of={AS_OF}", data=soup, content_type="text/plain").json
    assert answer["nothing_fits"] is True
    assert {match["band"] for match in answer["matches"]} == {"weak"}


def test_one_match_in_full_says_when_to_start_and_what_that_rests_on(client: FlaskClient, proposal_id: str) -> None:
    found = client.get(f"/v1/proposals/{proposal_id}/matches/youth-build?as_of={AS_OF}").json["feasibility"]
    assert (found["pace"], found["deadline"], found["start_by"]) == ("in_time", "2027-03-15", "2027-03-05")
    assert [task["working_days"] for task in found["tasks"]] == [5, 1]
    assert found["basis"] == "inferred"


def test_an_opportunity_knows_the_proposals_that_fit_it_best_first(client: FlaskClient, proposal_id: str) -> None:
    rivers = client.post("/v1/proposals", data="Volunteers clean rivers and wetlands.", content_type="text/plain").json
    client.put(f"/v1/proposals/{proposal_id}/matches/river-care/feedback", json={"kind": "relevant"})
    answer = client.get("/v1/opportunities/river-care/matches").json
    assert [match["proposal_id"] for match in answer["matches"]] == [rivers["proposal_id"], proposal_id]
    assert [match["feedback"] for match in answer["matches"]] == [None, "relevant"]
    best = answer["matches"][0]
    assert client.get(best["match_url"]).json["fit"] == best["fit"]
    assert client.get(f"/v1/opportunities/river-care/matches?minimum_fit={best['fit']}").json["total"] == 1
    assert client.get("/v1/opportunities/nothing/matches").status_code == 404
