"""The reference of the REST API as pages: whole, safe, and of use without a script."""

import pytest
from flask.testing import FlaskClient
from lxml import html

from matcher.web.pages.reference import kind_of, prose, sections
from tests.web.page_rules import reference_addresses

BYTES = 100_000
"""What a page may hold at most, before it is compressed."""


@pytest.fixture
def pages(client: FlaskClient) -> dict[str, html.HtmlElement]:
    """The reference: every page by its address."""
    return {address: read(client, address) for address in reference_addresses(client.application)}


def read(client: FlaskClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    return html.document_fromstring(answer.text)


def test_every_call_has_an_entry_with_its_answers_and_parameters(
    client: FlaskClient, pages: dict[str, html.HtmlElement]
) -> None:
    for path, item in client.get("/openapi.json").json["paths"].items():
        for method, operation in item.items():
            entry = pages[f"/docs/{operation['tags'][0]}"].get_element_by_id(operation["operationId"])
            told = " ".join(entry.text_content().split())
            assert f"{method.upper()} {path}" in told
            assert {status for status in operation["responses"] if status not in told} == set()
            assert {asked["name"] for asked in operation.get("parameters", ()) if asked["name"] not in told} == set()


def test_every_link_inside_the_reference_leads_to_what_is_there(pages: dict[str, html.HtmlElement]) -> None:
    identifiers = {address: set(page.xpath("//@id")) for address, page in pages.items()}
    seen = 0
    for address, page in pages.items():
        assert len(identifiers[address]) == len(page.xpath("//@id"))
        for link in page.xpath("//main//a/@href"):
            target, _, anchor = link.partition("#")
            if target == "/openapi.json":
                continue
            assert not anchor or anchor in identifiers[target or address], link
            assert not target or target in pages, link
            seen += 1
    assert seen > 200


def test_no_page_of_the_reference_is_long(client: FlaskClient, pages: dict[str, html.HtmlElement]) -> None:
    sizes = {address: len(client.get(address).data) for address in pages}
    assert {address: size for address, size in sizes.items() if size > BYTES} == {}


def test_a_section_that_does_not_exist_is_told_with_those_that_do(client: FlaskClient) -> None:
    answer = client.get("/docs/nothing")
    assert answer.status_code == 404
    assert "matches" in answer.json["detail"]


def test_nothing_is_loaded_but_files_of_our_own(pages: dict[str, html.HtmlElement]) -> None:
    for page in pages.values():
        assert page.xpath("//script[not(@src)] | //img | //iframe | //@style | //@onclick") == []
        loaded = page.xpath("//link[@rel='stylesheet']/@href | //script/@src")
        assert "/static/reference.css" in loaded
        assert [address for address in loaded if not address.startswith("/static/")] == []


def test_the_description_itself_is_the_twin_of_every_page(
    client: FlaskClient, pages: dict[str, html.HtmlElement]
) -> None:
    [twin] = {link for page in pages.values() for link in page.xpath("//link[@rel='alternate']/@href")}
    assert client.get(twin).json["openapi"].startswith("3.1")


def test_examples_stand_on_the_page_as_they_are_sent(pages: dict[str, html.HtmlElement]) -> None:
    entry = pages["/docs/matches"].get_element_by_id("match_without_storing")
    assert any("carpentry certificate" in example.text_content() for example in entry.iterfind(".//pre"))


def test_words_of_a_description_cannot_become_markup() -> None:
    assert prose("<b>`a<b`</b>\n\nmore") == "<p>&lt;b&gt;<code>a&lt;b</code>&lt;/b&gt;</p><p>more</p>"
    assert "<i>" not in kind_of({"enum": ["<i>"]}) + kind_of({"$ref": "#/components/schemas/<i>"})


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string", "format": "date"}, "string (date)"),
        ({"type": "array", "items": {"type": "number"}}, "list of number"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "string or null"),
        ({"$ref": "#/components/schemas/Quote"}, '<a href="#shape-Quote">Quote</a>'),
        ({"const": "up"}, "up"),
        ({}, "anything"),
    ],
)
def test_a_schema_is_told_in_words(schema: dict[str, object], words: str) -> None:
    assert kind_of(schema) == words


def test_a_call_without_a_tag_is_not_lost() -> None:
    document = {"paths": {"/x": {"get": {"operationId": "x", "responses": {}}}}}
    assert [(section.name, section.operations[0].path) for section in sections(document)] == [("other", "/x")]
