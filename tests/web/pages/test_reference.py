"""The reference of the REST API as a page: whole, safe, and of use without a script."""

import pytest
from flask.testing import FlaskClient
from lxml import html

from matcher.web.pages.reference import kind_of, prose, sections


@pytest.fixture
def page(client: FlaskClient) -> html.HtmlElement:
    answer = client.get("/docs")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    return html.document_fromstring(answer.text)


def test_every_call_has_an_entry_with_its_answers_and_parameters(client: FlaskClient, page: html.HtmlElement) -> None:
    document = client.get("/openapi.json").json
    for path, item in document["paths"].items():
        for method, operation in item.items():
            entry = page.get_element_by_id(operation["operationId"])
            told = " ".join(entry.text_content().split())
            assert f"{method.upper()} {path}" in told
            assert {status for status in operation["responses"] if status not in told} == set()
            assert {asked["name"] for asked in operation.get("parameters", ()) if asked["name"] not in told} == set()


def test_every_link_of_the_page_leads_somewhere_on_it(page: html.HtmlElement) -> None:
    identifiers = set(page.xpath("//@id"))
    inside = {link[1:] for link in page.xpath("//a/@href") if link.startswith("#")}
    assert len(inside) > 50
    assert inside <= identifiers
    assert len(identifiers) == len(page.xpath("//@id"))


def test_nothing_is_loaded_but_files_of_our_own(page: html.HtmlElement) -> None:
    assert page.xpath("//script[not(@src)] | //img | //iframe | //@style | //@onclick") == []
    loaded = page.xpath("//link[@rel='stylesheet']/@href | //script/@src")
    assert "/static/reference.css" in loaded
    assert [address for address in loaded if not address.startswith("/static/")] == []


def test_the_description_itself_is_the_twin_of_the_page(client: FlaskClient, page: html.HtmlElement) -> None:
    [twin] = page.xpath("//link[@rel='alternate']/@href")
    assert client.get(twin).json["openapi"].startswith("3.1")


def test_examples_stand_on_the_page_as_they_are_sent(page: html.HtmlElement) -> None:
    entry = page.get_element_by_id("match_without_storing")
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
