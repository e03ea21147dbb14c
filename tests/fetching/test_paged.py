import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from matcher.fetching.errors import FetchDeferred, FetchRefused
from matcher.fetching.fetcher import Fetcher
from matcher.fetching.paged import Pages, paged
from matcher.fetching.recipes import (
    Recipe,
    ckan_datastore,
    common_grants,
    eu_portal,
    federal_register,
    grants_gov_search,
    simpler_search,
)

from .conftest import FetcherWith
from .http_server import Pieces, Script, Seen, Server, response

ALL = [{"id": number, "title": f"Förderung {number}"} for number in range(1, 8)]


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "hits.jsonl"


def records(path: Path) -> list[dict[str, Any]]:
    """Return the records of a file, which lie where one page of the interface has them."""
    found = json.loads(path.read_text(encoding="utf-8"))
    while isinstance(found, dict):
        [found] = found.values()
    return found


def as_json(answer: object) -> bytes:
    return response(json.dumps(answer).encode())


def search2(request: Seen) -> Pieces:
    asked = json.loads(request.body)
    hits = ALL[asked["startRecordNum"] :][: asked["rows"]]
    return [as_json({"errorcode": 0, "msg": "fine", "data": {"hitCount": len(ALL), "oppHits": hits}})]


def simpler(request: Seen) -> Pieces:
    page, size = (json.loads(request.body)["pagination"][name] for name in ("page_offset", "page_size"))
    records = [{"opportunity_id": record["id"]} for record in ALL[(page - 1) * size : page * size]]
    return [as_json({"data": records, "pagination_info": {"total_records": len(ALL), "page_offset": page}})]


def listed(request: Seen) -> Pieces:
    query = parse_qs(urlsplit(request.target).query)
    page, size = int(query["page"][0]), int(query["pageSize"][0])
    return [as_json({"items": ALL[(page - 1) * size : page * size], "paginationInfo": {"page": page}})]


def ckan(request: Seen) -> Pieces:
    query = parse_qs(urlsplit(request.target).query)
    records = [{"_id": record["id"]} for record in ALL[int(query["offset"][0]) :][: int(query["limit"][0])]]
    return [as_json({"success": True, "result": {"records": records, "total": len(ALL)}})]


@pytest.mark.parametrize(
    ("script", "recipe", "key", "requests"),
    [
        (search2, lambda address: grants_gov_search({}, rows=3, address=address), "id", 3),
        (simpler, lambda address: simpler_search("k", {}, page_size=3, address=address), "opportunity_id", 3),
        (listed, lambda address: common_grants(address, page_size=3), "id", 4),
        (ckan, lambda address: ckan_datastore(address, {"resource_id": "r1"}, rows=3), "_id", 3),
    ],
    ids=["grants_gov", "simpler", "common_grants", "ckan"],
)
def test_every_page_of_an_interface_is_read(
    server: Server,
    fetcher: Fetcher,
    into: Path,
    script: Script,
    recipe: Callable[[str], Recipe],
    key: str,
    requests: int,
) -> None:
    assert paged(fetcher, recipe(server.on("/api", script)), into) == Pages(into, 7)
    assert [record[key] for record in records(into)] == [1, 2, 3, 4, 5, 6, 7]
    assert len(server.seen) == requests
    assert [path.name for path in into.parent.iterdir()] == [into.name]


def test_a_query_and_a_key_are_sent_with_every_page(server: Server, fetcher: Fetcher, into: Path) -> None:
    filters = {"opportunity_status": {"one_of": ["posted"]}}
    paged(fetcher, simpler_search("k1", filters, page_size=4, address=server.on("/api", simpler)), into)
    assert [seen.headers["x-api-key"] for seen in server.seen] == ["k1", "k1"]
    assert all(json.loads(seen.body)["filters"] == filters for seen in server.seen)


def test_smaller_pages_than_asked_for_lose_nothing(server: Server, fetcher: Fetcher, into: Path) -> None:
    def capped(request: Seen) -> Pieces:
        asked = json.loads(request.body)
        request.body = json.dumps({**asked, "rows": 2}).encode()
        return search2(request)

    paged(fetcher, grants_gov_search({}, rows=1000, address=server.on("/api", capped)), into)
    assert [record["id"] for record in records(into)] == [1, 2, 3, 4, 5, 6, 7]


def test_a_record_that_comes_twice_is_written_once(server: Server, fetcher: Fetcher, into: Path) -> None:
    first = as_json({"items": ALL[:3], "paginationInfo": {"totalItems": 6}})
    second = as_json({"items": ALL[2:5], "paginationInfo": {"totalItems": 6}})
    paged(fetcher, common_grants(server.on("/api", first, second)), into)
    assert [record["id"] for record in records(into)] == [1, 2, 3, 4, 5]


