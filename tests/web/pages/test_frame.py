"""The frame of every page: what a browser may load, which colours can be read, and where the reader is."""

import re
from itertools import product
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from matcher.web.pages import frame

STATIC = Path(frame.__file__).parent / "static"
PERSON = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def start(client: FlaskClient) -> html.HtmlElement:
    return html.document_fromstring(client.get("/", headers=PERSON).text)


def test_a_browser_may_load_our_own_files_and_send_forms_to_us_alone(client: FlaskClient) -> None:
    answer = client.get("/", headers=PERSON)
    rules = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert rules == {
        "default-src": "'none'",
        "style-src": "'self'",
        "script-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_every_file_that_a_page_loads_is_ours_and_is_compressed(client: FlaskClient, start: html.HtmlElement) -> None:
    loaded = [*start.xpath("//link[@rel='stylesheet']/@href"), *start.xpath("//script/@src")]
    assert len(loaded) >= 5
    for address in loaded:
        with client.get(address, headers={"Accept-Encoding": "gzip"}) as answer:
            assert (answer.status_code, answer.headers["X-Content-Type-Options"]) == (200, "nosniff")
            assert answer.headers["Content-Encoding"] == "gzip"
        with client.get(address, headers={"If-None-Match": answer.headers["ETag"]}) as again:
            assert again.status_code == 304


def test_no_style_sheet_reaches_beyond_itself() -> None:
    for sheet in STATIC.glob("*.css"):
        assert not re.search(r"url\(|@import", sheet.read_text(encoding="utf-8")), sheet.name


def test_nothing_runs_or_is_styled_inside_the_page(start: html.HtmlElement) -> None:
    assert start.xpath("//script[not(@src)] | //style | //@style | //@*[starts-with(name(), 'on')]") == []
    [told] = start.xpath("//meta[@name='htmx-config']/@content")
    assert '"allowEval": false' in told
    assert '"includeIndicatorStyles": false' in told


def test_a_page_is_built_for_readers_that_do_not_see_it(start: html.HtmlElement) -> None:
    assert start.get("lang") == "en"
    assert start.xpath("//title/text()")[0].endswith("– matcher")
    [skip] = start.xpath("//a[@class='skip']/@href")
    assert start.get_element_by_id(skip[1:]).tag == "main"
    assert [len(start.xpath(f"//{kind}")) for kind in ("main", "h1", "header", "footer")] == [1, 1, 1, 1]


def test_each_page_names_where_programs_find_the_same(client: FlaskClient, start: html.HtmlElement) -> None:
    [twin] = start.xpath("//link[@rel='alternate'][@type='application/json']/@href")
    assert twin in start.xpath("//footer//a/@href")
    assert client.get(twin).json["name"] == "matcher"


def test_the_first_page_is_for_people_and_the_index_for_programs(client: FlaskClient) -> None:
    assert client.get("/", headers=PERSON).mimetype == "text/html"
    for accepted in ("application/json", "*/*"):
        answer = client.get("/", headers={"Accept": accepted})
        assert answer.mimetype == "application/json"
        assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_colour_can_be_read(scheme: int) -> None:
    blocks = re.findall(r":root \{(.*?)\}", (STATIC / "tokens.css").read_text(encoding="utf-8"), re.DOTALL)
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", blocks[scheme]))
    for text, ground in product(("ink", "quiet", "link", "good", "warn", "bad"), ("paper", "card", "sunk", "soft")):
        assert contrast(colours[text], colours[ground]) >= 4.5, f"{text} on {ground}"
    for text, ground in (("onlink", "link"), ("onlink", "bad"), ("ink", "mark")):
        assert contrast(colours[text], colours[ground]) >= 4.5, f"{text} on {ground}"
    for ground in ("paper", "card", "sunk"):
        assert contrast(colours["edge"], colours[ground]) >= 3, f"edges of fields on {ground}"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours as WCAG 2.2 defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
