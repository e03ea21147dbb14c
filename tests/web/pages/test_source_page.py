"""The page of sources: what a person reads of the coverage ledger, in HTML that runs nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from lxml import html

from matcher.bootstrap import Context
from matcher.domain.source import DropReason, LedgerCounts
from matcher.store.source_records import NewRejection
from matcher.web.pages.source_page import REJECTIONS_SHOWN, schedule_words
from tests.web.houses import PORTAL, look

START = datetime(2026, 11, 22, 6, tzinfo=UTC)
HOSTILE = "<img src=x onerror=alert(1)>\"'&{{ 7 * 7 }}</bdi><script>alert(1)</script>"


def shown(client: FlaskClient) -> html.HtmlElement:
    answer = client.get("/sources")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    return html.document_fromstring(answer.text)


def words(element: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in element.iterfind(path)]


def test_an_empty_ledger_says_how_to_add_a_source(client: FlaskClient) -> None:
    [empty] = words(shown(client), ".//p[@class='empty']")
    assert empty == "No source yet. matcher sources add NAME ADDRESS adds one."


def test_the_last_run_is_shown_as_a_sum_with_what_was_dropped_by_reason(client: FlaskClient, context: Context) -> None:
    context.store.sources.add(PORTAL)
    dropped = ((DropReason.CLOSED, 1_200), (DropReason.REPEATED, 1))
    look(context, LedgerCounts(1_210, new=4, changed=3, unchanged=2, dropped=dropped, vanished=5))
    assert words(shown(client), ".//table[@class='ledger']//tr") == [
        "in1,210",
        "= new4",
        "+ changed3",
        "+ unchanged2",
        "+ dropped (1,200 closed, 1 repeated)1,201",
        "+ rejected0",
        "vanished5",
    ]


def test_every_state_is_told_in_words(client: FlaskClient, context: Context) -> None:
    names = ("fresh", "stale", "failing", "disabled", "asked", "never")
    changes = {"disabled": {"is_enabled": False}, "asked": {"interval_seconds": None}}
    sources = {name: replace(PORTAL, name=name, **changes.get(name, {})) for name in names}
    with time_machine.travel(START, tick=False) as clock:
        for source in sources.values():
            context.store.sources.add(source)
        for name in ("stale", "disabled", "asked", "failing"):
            look(context, source=sources[name])
        clock.shift(timedelta(hours=2))
        look(context, source=sources["fresh"])
        look(context, source=sources["failing"], error="the server answers 502")
        page = shown(client)
    assert dict(zip(words(page, ".//h2"), words(page, ".//section/p"), strict=True)) == {
        "asked": "by hand: it is looked at only when somebody asks",
        "disabled": "disabled: what it brought stays, and it is not looked at",
        "failing": "failing: the server answers 502; stale since 2026-11-22 07:00 UTC",
        "fresh": "fresh: a run succeeded within its interval",
        "never": "stale: no run has succeeded yet",
        "stale": "stale since 2026-11-22 07:00 UTC: no run succeeded within its interval",
    }
    lead = "6 sources: 1 fresh, 2 stale, 1 failing, 1 disabled, 1 by hand; 0 records listed."
    assert words(page, ".//p[@class='lead']") == [lead]


def test_rejections_are_shown_with_place_and_reason_and_the_rest_is_linked(
    client: FlaskClient, context: Context
) -> None:
    context.store.sources.add(PORTAL)
    count = REJECTIONS_SHOWN + 2
    rejections = [NewRejection(PORTAL.address, line, f"reason {line}") for line in range(1, count + 1)]
    look(context, LedgerCounts(count, rejected=count), rejections)
    page = shown(client)
    assert words(page, ".//section//summary") == ["52 rejected, with place and reason"]
    assert words(page, ".//section//li")[0] == f"{PORTAL.address}, line 1 reason 1"
    assert len(words(page, ".//section//li")) == REJECTIONS_SHOWN
    assert words(page, ".//section//details/p") == ["and 2 more: all of them as JSON"]
    [link] = page.iterfind(".//section//details/p/a")
    assert client.get(link.get("href")).json["total"] == count


def test_a_run_that_read_nothing_leaves_the_last_sum_in_sight(client: FlaskClient, context: Context) -> None:
    with time_machine.travel(START, tick=False) as clock:
        context.store.sources.add(PORTAL)
        look(context, LedgerCounts(records=2, new=2))
        clock.shift(timedelta(minutes=30))
        look(context, is_unmodified=True)
        page = shown(client)
    assert words(page, ".//caption") == ["Run of 2026-11-22 06:00 UTC"]
    assert "2026-11-22 06:30 UTC, not modified" in words(page, ".//dd")


def test_names_errors_and_reasons_are_text_whatever_they_hold(client: FlaskClient, context: Context) -> None:
    source = replace(PORTAL, name=HOSTILE, address=HOSTILE)
    context.store.sources.add(source)
    look(context, LedgerCounts(1, rejected=1), [NewRejection(HOSTILE, 1, HOSTILE)], source=source, error=HOSTILE)
    page = shown(client)
    assert page.xpath("//script[not(@src)] | //img | //style | //iframe | //object") == []
    attributes = {name for element in page.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on") or name == "style"}
    assert words(page, ".//h2") == [HOSTILE]
    assert words(page, ".//section/p") == [f"failing: {HOSTILE}"]
    assert words(page, ".//section//li") == [f"{HOSTILE}, line 1 {HOSTILE}"]


def test_what_became_of_every_record_is_drawn_for_all_sources_together(client: FlaskClient, context: Context) -> None:
    for name in ("one", "two"):
        context.store.sources.add(replace(PORTAL, name=name))
    look(context, LedgerCounts(5, new=3, dropped=((DropReason.CLOSED, 2),)), source=replace(PORTAL, name="one"))
    [drawing] = shown(client).xpath("//figure//*[@role='img']")
    assert drawing.findtext("desc") == (
        "The last runs of 1 source read 5 records: 3 stand in the catalogue, 2 were left out and 0 could not be used."
    )


def test_the_page_is_built_for_readers_that_do_not_see_it(client: FlaskClient, context: Context) -> None:
    for name in ("one", "two"):
        context.store.sources.add(replace(PORTAL, name=name))
        look(context, LedgerCounts(records=1, new=1), source=replace(PORTAL, name=name))
    page = shown(client)
    assert page.get("lang") == "en"
    assert [len(page.findall(f".//{kind}")) for kind in ("main", "h1", "h2")] == [1, 1, 2]
    ids = {element.get("id") for element in page.iterfind(".//*[@id]")}
    assert [section.get("aria-labelledby") in ids for section in page.iterfind(".//section")] == [True, True]
    assert {header.get("scope") for header in page.iterfind(".//th")} == {"row", "col"}
    assert len(page.findall(".//table/caption")) == 2


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(60, "every minute"), (86_400, "every day"), (21_600, "every 6 hours"), (90, "every 90 seconds")],
)
def test_an_interval_is_told_in_its_largest_whole_unit(seconds: int, expected: str) -> None:
    assert schedule_words(seconds) == expected