def test_an_interface_that_repeats_its_page_is_not_asked_for_ever(server: Server, fetcher: Fetcher, into: Path) -> None:
    address = server.on("/api", as_json({"items": ALL[:3], "paginationInfo": {}}))
    paged(fetcher, common_grants(address), into)
    assert len(server.seen) == 2


def test_a_list_that_ends_before_its_own_count_is_not_taken_for_whole(
    server: Server, fetcher: Fetcher, into: Path
) -> None:
    into.write_text("yesterday's")
    first = as_json({"items": ALL[:3], "paginationInfo": {"totalItems": 7}})
    rest = as_json({"items": [], "paginationInfo": {"totalItems": 7}})
    with pytest.raises(FetchDeferred, match="3 of 7 records came"):
        paged(fetcher, common_grants(server.on("/api", first, rest)), into)
    assert into.read_text() == "yesterday's"
    assert [path.name for path in into.parent.iterdir()] == [into.name]


@pytest.mark.parametrize("page", [{"items": []}, {}])
def test_no_records_make_an_empty_page(server: Server, fetcher: Fetcher, into: Path, page: dict[str, Any]) -> None:
    address = server.on("/api", as_json({**page, "paginationInfo": {"totalItems": 0}}))
    assert paged(fetcher, common_grants(address), into) == Pages(into, 0)
    assert records(into) == []


def test_the_documents_of_the_register_are_asked_for_with_the_fields_that_are_read(
    server: Server, fetcher: Fetcher, into: Path
) -> None:
    address = server.on("/api", as_json({"count": 1, "results": [{"document_number": "2026-1"}]}))
    paged(fetcher, federal_register({"conditions[term]": "notice of funding"}, address=address), into)
    asked = parse_qs(urlsplit(server.seen[0].target).query)
    assert (asked["conditions[term]"], asked["page"]) == (["notice of funding"], ["1"])
    assert {"document_number", "dates", "agencies"} <= set(asked["fields[]"])


def test_the_parts_of_a_search_of_the_eu_portal_say_that_they_are_json(
    server: Server, fetcher: Fetcher, into: Path
) -> None:
    hits = [{"metadata": {"identifier": [f"TOPIC-{number}"]}} for number in (1, 1, 2)]
    address = server.on("/api", as_json({"totalResults": 3, "results": hits}))
    query = {"bool": {"must": [{"terms": {"type": ["1"]}}]}}
    assert paged(fetcher, eu_portal(query, address=address), into).records == 2
    [seen] = server.seen
    assert parse_qs(urlsplit(seen.target).query)["pageNumber"] == ["1"]
    boundary = seen.headers["content-type"].partition("boundary=")[2].encode()
    parts = [part.partition(b"\r\n\r\n") for part in seen.body.split(b"--" + boundary)[1:-1]]
    assert all(b"Content-Type: application/json" in head for head, _, _ in parts)
    assert json.loads(parts[0][2]) == query


@pytest.mark.parametrize(
    ("answer", "recipe", "reason"),
    [
        (
            {"errorcode": 1, "msg": "bad eligibility code"},
            grants_gov_search,
            "rejects the request: bad eligibility code",
        ),
        ({"errorcode": 0, "data": {"hits": []}}, grants_gov_search, r"no list of records at data\.oppHits"),
        ({"errorcode": 0, "data": {"oppHits": [1]}}, grants_gov_search, "no list of records"),
        ([], grants_gov_search, "a JSON list where an object was expected"),
    ],
)
def test_an_answer_in_another_form_is_refused(
    server: Server, fetcher: Fetcher, into: Path, answer: object, recipe: Callable[..., Recipe], reason: str
) -> None:
    with pytest.raises(FetchRefused, match=reason):
        paged(fetcher, recipe({}, address=server.on("/api", as_json(answer))), into)


def test_what_a_ckan_portal_says_went_wrong_is_told(server: Server, fetcher: Fetcher, into: Path) -> None:
    address = server.on("/api", as_json({"success": False, "error": {"message": "Not found: Resource"}}))
    with pytest.raises(FetchRefused, match="Not found: Resource"):
        paged(fetcher, ckan_datastore(address, {"resource_id": "r1"}), into)


def test_damaged_json_and_error_pages_are_refused(server: Server, fetcher: Fetcher, into: Path) -> None:
    with pytest.raises(FetchRefused, match="damaged JSON"):
        paged(fetcher, common_grants(server.on("/api", response(b'{"items": ['))), into)
    with pytest.raises(FetchRefused, match=r"sends HTML \(“Down”\) where JSON was expected"):
        paged(fetcher, common_grants(server.on("/api", response(b"<html><title>Down</title>"))), into)


def test_all_pages_together_have_a_limit(server: Server, fetcher_with: FetcherWith, into: Path) -> None:
    fetcher = fetcher_with(most_decoded_bytes=200)
    with pytest.raises(FetchRefused, match="more than one file may"):
        paged(fetcher, grants_gov_search({}, rows=1, address=server.on("/api", search2)), into)
    assert list(into.parent.iterdir()) == []
