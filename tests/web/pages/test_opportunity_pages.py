"""One opportunity as a page: what its notice states, its history, what is like it, and the proposals that fit."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from flask.testing import FlaskClient
from lxml import html

from matcher.bootstrap import Context
from matcher.domain.amendment import FieldChange
from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import FundingRange, KeyDate, Opportunity
from matcher.web.pages.opportunity_pages import Difference, difference_of
from tests.web.houses import AS_OF, NOTICES

YOUTH_BUILD = NOTICES[0]


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(f"{AS_OF}T12:00:00Z", tick=False):
        yield


def shown(client: FlaskClient, address: str, **headers: str) -> html.HtmlElement:
    answer = client.get(address, headers=headers)
    assert (answer.status_code, answer.mimetype) == (200, "text/html"), answer.text
    return html.document_fromstring(answer.text)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def amend(context: Context, **changed: object) -> Opportunity:
    amended = replace(YOUTH_BUILD, **changed)
    context.store.opportunities.save(amended, source="amended.yaml")
    return amended


def test_a_notice_is_told_with_its_priorities_money_and_time(client: FlaskClient) -> None:
    told = words(shown(client, "/opportunities/youth-build").get_element_by_id("content"))
    for expected in (
        "Youth Build",
        "Office of Examples",
        "DeadlineMarch 15, 2027, 113 days left",
        "$10,000 to $50,000, 5 awards expected",
        "Train young people in construction and pay a stipend.",
        "Share of the costnot stated",
        "The notice does not say.",
    ):
        assert expected in told


def test_the_history_tells_each_field_that_an_amendment_changed(client: FlaskClient, context: Context) -> None:
    dates = (YOUTH_BUILD.key_dates[0], KeyDate("application", PartialDate(4, 1, 2027)))
    amend(context, key_dates=dates, funding=FundingRange(10_000, 80_000))
    history = shown(client, "/opportunities/youth-build").xpath("//ol[@class='history']/li")
    assert [words(step.find("p/strong")) for step in history] == ["Revision 2", "First read"]
    told = [words(one) for one in history[0].iterfind(".//dl/div")]
    assert told == [
        "close date was 2027-03-15 → now 2027-04-01",
        "largest award was $50,000 → now $80,000",
        "expected awards was 5 → now not stated",
    ]


def test_an_amendment_tells_what_it_did_to_a_stored_proposal(
    client: FlaskClient, context: Context, proposal_id: str
) -> None:
    context.rescorer.rescore()
    purpose = replace(YOUTH_BUILD.priorities[0], quote=NOTICES[1].priorities[0].quote, elements=())
    amend(context, title="Rivers", text=NOTICES[1].text, priorities=(purpose,))
    context.rescorer.rescore()
    [effect] = shown(client, "/opportunities/youth-build").xpath(
        "//ol[@class='history']//p[contains(@class, 'notice')]"
    )
    assert words(effect).startswith("For Rebuilding the East Side: fit ")
    assert effect.xpath(".//a/@href") == [f"/proposals/{proposal_id}/matches/youth-build"]


def test_what_is_like_it_is_a_page_and_for_a_script_a_part_of_one(client: FlaskClient) -> None:
    [link] = shown(client, "/opportunities/youth-build").xpath("//*[@hx-get]/@hx-get")
    page = shown(client, link)
    assert words(page.find(".//h1")) == "More like this"
    assert page.xpath("//h3") == []
    part = client.get(link, headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "HX-Request" in part.headers["Vary"]
    found = html.fragment_fromstring(part.text).xpath("//h3")
    assert words(found[0]) == "District Jobs"
    assert "Youth Build" not in [words(title) for title in found]


def test_those_who_give_see_which_proposals_fit_and_how(client: FlaskClient, proposal_id: str) -> None:
    page = shown(client, "/opportunities/youth-build/proposals")
    [card] = page.xpath("//ol/li[contains(@class, 'card')]")
    assert words(card.find(".//h2")) == "Rebuilding the East Side"
    [strip] = card.xpath(".//svg[@role='img']")
    assert "priorit" in strip.findtext("desc")
    [twin] = page.xpath("//link[@rel='alternate']/@href")
    assert [one["proposal_id"] for one in client.get(twin).json["matches"]] == [proposal_id]
    assert "No stored proposal fits" in words(shown(client, "/opportunities/river-care/proposals?minimum_fit=1"))


def test_an_address_that_is_none_of_the_web_is_not_linked(client: FlaskClient, context: Context) -> None:
    amend(context, source_url="javascript:alert(1)")
    assert "javascript:" not in client.get("/opportunities/youth-build").text.replace("javascript:alert(1)</bdi>", "")
    amend(context, source_url="https://example.org/notice")
    assert shown(client, "/opportunities/youth-build").xpath("//a[@href='https://example.org/notice']")


def test_an_unknown_opportunity_is_explained_on_a_page(client: FlaskClient) -> None:
    for address in ("/opportunities/none", "/opportunities/none/similar", "/opportunities/none/proposals"):
        answer = client.get(address, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.mimetype) == (404, "text/html")


def test_a_difference_without_two_values_is_told_in_its_sentence() -> None:
    change = FieldChange("text", 5, 6, "text of the notice: 1 words added, 0 removed")
    assert difference_of(change) == Difference("text of the notice", None, None, "1 words added, 0 removed")
    unclear = FieldChange("title", "a → b", "c", "title a → b → c")
    assert difference_of(unclear) == Difference("title", None, None, "a → b → c")
