"""Sources that are asked page by page come in through `matcher sources` like any other, from a real server."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copyfile
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr

from matcher.bootstrap import Context, build
from matcher.domain.source import Source, SourceKind
from matcher.errors import InputRejected
from matcher.services.interfaces import INTERFACES
from matcher.services.sources import add_source
from matcher.settings import Settings
from tests.fakes import BagOfWords
from tests.fetching.http_server import Pieces, Seen, Server, response, serving
from tests.notices.formats.federal_samples import HIT
from tests.services.records import item

DOCUMENT = {
    "document_number": "2031-00001",
    "type": "Notice",
    "title": "Notice of Funding Opportunity for Hedges",
    "abstract": "The program pays for hedges. Applications are due May 1, 2031.",
    "publication_date": "2031-01-15",
}
TOPIC = {
    "metadata": {
        "identifier": ["LIFE-2031-HEDGES"],
        "callIdentifier": ["LIFE-2031"],
        "title": ["Hedges for bees"],
        "status": ["31094502"],
        "type": ["1"],
        "deadlineDate": ["2031-06-30T17:00:00.000+0000"],
    }
}
SIMPLER = {
    "opportunity_id": "6d3f1c2e-0000-4000-8000-000000000001",
    "legacy_opportunity_id": 410001,
    "opportunity_title": "Bee Corridors",
    "opportunity_status": "posted",
    "summary": {"summary_description": "Plant hedges.", "close_date": "2031-04-30"},
}
GRANT = {"_id": 1, "PortalID": "77", "Title": "Hedges of the Valley", "Status": "active", "Purpose": "Plant hedges."}


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def strict(tmp_path: Path, empty_database: Path) -> Iterator[Context]:
    """A house that may reach the public internet only, and knows no key."""
    copyfile(empty_database, tmp_path / "matcher.db")
    context = build(Settings(home=tmp_path, opportunities=tmp_path), encoder=BagOfWords())
    yield context
    context.store.close()


@pytest.fixture
def house(strict: Context) -> Context:
    """A house that may reach this machine, and knows the key of the source `hedges`."""
    changes = {"allowed_networks": "127.0.0.0/8", "source_keys": {"hedges": SecretStr("k1")}}
    return replace(strict, settings=strict.settings.model_copy(update=changes))


def as_json(answer: object) -> bytes:
    return response(json.dumps(answer).encode())


def add(house: Context, address: str, interface: str, **asked: object) -> None:
    query = json.dumps(asked) if asked else None
    source = Source("hedges", SourceKind.INTERFACE, address, 3_600, 0, interface=interface, query=query)
    add_source(house.store, source)


def common_grants(request: Seen) -> Pieces:
    """Answer as a CommonGrants server does, two opportunities a page whatever was asked."""
    page = int(parse_qs(urlsplit(request.target).query)["page"][0])
    found = [item(number) for number in range(5)][2 * page - 2 : 2 * page]
    pages = {"page": page, "pageSize": 2, "totalItems": 5, "totalPages": 3}
    return [as_json({"status": 200, "message": "Success", "items": found, "paginationInfo": pages})]


@pytest.mark.parametrize(
    ("interface", "page", "entry"),
    [
        ("grants-gov-search", {"errorcode": 0, "data": {"hitCount": 1, "oppHits": [HIT]}}, "grants-gov:410001"),
        ("simpler-search", {"data": [SIMPLER], "pagination_info": {"total_records": 1}}, "grants-gov:410001"),
        ("federal-register", {"count": 1, "results": [DOCUMENT]}, "federal-register:2031-00001"),
        ("eu-portal", {"totalResults": 1, "results": [TOPIC]}, "eu:LIFE-2031-HEDGES"),
        ("ckan", {"success": True, "result": {"records": [GRANT], "total": 1}}, "california:77"),
    ],
)
def test_every_interface_comes_in_as_its_format_and_a_second_time_changes_nothing(
    house: Context, server: Server, interface: str, page: object, entry: str
) -> None:
    add(house, server.on("/api", as_json(page)), interface)
    assert house.importer.run("hedges").new == [entry]
    assert house.importer.run("hedges").unchanged == 1
    [stored] = house.store.opportunities.all()
    assert stored.source == server.address("/api")


def test_all_pages_of_a_common_grants_server_come_in_and_what_vanishes_is_marked(
    house: Context, server: Server
) -> None:
    add(house, server.on("/common-grants/opportunities", common_grants), "common-grants")
    assert len(house.importer.run("hedges").new) == 5
    assert [seen.headers["x-api-key"] for seen in server.seen] == ["k1", "k1", "k1"]
    rest = {"items": [item(0)], "paginationInfo": {"page": 1, "totalItems": 1}}
    server.on("/common-grants/opportunities", as_json(rest))
    assert house.importer.run("hedges").vanished == 4


def test_what_is_missing_from_a_stretch_of_the_register_has_not_vanished(house: Context, server: Server) -> None:
    add(house, server.on("/api", as_json({"count": 1, "results": [DOCUMENT]})), "federal-register")
    house.importer.run("hedges")
    server.on("/api", as_json({"count": 1, "results": [DOCUMENT | {"document_number": "2031-00002"}]}))
    report = house.importer.run("hedges")
    assert (len(report.new), report.vanished) == (1, 0)


def test_the_query_of_a_source_is_what_is_asked(house: Context, server: Server) -> None:
    page = {"errorcode": 0, "data": {"hitCount": 0, "oppHits": []}}
    add(house, server.on("/api", as_json(page)), "grants-gov-search", oppStatuses="posted", keyword="bees")
    assert house.importer.run("hedges").errors == []
    asked = json.loads(server.seen[0].body)
    assert (asked["oppStatuses"], asked["keyword"], asked["startRecordNum"]) == ("posted", "bees", 0)


def test_an_interface_that_comes_back_empty_after_it_had_something_is_not_believed(
    house: Context, server: Server
) -> None:
    add(house, server.on("/api", as_json({"count": 1, "results": [DOCUMENT]})), "federal-register")
    house.importer.run("hedges")
    server.on("/api", as_json({"count": 0}))
    assert "came back empty" in str(house.importer.run("hedges").errors[0])


def test_an_interface_that_asks_for_a_key_is_not_asked_without_one(strict: Context, server: Server) -> None:
    add(strict, server.on("/api", b""), "simpler-search")
    [error] = strict.importer.run("hedges").errors
    assert "MATCHER_SOURCE_KEYS" in str(error)
    assert server.seen == []


def test_an_address_of_this_machine_is_refused_unless_the_operator_allows_it(strict: Context, server: Server) -> None:
    add(strict, server.on("/api", as_json({"count": 0})), "federal-register")
    assert "no address of the public internet" in str(strict.importer.run("hedges").errors[0])


@pytest.mark.parametrize(
    ("interface", "query", "reason"),
    [
        ("telepathy", None, "choose one of grants-gov-search"),
        ("ckan", "[", "no JSON"),
        ("ckan", "[]", "no JSON object"),
    ],
)
def test_a_source_that_could_never_be_asked_is_refused(
    house: Context, interface: str, query: str | None, reason: str
) -> None:
    source = Source("hedges", SourceKind.INTERFACE, "https://example.org/api", interface=interface, query=query)
    with pytest.raises(InputRejected, match=reason):
        add_source(house.store, source)


def test_every_interface_has_a_format_and_a_line_in_the_manual() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")
    for name, interface in INTERFACES.items():
        assert interface.format.name == interface.format_name
        assert f"| `{name}` |" in manual
