"""The catalogue, and the notices that could not enter it."""

from pathlib import Path

from flask.testing import FlaskClient

from matcher.bootstrap import Context
from matcher.services.import_notices import import_notices
from matcher.web.app import create_app
from tests.web.conftest import NewHouse
from tests.web.houses import AS_OF, NOTICES


def test_opportunities_are_listed_as_they_stand_on_the_day(client: FlaskClient) -> None:
    answer = client.get(f"/v1/opportunities?as_of={AS_OF}").json
    assert {entry["opportunity_id"]: entry["status"] for entry in answer["opportunities"]} == {
        "district-jobs": "posted",
        "old-houses": "closed",
        "river-care": "posted",
        "youth-build": "posted",
    }
    assert answer["opportunities"][1]["closes"] == "October 1, 2026, closed 52 days ago"


def test_the_list_can_be_narrowed_to_one_status(client: FlaskClient) -> None:
    answer = client.get(f"/v1/opportunities?as_of={AS_OF}&status=closed").json
    assert [entry["opportunity_id"] for entry in answer["opportunities"]] == ["old-houses"]
    assert answer["total"] == 1


def test_the_list_has_pages(client: FlaskClient) -> None:
    pages = [client.get(f"/v1/opportunities?page_size=3&page={page}").json for page in (1, 2)]
    assert [len(page["opportunities"]) for page in pages] == [3, 1]
    assert {page["total"] for page in pages} == {len(NOTICES)}


def test_one_opportunity_comes_with_its_text_its_priorities_and_its_status_on_the_day(client: FlaskClient) -> None:
    answer = client.get("/v1/opportunities/old-houses?as_of=2026-09-30").json
    assert answer["text"] == "Old Houses. Restore vacant houses with young adults."
    assert answer["priorities"][0]["elements"][0]["quote"]["text"] == "Restore vacant houses with young adults."
    assert (answer["status"], answer["status_on_day"]) == ("unknown", "posted")
    assert answer["closes"] == "October 1, 2026, 1 day left"
    assert answer["revision"] == 1


def test_a_notice_that_could_not_be_read_is_shown_with_its_place_and_reason(
    client: FlaskClient, context: Context, tmp_path: Path
) -> None:
    torn = tmp_path / "torn.yaml"
    torn.write_text("title: Torn\npriorities: [", encoding="utf-8")
    import_notices(context.store, [torn])
    [rejection] = client.get("/v1/rejections").json["rejections"]
    assert (rejection["source"], rejection["line"]) == (str(torn), 3)
    assert rejection["reason"]


def test_a_few_words_find_what_is_about_them_and_nothing_where_nothing_is(client: FlaskClient) -> None:
    found = client.get(f"/v1/opportunities?as_of={AS_OF}&query=clean+rivers+with+volunteers").json
    assert found["opportunities"][0]["opportunity_id"] == "river-care"
    relevances = [entry["relevance"] for entry in found["opportunities"]]
    assert relevances == sorted(relevances, reverse=True)


def test_what_is_less_relevant_than_the_floor_is_not_found(new_house: NewHouse) -> None:
    client = create_app(new_house(match_floor=0.5)).test_client()
    assert client.get("/v1/opportunities?query=lentil+soup").json["total"] == 0


def test_a_search_can_be_narrowed_and_sorted_like_the_list(client: FlaskClient) -> None:
    url = f"/v1/opportunities?as_of={AS_OF}&query=construction&status=posted&sort=close_date"
    found = [entry["opportunity_id"] for entry in client.get(url).json["opportunities"]]
    assert found == ["river-care", "district-jobs", "youth-build"]


def test_similar_opportunities_stand_in_the_order_of_likeness_without_the_one_itself(client: FlaskClient) -> None:
    answer = client.get(f"/v1/opportunities/youth-build/similar?as_of={AS_OF}").json
    found = [entry["opportunity_id"] for entry in answer["opportunities"]]
    assert found[0] == "district-jobs"
    assert "youth-build" not in found
    assert client.get("/v1/opportunities/nothing/similar").status_code == 404
