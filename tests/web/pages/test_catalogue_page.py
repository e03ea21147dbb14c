"""The catalogue as a page: what is found, what else could be asked, and an address for each state of it."""

from collections.abc import Iterator

import pytest
import time_machine
from flask.testing import FlaskClient
from lxml import html

from matcher.web.app import create_app
from tests.web.conftest import NewHouse
from tests.web.houses import AS_OF, NOTICES, opportunity

HOSTILE = "<script>alert(1)</script>\u202e" + "x" * 10_000 + "🙂"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(f"{AS_OF}T12:00:00Z", tick=False):
        yield


def shown(client: FlaskClient, address: str = "/opportunities") -> html.HtmlElement:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/html"), answer.text
    return html.document_fromstring(answer.text)


def titles(page: html.HtmlElement) -> list[str]:
    return [" ".join(title.text_content().split()) for title in page.xpath("//h3[@class='entry-title']")]


def test_what_can_still_be_applied_for_stands_first_by_its_deadline(client: FlaskClient) -> None:
    page = shown(client)
    assert titles(page) == ["River Care", "District Jobs", "Youth Build", "Old Houses"]
    told = " ".join(page.text_content().split())
    assert "January 10, 2027, 49 days left" in told
    assert "$10,000 to $50,000, 5 awards expected" in told


def test_the_twin_answers_the_same_in_the_same_order(client: FlaskClient) -> None:
    for address in ("/opportunities", "/opportunities?status=posted&sort=title", "/opportunities?query=rivers"):
        page = shown(client, address)
        [twin] = page.xpath("//link[@rel='alternate'][@type='application/json']/@href")
        assert [one["title"] for one in client.get(twin).json["opportunities"]] == titles(page)


def test_a_search_in_plain_words_finds_by_relevance(client: FlaskClient) -> None:
    page = shown(client, "/opportunities?query=clean+rivers+and+wetlands")
    assert titles(page)[0] == "River Care"
    assert page.get_element_by_id("query").get("value") == "clean rivers and wetlands"


def test_a_choice_shows_as_many_as_it_says_and_can_be_taken_back(client: FlaskClient) -> None:
    [box] = shown(client).xpath("//input[@name='status'][@value='closed']")
    [count] = box.getparent().xpath("span[@class='count']/text()")
    page = shown(client, "/opportunities?status=closed")
    assert titles(page) == ["Old Houses"]
    assert count == "1"
    [checked] = page.xpath("//input[@type='checkbox'][@checked]")
    assert checked.get("value") == "closed"
    [condition] = page.xpath("//ul[@class='conditions']/li/a[contains(., 'closed')]/@href")
    assert condition == "/opportunities"


def test_every_field_of_the_form_comes_back_as_it_was_sent(client: FlaskClient) -> None:
    asked = "closes_after=2027-01-01&closes_before=2027-02-15&award_at_least=20000&award_at_most=50000&sort=title"
    page = shown(client, f"/opportunities?{asked}")
    for name, value in (part.split("=") for part in asked.split("&")[:-1]):
        assert page.get_element_by_id(name).get("value") == value
    assert page.xpath("//select[@id='sort']/option[@selected]/@value") == ["title"]
    assert titles(page) == ["District Jobs", "River Care"]


def test_a_form_with_empty_fields_leads_to_an_address_without_them(client: FlaskClient) -> None:
    answer = client.get("/opportunities?query=&status=posted&closes_before=&sort=title")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/opportunities?status=posted&sort=title")


def test_silent_notices_are_counted_and_nothing_found_says_what_to_do(client: FlaskClient) -> None:
    told = " ".join(shown(client, "/opportunities?category=arts").text_content().split())
    assert "4 more notices may answer too, but do not state what you asked for." in told
    assert "Nothing answers all of these conditions." in told


def test_the_list_goes_on_behind_its_last_entry(client: FlaskClient) -> None:
    page = shown(client, "/opportunities?page_size=3")
    [more] = page.xpath("//a[@rel='next']/@href")
    rest = shown(client, more)
    assert titles(page) + titles(rest) == ["River Care", "District Jobs", "Youth Build", "Old Houses"]
    assert rest.xpath("//a[@rel='first']/@href") == ["/opportunities?page_size=3"]


def test_a_value_that_cannot_be_used_is_explained_on_a_page(client: FlaskClient) -> None:
    answer = client.get("/opportunities?closes_before=soon", headers={"Accept": "text/html"})
    assert answer.status_code == 422
    assert "Closes before: write the date as 2026-11-22." in answer.text


def test_words_of_a_notice_are_text_whatever_they_hold(new_house: NewHouse) -> None:
    notices = (*NOTICES, opportunity("hostile", HOSTILE, HOSTILE))
    client = create_app(new_house(notices=notices)).test_client()
    for address in ("/opportunities", "/opportunities/hostile", "/opportunities/hostile/proposals"):
        page = shown(client, address)
        assert page.xpath("//script[not(@src)] | //@style | //@onclick") == []
        assert "<script>alert(1)</script>" in page.text_content()
